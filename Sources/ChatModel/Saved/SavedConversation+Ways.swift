extension SavedConversation {
  /// All ways through the conversation, the one that was written to last first.
  public var ways: [ConversationWay] { MessageTree(self).ways }

  /// The messages that have others in their place.
  public var alternatives: [MessageID: Alternative] { MessageTree(self).alternatives }

  /// The end of the way that a message is on, of several the one that was written to last; nil where the path shown has it, or
  /// there is no such message.
  public func end(behind message: MessageID) -> MessageID? {
    if pathPlaces.contains(where: { messages[$0].id == message }) { return nil }
    var behind: Set<MessageID> = []
    var end: MessageID?
    // Children stand behind their parents: the last one found has none.
    for next in messages where next.id == message || next.parent.map({ behind.contains($0) }) == true {
      behind.insert(next.id)
      end = next.id
    }
    return end
  }

  /// How many messages follow the one that the path ends in, each in another way.
  public var continuations: Int { MessageTree(self).continuations }
}

/// Which message follows which. System prompts are passed over: one that was switched to does not make a place another.
private struct MessageTree {
  private struct Node {
    /// The place in the list of messages.
    var message: Int
    /// The node that it follows; nil at the beginning.
    var parent: Int?
    /// The first of its way that is not on another one too.
    var parting: Int
    var turns: Int
    var model: String?
  }

  private let conversation: SavedConversation
  /// Parents before their children.
  private var nodes: [Node] = []
  /// The nodes that follow each, and those that begin the conversation.
  private var children: [Int?: [Int]] = [:]
  /// The node that the path shown ends in.
  private var head: Int?

  init(_ conversation: SavedConversation) {
    self.conversation = conversation
    connect()
    findPartings()
  }

  private mutating func connect() {
    // The node of each message, or the one that a system prompt stands behind.
    var places: [MessageID: Int?] = [:]
    for (index, message) in conversation.messages.enumerated() {
      let parent = message.parent.flatMap { places[$0] } ?? nil
      if message.role == .system || message.role == .developer {
        places[message.id] = .some(parent)
        continue
      }
      let before = parent.map { nodes[$0] }
      nodes.append(
        Node(
          message: index, parent: parent, parting: nodes.count,
          turns: (before?.turns ?? 0) + (message.role == .user ? 1 : 0), model: message.answer?.model ?? before?.model))
      children[parent, default: []].append(nodes.count - 1)
      places[message.id] = nodes.count - 1
    }
    head = conversation.head.flatMap { places[$0] } ?? nil
  }

  private mutating func findPartings() {
    for index in nodes.indices {
      let parent = nodes[index].parent
      // Where the path shown ends, what follows is another way.
      let isFork = (children[parent]?.count ?? 0) > 1 || parent == head
      if !isFork, let parent { nodes[index].parting = nodes[parent].parting }
    }
  }

  var continuations: Int { children[head]?.count ?? 0 }

  var alternatives: [MessageID: Alternative] {
    var alternatives: [MessageID: Alternative] = [:]
    for nodes in children.values where nodes.count > 1 {
      for (place, node) in nodes.enumerated() {
        let message = conversation.messages[self.nodes[node].message]
        alternatives[message.id] = Alternative(place: place + 1, count: nodes.count)
      }
    }
    return alternatives
  }

  var ways: [ConversationWay] {
    var ways = nodes.indices.filter { children[$0] == nil && $0 != head }.map { way(to: $0) }
    if !nodes.isEmpty { ways.append(way(to: head)) }
    let order = ways.indices.sorted { (ways[$0].updated, $0) > (ways[$1].updated, $1) }
    return order.map { ways[$0] }
  }

  private func way(to end: Int?) -> ConversationWay {
    guard let end else {
      // Nothing of what was said is on it.
      return ConversationWay(end: conversation.head, updated: conversation.created, isCurrent: true)
    }
    let parting = nodes[end].parting
    var own: [SavedMessage] = []
    var node: Int? = end
    while let current = node {
      own.append(conversation.messages[nodes[current].message])
      node = current == parting ? nil : nodes[current].parent
    }
    let last = conversation.messages[nodes[end].message]
    return ConversationWay(
      end: end == head ? conversation.head : last.id, own: own.reversed(),
      follows: nodes[parting].parent.map { conversation.messages[nodes[$0].message] }, turns: nodes[end].turns,
      sharedTurns: nodes[parting].parent.map { nodes[$0].turns } ?? 0, model: nodes[end].model, updated: last.created,
      isCurrent: end == head)
  }
}

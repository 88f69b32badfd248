import ChatModel

/// Makes a conversation of an entry of ChatGPT's `conversations.json`: nodes under `mapping`, each with a message, a parent and
/// children. All branches are kept; nodes that the page does not show are left out, and what follows them moves up.
struct ChatGPTImport {
  /// Where the walk through the nodes stands.
  private struct Step {
    var node: String
    /// What the node's message follows, of those that are kept.
    var parent: SavedMessage?
    /// Thoughts that belong to the next answer.
    var reasoning: [String]
    /// The call that a tool's message would answer.
    var call: String?
  }

  private(set) var marks: [String: Int] = [:]
  private let now: Timestamp
  private var id = ""
  private var created: Timestamp
  private var model: String?
  private var messages: [SavedMessage] = []
  /// For each node the last kept message on the way to it.
  private var kept: [String: MessageID] = [:]

  init(now: Timestamp) {
    self.now = now
    created = now
  }

  /// - Returns: nil for one without any message to show, as exports have them.
  mutating func conversation(_ json: JSONValue) throws(ImportProblem) -> SavedConversation? {
    guard case .object(let nodes)? = json["mapping"] else {
      throw ImportProblem("is no object of nodes", at: "mapping")
    }
    let stated = try JSONTime.member(["create_time"], of: json)
    created = stated ?? now
    model = json["default_model_slug"]?.filledString
    guard let id = (json["conversation_id"] ?? json["id"])?.filledString ?? nodes.keys.min() else { return nil }
    self.id = id
    try walk(nodes)
    let head = try head(json["current_node"], nodes)
    if messages.isEmpty { return nil }
    let title = json["title"]?.filledString
    let updated = try JSONTime.member(["update_time"], of: json)
    return SavedConversation(
      id: ConversationID(ForeignID.text(["chatgpt", id], at: stated)),
      title: title ?? SavedConversation.title(from: messages.first { $0.role == .user }?.content ?? ""),
      isTitleChosen: title != nil, isPinned: json["is_starred"] == .bool(true), created: created,
      updated: updated ?? messages.map(\.created).max() ?? created, head: head,
      messages: messages)
  }

  /// Parents before their children, without recursion: a talk may be thousands of nodes deep.
  private mutating func walk(_ nodes: [String: JSONValue]) throws(ImportProblem) {
    let (roots, children) = try family(nodes)
    var steps = roots.reversed().map { Step(node: $0, reasoning: []) }
    var visited = 0
    while var step = steps.popLast() {
      visited += 1
      do throws(ImportProblem) { try take(nodes[step.node]?["message"], &step) } catch {
        throw error.within("mapping.\(step.node).message")
      }
      kept[step.node] = step.parent?.id
      for child in (children[step.node] ?? []).reversed() {
        var next = step
        next.node = child
        steps.append(next)
      }
    }
    guard visited == nodes.count else {
      throw ImportProblem("\(nodes.count - visited) nodes have parents that go round in a ring", at: "mapping")
    }
  }

  /// The nodes without a parent, and those under each, in the order of the file.
  private func family(_ nodes: [String: JSONValue]) throws(ImportProblem) -> ([String], [String: [String]]) {
    var roots: [String] = []
    var children: [String: [String]] = [:]
    for (id, node) in nodes {
      guard let parent = node["parent"] else {
        roots.append(id)
        continue
      }
      guard let parent = parent.filledString, nodes[parent] != nil else {
        throw ImportProblem("names no node", at: "mapping.\(id).parent")
      }
      children[parent, default: []].append(id)
    }
    for (parent, found) in children {
      let listed = (nodes[parent]?["children"]?.elements ?? []).compactMap(\.filledString)
      let ranks = Dictionary(listed.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      children[parent] = found.sorted { (ranks[$0] ?? .max, $0) < (ranks[$1] ?? .max, $1) }
    }
    return (roots.sorted(), children)
  }

  /// Takes a node's message, which becomes what the next nodes follow.
  private mutating func take(_ json: JSONValue?, _ step: inout Step) throws(ImportProblem) {
    guard let json else { return }
    guard case .object = json else { throw ImportProblem("is no object") }
    let content = ChatGPTContent(json["content"])
    if content.isThoughts {
      if !content.text.isEmpty { step.reasoning.append(content.text) }
      return
    }
    if json["metadata"]?["is_visually_hidden_from_conversation"] == .bool(true) || content.isOfThePage { return }
    guard let word = json["author"]?["role"]?.filledString else { throw ImportProblem("is missing", at: "author.role") }
    guard let role = Role(rawValue: word) else { throw ImportProblem("“\(word)” is no role", at: "author.role") }
    // Empty ones stand between others for the page's sake.
    if content.text.isEmpty { return }
    for mark in content.marks { marks[mark, default: 0] += 1 }
    let name = ForeignID.text(["chatgpt", id, step.node], at: nil)
    let time = try JSONTime.member(["create_time"], of: json)
    var message = SavedMessage(
      id: MessageID(name), parent: step.parent?.id, role: role, content: content.text,
      created: time ?? step.parent?.created ?? created)
    if role == .tool { message.toolCallID = step.call }
    if role == .assistant {
      var answer = answer(json)
      answer.reasoning = step.reasoning.isEmpty ? nil : step.reasoning.joined(separator: "\n\n")
      if let recipient = json["recipient"]?.filledString, recipient != "all" {
        answer.toolCalls = [ToolCall(id: name, name: recipient, arguments: content.text)]
        message.content = ""
        step.call = name
      }
      message.answer = answer
    }
    step.reasoning = []
    step.parent = message
    messages.append(message)
  }

  private func answer(_ json: JSONValue) -> SavedAnswer {
    var answer = SavedAnswer(
      provider: "chatgpt", model: json["metadata"]?["model_slug"]?.filledString ?? model, status: .complete)
    switch json["metadata"]?["finish_details"]?["type"]?.filledString {
    case "max_tokens"?: answer.finishReason = "length"
    case "interrupted"?: answer.status = .cancelled
    case "stop"?: answer.finishReason = "stop"
    default: if json["status"] == .string("in_progress") { answer.status = nil }
    }
    return answer
  }

  /// The end of the branch that the page shows.
  private func head(_ json: JSONValue?, _ nodes: [String: JSONValue]) throws(ImportProblem) -> MessageID? {
    guard let json else { return messages.last?.id }
    guard let node = json.filledString, nodes[node] != nil else {
      throw ImportProblem("names no node", at: "current_node")
    }
    return kept[node] ?? messages.last?.id
  }
}

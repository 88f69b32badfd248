import ChatModel

/// Brings the messages of a conversation into the order in which they are kept, and finds what is no tree.
enum MessageOrder {
  /// The messages with parents before their children, else in their order.
  ///
  /// Throws where a message is there twice, has a parent that is not there, or parents go round in a ring.
  static func ordered(_ messages: [SavedMessage]) throws(ImportProblem) -> [SavedMessage] {
    var places: [MessageID: Int] = [:]
    for (index, message) in messages.enumerated() {
      if message.id.text.isEmpty { throw ImportProblem("is empty", at: "messages[\(index)].id") }
      guard places.updateValue(index, forKey: message.id) == nil else {
        throw ImportProblem("the message “\(message.id)” is there twice", at: "messages[\(index)].id")
      }
    }
    var children: [MessageID: [Int]] = [:]
    var isDone = [Bool](repeating: false, count: messages.count)
    var ordered: [SavedMessage] = []
    for (index, message) in messages.enumerated() {
      if let parent = message.parent {
        guard let place = places[parent] else {
          throw ImportProblem("no message is called “\(parent)”", at: "messages[\(index)].parent")
        }
        if !isDone[place] {
          children[parent, default: []].append(index)
          continue
        }
      }
      // With those that waited for it, and those that waited for them.
      var ready = [index]
      while let next = ready.popLast() {
        isDone[next] = true
        ordered.append(messages[next])
        ready += (children.removeValue(forKey: messages[next].id) ?? []).reversed()
      }
    }
    if let index = isDone.firstIndex(of: false) {
      throw ImportProblem("the parents of this message go round in a ring", at: "messages[\(index)].parent")
    }
    return ordered
  }
}

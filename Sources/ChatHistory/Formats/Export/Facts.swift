import ChatModel

/// What forms for reading say about a conversation before its messages.
struct Facts {
  /// Names with their values, in order.
  var rows: [(name: String, value: String)]

  init(_ conversation: SavedConversation) {
    let path = conversation.path
    var models: [String] = []
    for answer in path.compactMap(\.answer) {
      guard let model = answer.model else { continue }
      let name = answer.provider.map { "\(model) (\($0))" } ?? model
      if !models.contains(name) { models.append(name) }
    }
    rows = [
      ("Conversation", conversation.id.text), ("Created", conversation.created.text),
      ("Updated", conversation.updated.text),
    ]
    if !models.isEmpty { rows.append((models.count == 1 ? "Model" : "Models", models.joined(separator: ", "))) }
    let others = conversation.messages.count - path.count
    let rest = others == 0 ? "" : " (\(others) more on other branches, which only JSON holds)"
    rows.append(("Messages", "\(path.count)\(rest)"))
  }
}

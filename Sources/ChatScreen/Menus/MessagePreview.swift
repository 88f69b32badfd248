import ChatModel

/// Messages as the preview of a menu shows them: who said what, the beginning of each.
enum MessagePreview {
  /// Characters of a message.
  private static let excerpt = 600
  /// Messages: half of them from the beginning, half from the end.
  private static let most = 6

  /// The text; where messages are left out, it says so.
  static func text(of messages: [SavedMessage]) -> String {
    let said = messages.filter { $0.role != .system && $0.role != .developer }
    let shown = said.count > most ? said.prefix(most / 2) + said.suffix(most / 2) : said[...]
    var texts: [String] = []
    var before: SavedMessage?
    for message in shown {
      if let before, message.parent != before.id { texts.append("…") }
      let speaker = message.role == .user ? "You" : message.answer?.model ?? "Assistant"
      let text = message.content.prefix(excerpt)
      texts.append("\(speaker): \(text)\(text.endIndex < message.content.endIndex ? "…" : "")")
      before = message
    }
    return texts.joined(separator: "\n\n")
  }
}

import ChatModel

/// The lossless form: `{"format": "aichat-tui", "version": 1, "conversations": […]}` on many lines.
enum JSONExport {
  static let opening = """
    {
      "format" : "\(HistoryJSON.format)",
      "version" : \(HistoryJSON.version),
      "conversations" : [

    """
  static let closing = "\n  ]\n}\n"

  static func text(of conversation: SavedConversation, isFirst: Bool) -> String {
    // Line ends within texts are escaped: every one in the JSON is between its lines.
    let lines = HistoryJSON.text(conversation, isPretty: true).split(separator: "\n")
    return (isFirst ? "" : ",\n") + lines.map { "    " + $0 }.joined(separator: "\n")
  }
}

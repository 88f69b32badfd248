import ChatModel

/// What forms for reading say about one message besides its text.
struct Caption {
  /// Who speaks.
  var speaker: String
  /// The model, the time.
  var details: [String]
  /// How an answer ended, where it did not end well.
  var ending: String?

  init(_ message: SavedMessage) {
    let answer = message.answer
    switch message.role {
    case .system, .developer: speaker = message.name.map { "System prompt: \($0)" } ?? "System prompt"
    case .user: speaker = "User"
    case .assistant: speaker = "Assistant"
    case .tool: speaker = message.toolCallID.map { "Tool result (\($0))" } ?? "Tool result"
    }
    speaker = speaker.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    details = [answer?.model, message.created.text].compactMap { $0 }
    ending = answer.flatMap(Self.ending)
  }

  private static func ending(_ answer: SavedAnswer) -> String? {
    let words: String? =
      switch answer.status {
      case nil: "Interrupted"
      case .complete:
        switch answer.finishReason {
        case "length": "Length limit"
        case "content_filter": "Content filter"
        default: nil
        }
      case .cancelled: "Stopped"
      case .timedOut: "Timeout - partial response"
      case .truncated: "Response truncated due to error"
      case .failed: "Failed"
      }
    guard let words else { return nil }
    guard let error = answer.error, !error.message.isEmpty else { return words }
    return "\(words): \(error.message.split { $0.isWhitespace || $0.isNewline }.joined(separator: " "))"
  }
}

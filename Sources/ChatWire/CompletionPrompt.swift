import ChatModel

/// A talk as one text, for the legacy completions API.
///
/// A single message goes as it is, unless the user chose a system prompt. Any other talk is written as a dialogue that ends
/// where the assistant is to speak:
///
/// ```
/// You are a helpful AI assistant.
///
/// User: Hello
/// Assistant:
/// ```
struct CompletionPrompt: Equatable {
  var text: String
  /// Where the model has to stop so that it does not speak for the user; nil where it may go on.
  var stop: String?

  /// - Parameter untouchedPrompt: the system prompt where nobody chose it.
  init(_ messages: [Message], untouchedPrompt: String? = nil) {
    let meant = messages.filter { !$0.isInstruction || $0.content != untouchedPrompt }
    if meant.count == 1, meant[0].role == .user {
      text = meant[0].text(namingImages: true)
      return
    }
    var parts: [String] = []
    for message in messages {
      switch message.role {
      case .system, .developer: parts.append(message.content + "\n")
      case .user, .tool: parts.append("User: " + message.text(namingImages: true))
      case .assistant: parts.append("Assistant: " + message.content)
      }
    }
    text = (parts + ["Assistant:"]).joined(separator: "\n")
    stop = "\nUser:"
  }
}

extension Provider {
  /// The limit of tokens for a summary, where answers have this one. One that is meant for short answers does not count; the
  /// legacy completions API ends after 16 tokens where it is given none.
  public func summaryLimit(_ asked: Int?) -> Int? {
    let least = 1024
    if let asked, asked >= least { return asked }
    return kind.wire == .textCompletions ? least : nil
  }
}

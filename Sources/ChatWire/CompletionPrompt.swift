import ChatModel

/// A talk as one text, for the legacy completions API.
///
/// A single message goes as it is. More are written as a dialogue that ends where the assistant is to speak:
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

  init(_ messages: [Message]) {
    if messages.count == 1, messages[0].role == .user {
      text = messages[0].content
      return
    }
    var parts: [String] = []
    for message in messages {
      switch message.role {
      case .system, .developer: parts.append(message.content + "\n")
      case .user, .tool: parts.append("User: " + message.content)
      case .assistant: parts.append("Assistant: " + message.content)
      }
    }
    text = (parts + ["Assistant:"]).joined(separator: "\n")
    stop = "\nUser:"
  }
}

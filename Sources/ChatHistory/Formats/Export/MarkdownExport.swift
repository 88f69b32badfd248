import ChatModel

/// A conversation for reading: its title as the one heading of the first level, each message under one of the second,
/// headings within messages below that. What a message says is otherwise as it was written.
enum MarkdownExport {
  static func text(of conversation: SavedConversation) -> String {
    var blocks = ["# " + escaped(conversation.shownTitle)]
    blocks.append(Facts(conversation).rows.map { "- \($0.name): \(escaped($0.value))" }.joined(separator: "\n"))
    for message in conversation.path { blocks += self.blocks(of: message) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func blocks(of message: SavedMessage) -> [String] {
    let caption = Caption(message)
    var blocks = ["## " + escaped(caption.speaker), "*" + escaped(caption.details.joined(separator: " · ")) + "*"]
    if let reasoning = message.answer?.reasoning, hasText(reasoning) {
      blocks.append("> **Reasoning**\n>\n" + quoted(EmbeddedMarkdown.text(reasoning)))
    }
    if message.role == .tool {
      blocks.append(FencedText.fenced(message.content))
    } else if hasText(message.content) {
      blocks.append(EmbeddedMarkdown.text(message.content))
    }
    for file in message.attachments {
      blocks.append("**Attached** " + escaped(file.summary))
      if case .text(let text) = file.content { blocks.append(FencedText.fenced(text)) }
    }
    if let refusal = message.answer?.refusal, hasText(refusal) {
      blocks.append("**Refusal**\n\n" + EmbeddedMarkdown.text(refusal))
    }
    for call in message.answer?.toolCalls ?? [] {
      let id = call.id.map { " (\(escaped($0)))" } ?? ""
      blocks.append("**Tool call** \(escaped(call.name ?? "without a name"))\(id)")
      blocks.append(FencedText.fenced(call.arguments, language: "json"))
    }
    if let ending = caption.ending { blocks.append("*\\[\(escaped(ending))\\]*") }
    return blocks
  }

  private static func hasText(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> \($0)" }
      .joined(separator: "\n")
  }

  /// A line that Markdown shows as it is.
  private static func escaped(_ line: String) -> String {
    var escaped = ""
    for character in line.split(whereSeparator: \.isNewline).joined(separator: " ") {
      if "\\`*_[]<>&~|#".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }
}

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
      blocks.append(fenced(message.content, language: ""))
    } else if hasText(message.content) {
      blocks.append(EmbeddedMarkdown.text(message.content))
    }
    if let refusal = message.answer?.refusal, hasText(refusal) {
      blocks.append("**Refusal**\n\n" + EmbeddedMarkdown.text(refusal))
    }
    for call in message.answer?.toolCalls ?? [] {
      let id = call.id.map { " (\(escaped($0)))" } ?? ""
      blocks.append("**Tool call** \(escaped(call.name ?? "without a name"))\(id)")
      blocks.append(fenced(call.arguments, language: "json"))
    }
    if let ending = caption.ending { blocks.append("*\\[\(escaped(ending))\\]*") }
    return blocks
  }

  private static func hasText(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> \($0)" }
      .joined(separator: "\n")
  }

  /// The text as a code block, in a fence that is longer than any in it.
  private static func fenced(_ text: String, language: String) -> String {
    let fence = String(repeating: "`", count: max(3, EmbeddedMarkdown.longestRun(of: "`", in: text) + 1))
    return "\(fence)\(language)\n\(text)\(text.utf8.last == 0x0A ? "" : "\n")\(fence)"
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

import ChatModel

/// What each form is.
extension ExportFormat {
  /// What comes before the first conversation.
  ///
  /// - Parameter title: names the whole, where the form has a name for it.
  public func opening(title: String) -> String {
    switch self {
    case .json: JSONExport.opening
    case .html: HTMLExport.opening(title: title)
    case .markdown, .jsonl, .openai: ""
    }
  }

  /// One conversation, with what stands between it and the one before.
  public func text(of conversation: SavedConversation, isFirst: Bool) -> String {
    switch self {
    case .markdown: (isFirst ? "" : "\n") + MarkdownExport.text(of: conversation)
    case .json: JSONExport.text(of: conversation, isFirst: isFirst)
    case .jsonl: JSONLinesExport.line(of: conversation)
    case .openai: OpenAIExport.line(of: conversation)
    case .html: HTMLExport.text(of: conversation)
    }
  }

  /// What comes after the last conversation.
  public var closing: String {
    switch self {
    case .json: JSONExport.closing
    case .html: HTMLExport.closing
    case .markdown, .jsonl, .openai: ""
    }
  }

  /// Conversations as a whole file.
  public func text(of conversations: [SavedConversation]) -> String {
    let title = conversations.count == 1 ? conversations[0].shownTitle : "Conversations"
    let bodies = conversations.enumerated().map { text(of: $1, isFirst: $0 == 0) }
    return opening(title: title) + bodies.joined() + closing
  }
}

extension SavedConversation {
  /// The title as a reader gets to see it, on one line.
  public var shownTitle: String {
    let words = title.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    return words.isEmpty ? "Untitled" : words
  }
}

/// Who speaks in a message, in the terms of the OpenAI chat API.
public enum Role: String, Sendable, Codable {
  case system, developer, user, assistant, tool
}

/// One message of a request, as a wire sends it.
public struct Message: Equatable, Sendable {
  public var role: Role
  /// Plain text; empty where an assistant's message holds only tool calls.
  public var content: String
  /// The calls an assistant's message asked for.
  public var toolCalls: [ToolCall]
  /// Which call a tool's message answers.
  public var toolCallID: String?
  /// Files that go along with a user's message.
  public var attachments: [Attachment]

  public init(
    role: Role, content: String, toolCalls: [ToolCall] = [], toolCallID: String? = nil, attachments: [Attachment] = []
  ) {
    self.role = role
    self.content = content
    self.toolCalls = toolCalls
    self.toolCallID = toolCallID
    self.attachments = attachments
  }

  /// The message as one text: its own, and below it the files, as `Attachment.asText` gives them.
  ///
  /// - Parameter namesImages: false where the images themselves go along.
  public func text(namingImages namesImages: Bool) -> String {
    let files = attachments.filter { namesImages || !$0.isImage }.map(\.asText)
    return ((content.isEmpty ? [] : [content]) + files).joined(separator: "\n\n")
  }
}

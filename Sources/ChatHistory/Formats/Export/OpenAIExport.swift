import ChatModel

/// The path that is shown as `{"messages": […]}` of the OpenAI chat API, which is also a line of a fine-tuning file.
///
/// Reasoning, times and other branches have no place there. Answers that nothing came of are left out, as in requests.
enum OpenAIExport {
  private struct Body: Encodable {
    var messages: [Entry]
  }

  private struct Entry: Encodable {
    private enum CodingKeys: String, CodingKey {
      case role, content, refusal
      case toolCalls = "tool_calls"
      case toolCallID = "tool_call_id"
    }
    var role: String
    /// Null in an assistant's message that holds calls alone.
    var content: Content?
    var refusal: String?
    var toolCalls: [Call]?
    var toolCallID: String?

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(role, forKey: .role)
      try values.encode(content, forKey: .content)
      try values.encodeIfPresent(refusal, forKey: .refusal)
      try values.encodeIfPresent(toolCalls, forKey: .toolCalls)
      try values.encodeIfPresent(toolCallID, forKey: .toolCallID)
    }
  }

  /// A text, or with images its parts.
  private enum Content: Encodable {
    case text(String)
    case parts([Part])

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .text(let text): try text.encode(to: encoder)
      case .parts(let parts): try parts.encode(to: encoder)
      }
    }
  }

  private struct Part: Encodable {
    private enum CodingKeys: String, CodingKey {
      case type, text
      case image = "image_url"
    }
    var type: String
    var text: String?
    var image: [String: String]?
  }

  private struct Call: Encodable {
    struct Function: Encodable {
      var name: String
      var arguments: String
    }
    var id: String
    var type = "function"
    var function: Function
  }

  static func line(of conversation: SavedConversation) -> String {
    HistoryJSON.text(Body(messages: conversation.path.compactMap(entry)), isPretty: false) + "\n"
  }

  /// What was asked, as requests have it.
  private static func content(of message: SavedMessage) -> Content {
    let sent = Message(role: message.role, content: message.content, attachments: message.attachments)
    let text = sent.text(namingImages: false)
    let images = message.attachments.compactMap { file -> Part? in
      guard case .image(let bytes) = file.content else { return nil }
      let url = "data:\(file.mediaType);base64,\(Base64.encode(bytes))"
      return Part(type: "image_url", image: ["url": url])
    }
    if images.isEmpty { return .text(text) }
    return .parts((text.isEmpty ? [] : [Part(type: "text", text: text)]) + images)
  }

  private static func entry(_ message: SavedMessage) -> Entry? {
    var entry = Entry(role: message.role.rawValue, content: content(of: message), toolCallID: message.toolCallID)
    guard message.role == .assistant else { return entry }
    let calls = (message.answer?.toolCalls ?? []).enumerated().map { index, call in
      // The shape wants both: a call that came without is named after its place.
      Call(
        id: call.id ?? "\(message.id)-\(index)", function: .init(name: call.name ?? "", arguments: call.arguments))
    }
    entry.refusal = message.answer?.refusal
    entry.toolCalls = calls.isEmpty ? nil : calls
    if message.content.isEmpty {
      if entry.refusal == nil, calls.isEmpty { return nil }
      entry.content = nil
    }
    return entry
  }
}

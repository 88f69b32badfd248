/// A function call that a model asked for, put together from its fragments.
///
/// Nothing is invented: a call that came without an id or a name has none. `arguments` is the text as it was streamed,
/// byte for byte; usually, but not necessarily, a JSON object.
public struct ToolCall: Equatable, Sendable, Codable {
  public var id: String?
  public var name: String?
  public var arguments: String

  public init(id: String?, name: String?, arguments: String) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

/// A piece of a streamed tool call (`choices[0].delta.tool_calls[i]` of the OpenAI chat API).
public struct ToolCallFragment: Equatable, Sendable {
  /// The service's number for the call; may be missing, repeated or huge.
  public var index: Int?
  public var id: String?
  public var name: String?
  public var arguments: String

  public init(index: Int? = nil, id: String? = nil, name: String? = nil, arguments: String = "") {
    self.index = index
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

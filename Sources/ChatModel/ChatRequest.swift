/// Sampling and length settings; only those that are set are sent.
public struct Parameters: Equatable, Sendable, Codable {
  public var temperature: Double?
  public var topP: Double?
  /// Tokens of the answer, at most.
  public var maxTokens: Int?
  public var seed: Int?
  /// `low`, `medium`, `high`, or another word that the service knows.
  public var reasoningEffort: String?

  public init(
    temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, seed: Int? = nil,
    reasoningEffort: String? = nil
  ) {
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
    self.seed = seed
    self.reasoningEffort = reasoningEffort
  }

  private enum CodingKeys: String, CodingKey {
    case temperature, seed
    case topP = "top_p"
    case maxTokens = "max_tokens"
    case reasoningEffort = "reasoning_effort"
  }
}

/// One request for an answer, in no wire's terms.
public struct ChatRequest: Equatable, Sendable {
  public var messages: [Message]
  /// Nil where the service needs none.
  public var model: String?
  public var parameters: Parameters
  /// Tool definitions in OpenAI's form, passed on as they are.
  public var tools: [JSONValue]
  /// Names of body fields that this service refused; they are left out.
  public var omittedFields: Set<String>
  /// What a service that stores its answers may continue; nil: it gets the whole talk.
  public var continued: StoredResponse?
  /// The thread that the talk takes place in, where the service keeps talks (OpenAI Assistants).
  public var threadID: String?
  /// The system prompt that the messages begin with, where it is the default that nobody asked for; nil for a chosen one.
  public var untouchedPrompt: String?
  /// The body as somebody else wrote it for the OpenAI chat API, without its model: a service that speaks it gets these fields
  /// as they are, over those made of the rest, and replies as they ask, streamed or not. Other services get the rest.
  public var given: [String: JSONValue]?

  public init(
    messages: [Message], model: String? = nil, parameters: Parameters = Parameters(), tools: [JSONValue] = [],
    omittedFields: Set<String> = [], continued: StoredResponse? = nil, threadID: String? = nil,
    untouchedPrompt: String? = nil, given: [String: JSONValue]? = nil
  ) {
    self.given = given
    self.untouchedPrompt = untouchedPrompt
    self.messages = messages
    self.model = model
    self.parameters = parameters
    self.tools = tools
    self.omittedFields = omittedFields
    self.continued = continued
    self.threadID = threadID
  }
}

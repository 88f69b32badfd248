/// What a service calls something that it keeps of a turn, for later requests that name it.
public enum ServiceReference: Equatable, Sendable {
  /// A stored response, which the next one may continue (OpenAI Responses).
  case response(String)
  /// The run that makes the answer, which has to be named to stop it (OpenAI Assistants).
  case run(String)
}

/// A response that the service has stored, together with the talk that led to it.
public struct StoredResponse: Equatable, Sendable {
  public var id: String
  /// How many of a request's messages, from its first, the service knows by that response.
  public var messageCount: Int

  public init(id: String, messageCount: Int) {
    self.id = id
    self.messageCount = messageCount
  }
}

/// One thing that a service said in a streamed answer, whatever its wire.
public enum ChatEvent: Equatable, Sendable {
  /// A non-empty piece of the answer.
  case text(String)
  /// A non-empty piece of the model's reasoning.
  case reasoning(String)
  /// A non-empty piece of a refusal.
  case refusal(String)
  case toolCall(ToolCallFragment)
  /// The counts so far; the last one wins.
  case usage(Usage)
  /// Why the model stopped: `stop`, `length`, `content_filter`, `tool_calls`, or the service's own word.
  case finishReason(String)
  /// The model that answers, as the service names it.
  case model(String)
  /// What the service calls something that it keeps of this turn.
  case reference(ServiceReference)
  /// The stream ended as its wire says that it should.
  case completed
  /// The service reported an error, or the stream broke off. Nothing after it counts.
  case failed(ChatError)

  /// True for what restarts the timer between chunks: a piece of text, reasoning, refusal or tool argument.
  public var isPiece: Bool {
    switch self {
    case .text, .reasoning, .refusal, .toolCall: true
    default: false
    }
  }
}

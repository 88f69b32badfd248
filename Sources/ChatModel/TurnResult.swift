/// How a turn ended.
public enum TurnStatus: String, Sendable {
  case complete
  /// By the user.
  case cancelled
  /// By our clock.
  case timedOut = "timed_out"
  /// The stream broke off after content had come.
  case truncated
  /// All else.
  case failed
}

/// When things happened in a turn, counted from its start.
public struct TurnTiming: Equatable, Sendable {
  /// Until the first piece of the answer; nil when none came.
  public var firstChunk: Duration?
  public var total: Duration

  public init(firstChunk: Duration? = nil, total: Duration = .zero) {
    self.firstChunk = firstChunk
    self.total = total
  }
}

/// One finished turn. Whatever content had arrived is kept, whatever the status.
public struct TurnResult: Equatable, Sendable {
  /// The non-empty pieces of text, in the order of their arrival; joined, they are `content`.
  public var chunks: [String] = []
  public var content = ""
  public var reasoning: String?
  public var refusal: String?
  public var model: String?
  public var finishReason: String?
  public var usage: Usage?
  public var toolCalls: [ToolCall] = []
  public var status = TurnStatus.complete
  public var error: ChatError?
  public var timing = TurnTiming()
  /// The name under which the service stored the answer, where it did.
  public var responseID: String?
  /// The thread that the turn belongs to, where the service keeps threads.
  public var threadID: String?
  /// The run that made the answer, where the service calls it so.
  public var runID: String?

  public init() {}

  /// True when anything came that a reader would want to keep.
  public var hasContent: Bool {
    !content.isEmpty || !toolCalls.isEmpty || reasoning != nil || refusal != nil
  }
}

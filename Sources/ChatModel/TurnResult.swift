/// How a turn ended.
public enum TurnStatus: String, Sendable, Codable {
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
  /// All calls, also those that were answered in the turn.
  public var toolCalls: [ToolCall] = []
  /// The parts of the turn that tools were run in between, but for the last; `content` has the text of all.
  public var rounds: [ToolRound] = []
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

  /// How many pieces of text came.
  public var chunkCount: Int { chunks.count }

  /// True for an answer that broke off, or was stopped, after some of its text: a model may carry it on.
  public var isUnfinished: Bool {
    // Half a call of a tool is nothing that text could carry on.
    guard !content.isEmpty, lastPart.toolCalls.isEmpty else { return false }
    return status != .complete || finishReason == "length"
  }

  /// The one answer that this beginning and its continuation make: how it ended is the continuation's; what they cost and how
  /// long they took is added up.
  public func joined(with continuation: TurnResult) -> TurnResult {
    var whole = continuation
    whole.usage = usage.map { $0.adding(continuation.usage) } ?? continuation.usage
    whole.timing.firstChunk = timing.firstChunk ?? continuation.timing.firstChunk
    whole.timing.total = min(timing.total + continuation.timing.total, .longestBounded)
    whole.chunks = chunks + continuation.chunks
    whole.content = content + continuation.content
    whole.reasoning = Self.joined(reasoning, continuation.reasoning)
    whole.refusal = Self.joined(refusal, continuation.refusal)
    whole.model = continuation.model ?? model
    if !rounds.isEmpty {
      whole.toolCalls = toolCalls + continuation.toolCalls
      whole.rounds = rounds + continuation.rounds
    }
    if !continuation.rounds.isEmpty {
      // What was said before the break belongs to the same part.
      let part = lastPart
      whole.rounds[rounds.count].content = part.content + continuation.rounds[0].content
      whole.rounds[rounds.count].reasoning = Self.joined(part.reasoning, continuation.rounds[0].reasoning)
    }
    // The service has stored the two parts, with our request to go on between them.
    whole.responseID = nil
    return whole
  }

  private static func joined(_ first: String?, _ second: String?) -> String? {
    guard let first, let second else { return first ?? second }
    return first + second
  }

  /// True when anything came that a reader would want to keep.
  public var hasContent: Bool {
    !content.isEmpty || !toolCalls.isEmpty || reasoning != nil || refusal != nil
  }
}

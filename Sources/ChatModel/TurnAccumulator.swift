/// Folds the events of one turn into its result. What an empty or missing value says never overwrites a good one.
public struct TurnAccumulator: Equatable, Sendable {
  private var partial = TurnResult()
  /// True once the stream completed or failed; what comes after that does not count.
  public private(set) var isOver = false
  private var toolCalls = ToolCallAssembler()

  public init() {}

  /// What has come so far. Take it at the end of the turn: a copy held while more comes makes each addition copy too.
  public var result: TurnResult {
    var result = partial
    result.toolCalls = toolCalls.calls
    return result
  }

  /// Adds one event. Returns false when the turn was over already and the event was dropped.
  @discardableResult
  public mutating func add(_ event: ChatEvent) -> Bool {
    if isOver { return false }
    switch event {
    case .text(let piece):
      partial.chunks.append(piece)
      partial.content += piece
    case .reasoning(let piece): partial.reasoning = (partial.reasoning ?? "") + piece
    case .refusal(let piece): partial.refusal = (partial.refusal ?? "") + piece
    case .toolCall(let fragment): toolCalls.add(fragment)
    case .usage(let usage): partial.usage = usage
    case .finishReason(let reason): partial.finishReason = reason
    case .model(let model): partial.model = model
    case .reference(.response(let id)): partial.responseID = id
    case .reference(.run(let id)): partial.runID = id
    case .completed: isOver = true
    case .failed(let error): end(as: status(after: error), error: error)
    }
    return true
  }

  /// Ends the turn from our side: cancelled, or timed out with its error.
  public mutating func end(as status: TurnStatus, error: ChatError? = nil) {
    if isOver { return }
    isOver = true
    partial.status = status
    partial.error = error
  }

  private func status(after error: ChatError) -> TurnStatus {
    if error.isTimeout { return .timedOut }
    return error.kind == .truncated ? .truncated : .failed
  }
}

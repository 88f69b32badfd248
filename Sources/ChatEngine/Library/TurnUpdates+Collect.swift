import ChatModel

extension TurnUpdates {
  /// Waits for the end of the turn.
  ///
  /// ```swift
  /// let answer = await session.send("Name a prime").collect { print($0, terminator: "") }
  /// print(answer.content, answer.chunkCount, answer.finishReason ?? "?", answer.usage?.totalTokens ?? 0)
  /// ```
  /// - Parameters:
  ///   - onChunk: is called with each piece of text as it comes, in order; the next one waits for it to return.
  ///   - onComplete: is called once, at the end, however that is.
  /// - Returns: all of it: content, chunks and their number, finish reason, usage. What came before a failure or a timeout is
  ///   kept; `status` and `error` tell of it. When the task is cancelled, so is the turn.
  @discardableResult
  public func collect(
    isolation: isolated (any Actor)? = #isolation, onChunk: (String) async -> Void = { _ in },
    onComplete: (TurnResult) async -> Void = { _ in }
  ) async -> TurnResult {
    var soFar = TurnAccumulator()
    var result: TurnResult?
    for await update in self {
      switch update.change {
      case .events(let events):
        for event in events {
          soFar.add(event)
          if case .text(let piece) = event { await onChunk(piece) }
        }
      case .finished(let whole): result = whole
      case .started, .retrying, .compacted, .silent, .toolsAnswered: break
      }
    }
    if result == nil { soFar.end(as: .cancelled) }
    let outcome = result ?? soFar.result
    await onComplete(outcome)
    return outcome
  }
}

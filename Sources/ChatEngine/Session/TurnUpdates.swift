import ChatModel

/// What a session tells of one turn, in order; ends after `.finished`.
///
/// For one consumer. When it is dropped before its end, or the consuming task is cancelled, the turn is cancelled.
public struct TurnUpdates: AsyncSequence, Sendable {
  public typealias Element = SessionUpdate
  public typealias Failure = Never

  /// The turn that these are about.
  public let turn: TurnID
  let stream: AsyncStream<SessionUpdate>

  public func makeAsyncIterator() -> AsyncStream<SessionUpdate>.Iterator { stream.makeAsyncIterator() }
}

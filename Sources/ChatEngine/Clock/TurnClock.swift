/// Any clock, seen as the time since the value was made: what a session measures its limits with.
public struct TurnClock: Sendable {
  private let read: @Sendable () -> Duration
  private let wait: @Sendable (Duration) async throws -> Void

  public init<Base: Clock>(_ clock: Base) where Base.Duration == Duration {
    let origin = clock.now
    read = { origin.duration(to: clock.now) }
    wait = { try await clock.sleep(until: origin.advanced(by: $0), tolerance: nil) }
  }

  /// Time since the value was made.
  public var now: Duration { read() }

  /// Returns at that time, at once when it has passed. Throws `CancellationError` when the task is cancelled.
  public func sleep(until deadline: Duration) async throws { try await wait(deadline) }
}

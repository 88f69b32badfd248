import Synchronization

/// The continuous clock with the stopped time left out: between `pause()` and `resume()` it stands still.
///
/// For a program that is suspended by Ctrl-Z, so that an answer does not time out while nobody could read it.
public final class PausableClock: Clock {
  /// Running time since the clock was made.
  public struct Instant: InstantProtocol {
    fileprivate let running: Duration
    public func advanced(by duration: Duration) -> Instant { Instant(running: running + duration) }
    public func duration(to other: Instant) -> Duration { other.running - running }
    public static func < (left: Instant, right: Instant) -> Bool { left.running < right.running }
  }

  private struct State {
    /// How long the clock stood still, the present pause not counted.
    var stopped = Duration.zero
    var pausedAt: ContinuousClock.Instant?
  }

  private let base = ContinuousClock()
  private let timer = WakeTimer()
  private let origin: ContinuousClock.Instant
  private let state = Mutex(State())

  public init() { origin = base.now }

  public var now: Instant {
    state.withLock { Instant(running: origin.duration(to: $0.pausedAt ?? base.now) - $0.stopped) }
  }

  public var minimumResolution: Duration { base.minimumResolution }

  /// Stops the clock; does nothing when it is stopped already. From any thread, never waits.
  public func pause() {
    state.withLock { if $0.pausedAt == nil { $0.pausedAt = base.now } }
  }

  /// Lets the clock run on; does nothing when it runs.
  public func resume() {
    state.withLock { state in
      guard let pausedAt = state.pausedAt else { return }
      state.stopped += pausedAt.duration(to: base.now)
      state.pausedAt = nil
    }
  }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    while true {
      let rest = now.duration(to: deadline)
      if rest <= .zero { return }
      // A pause lengthens the wait, which shows on waking; the floor keeps a paused clock from being asked in a spin.
      let isPaused = state.withLock { $0.pausedAt != nil }
      try await timer.sleep(until: base.now + (isPaused ? max(rest, .milliseconds(50)) : rest))
    }
  }
}

import Synchronization

/// The continuous clock with the stopped time left out: between `pause()` and `resume()` it stands still.
///
/// For a program that is suspended by Ctrl-Z, so that an answer does not time out while nobody could read it.
public final class PausableClock: Clock {
  /// Running time since the clock, or the one that it stands on, was made.
  public struct Instant: InstantProtocol {
    fileprivate let running: Duration
    public func advanced(by duration: Duration) -> Instant { Instant(running: running + duration) }
    public func duration(to other: Instant) -> Duration { other.running - running }
    public static func < (left: Instant, right: Instant) -> Bool { left.running < right.running }
  }

  private struct State {
    /// How long the clock stood still, the present pause not counted.
    var stopped = Duration.zero
    var pausedAt: Duration?
  }

  private let base = ContinuousClock()
  private let timer: WakeTimer
  private let origin: ContinuousClock.Instant
  /// While it stands still, so does this one.
  private let outer: PausableClock?
  private let state = Mutex(State())

  public init() {
    timer = WakeTimer()
    origin = base.now
    outer = nil
  }

  /// A clock that stands still with another one, and for pauses of its own. The other one's thread wakes its sleepers, so
  /// that many such clocks cost no thread each.
  public init(within other: PausableClock) {
    timer = other.timer
    origin = other.origin
    outer = other
  }

  /// What the clock would show had it never been paused itself.
  private var reading: Duration { outer?.now.running ?? origin.duration(to: base.now) }

  private var isPaused: Bool { state.withLock { $0.pausedAt != nil } || outer?.isPaused == true }

  public var now: Instant {
    state.withLock { Instant(running: ($0.pausedAt ?? reading) - $0.stopped) }
  }

  public var minimumResolution: Duration { base.minimumResolution }

  /// Stops the clock; does nothing when it is stopped already. From any thread, never waits.
  public func pause() {
    state.withLock { if $0.pausedAt == nil { $0.pausedAt = reading } }
  }

  /// Lets the clock run on; does nothing when it runs.
  public func resume() {
    state.withLock { state in
      guard let pausedAt = state.pausedAt else { return }
      state.stopped += reading - pausedAt
      state.pausedAt = nil
    }
  }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    while true {
      let rest = now.duration(to: deadline)
      if rest <= .zero { return }
      // A pause lengthens the wait, which shows on waking; the floor keeps a paused clock from being asked in a spin.
      try await timer.sleep(until: base.now + (isPaused ? max(rest, .milliseconds(50)) : rest))
    }
  }
}

/// One stream of "look again", fed by the signals of a transfer and by a timer.
///
/// Level-triggered: beats that nobody has taken yet become one. The timer is one task, armed anew only when it would
/// come too late; one that comes too early finds nothing to judge, so a stream of pieces costs no timer each.
final class Pulse {
  let beats: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  private let clock: TurnClock
  private var timer: Task<Void, Never>?
  private var armedFor: Duration?

  init(clock: TurnClock) {
    self.clock = clock
    (beats, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// What others call to make a beat; from any thread, also after the end.
  var signal: @Sendable () -> Void {
    { [continuation] in continuation.yield() }
  }

  /// Makes sure of a beat at that time. To be called after each beat.
  func arm(_ deadline: Duration?) {
    if let armedFor, armedFor <= clock.now { self.armedFor = nil }
    guard let deadline else { return }
    if let armedFor, armedFor <= deadline { return }
    timer?.cancel()
    armedFor = deadline
    timer = Task { [clock, continuation] in
      do {
        // A clock may wake its sleepers a trifle early; a beat before the deadline would be the last.
        while clock.now < deadline { try await clock.sleep(until: deadline) }
      } catch { return }
      continuation.yield()
    }
  }

  /// Ends the beats and the timer.
  func stop() {
    timer?.cancel()
    continuation.finish()
  }
}

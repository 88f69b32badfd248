import ChatEngine
import Synchronization

/// The turns that run for clients, to be cut off together.
final class RelayTurns: Sendable {
  /// What a client is told whose answer was cut off.
  static let stopping = "The relay is stopping; the answer was cut off."

  private struct State {
    var running: [Int: ChatSession] = [:]
    var last = 0
    /// Sessions that were cut off.
    var ended: [ChatSession] = []
  }

  private let state = Mutex(State())

  /// Notes a turn of its session; the number by which `end` forgets it.
  func begin(_ session: ChatSession) -> Int {
    state.withLock { state in
      state.last += 1
      state.running[state.last] = session
      return state.last
    }
  }

  func end(_ number: Int) { state.withLock { $0.running[number] = nil } }

  /// Cancels all turns; what came of their answers stays told.
  func cutOff() {
    let sessions = state.withLock { state in
      state.ended = Array(state.running.values)
      return state.ended
    }
    for session in sessions { Task { await session.cancel() } }
  }

  /// Returns once the service knows of the turns that were cut off, or a few seconds were spent in trying.
  func finishFarewells() async {
    for session in state.withLock({ $0.ended }) { await session.finishFarewells() }
  }
}

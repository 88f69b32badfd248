import ChatEngine
import CursesTerminal
import Synchronization

/// The sessions whose turns run, and whether the run is to end.
final class RunningSessions: Sendable {
  private struct State {
    var sessions: [Int: ChatSession] = [:]
    var isEnding = false
  }

  private let state = Mutex(State())
  private let first = FirstSignal()

  /// The signal that ended the run, once one did.
  var signal: Signal? { first.value }

  /// True once no further turn is to begin.
  var isEnding: Bool { state.withLock { $0.isEnding } }

  /// A turn begins; false when it must not any more.
  func add(_ session: ChatSession, for index: Int) -> Bool {
    state.withLock { state in
      if state.isEnding { return false }
      state.sessions[index] = session
      return true
    }
  }

  /// A turn is over.
  func remove(_ index: Int) { state.withLock { $0.sessions[index] = nil } }

  /// Notes a signal that asks for the end; false when there was one before.
  func note(_ signal: Signal) -> Bool { first.note(signal) }

  /// Ends all turns, also those that are about to begin.
  func cancelAll() async {
    let sessions = state.withLock { state in
      state.isEnding = true
      return state.sessions
    }
    for session in sessions.values { await session.cancel() }
  }
}

import CursesTerminal
import Synchronization

/// The signal that asked for the end, once one did.
final class FirstSignal: Sendable {
  private let noted = Mutex<Signal?>(nil)

  /// Nil until a signal came.
  var value: Signal? { noted.withLock { $0 } }

  /// Notes a signal; false when there was one before.
  func note(_ signal: Signal) -> Bool {
    noted.withLock { noted in
      defer { noted = noted ?? signal }
      return noted == nil
    }
  }
}

import Dispatch
import Glibc

/// Takes the signals that end or stop a command without a screen, on a thread that waits for nothing else.
///
/// No handler runs: the signals are blocked and waited for, so what they cause is ordinary code. A signal that the parent
/// ignores (`nohup`, a background job) stays ignored.
struct SignalWatch: Sendable {
  /// A signal that asks the program to end.
  enum Ending: Int32, Sendable, CaseIterable {
    case interrupted = 2
    case terminated = 15
    case hungUp = 1

    /// The code to end with on account of it.
    var exitCode: ExitCode {
      switch self {
      case .interrupted: .cancelled
      case .terminated: .terminated
      case .hungUp: .hungUp
      }
    }
  }

  private let watched: [Int32]

  /// Blocks the signals. To be called on the main thread before there are others, which inherit it.
  init() {
    watched = (Ending.allCases.map(\.rawValue) + [SIGTSTP]).filter { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      // SIG_IGN is the number 1 in the place of a function, which Swift cannot compare.
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
    }
    var set = Self.set(of: watched)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Starts to wait. `onEnd` is called for each signal that asks for the end; around a stop by Ctrl-Z come `onStop` and
  /// `onContinue`. All three are called on the waiting thread.
  func start(
    onEnd: @escaping @Sendable (Ending) -> Void, onStop: @escaping @Sendable () -> Void,
    onContinue: @escaping @Sendable () -> Void
  ) {
    let watched = watched
    if watched.isEmpty { return }
    DispatchQueue(label: "signals").async {
      var set = Self.set(of: watched)
      while true {
        var number: Int32 = 0
        guard sigwait(&set, &number) == 0 else { continue }
        if let ending = Ending(rawValue: number) {
          onEnd(ending)
        } else {
          onStop()
          Self.stop()
          onContinue()
        }
      }
    }
  }

  /// Stops the whole process as the signal would have, and returns once it is continued.
  private static func stop() {
    var set = set(of: [SIGTSTP])
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(SIGTSTP)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  private static func set(of numbers: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    return set
  }
}

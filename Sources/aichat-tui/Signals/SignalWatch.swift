import ChatEngine
import CursesTerminal

/// Takes the signals that end or stop a command without a screen, on a thread that waits for nothing else.
struct SignalWatch: Sendable {
  private let pipe: SignalPipe

  /// Routes the signals from now on; `start` says what they do.
  init() throws(CommandFailure) {
    do { pipe = try SignalPipe([.interrupt, .terminate, .hangup, .suspend]) } catch {
      throw CommandFailure(code: .unexpected, message: error.message)
    }
  }

  /// Starts to wait. `onEnd` is called, on the waiting thread, for each signal that asks for the end. While Ctrl-Z has
  /// the program stopped, `clock` stands still.
  func start(clock: PausableClock, onEnd: @escaping @Sendable (Signal) -> Void) {
    DetachedThread.start { [pipe] in
      while true {
        for signal in pipe.wait() {
          guard signal == .suspend else {
            onEnd(signal)
            continue
          }
          clock.pause()
          pipe.stopProcess(withGroup: false)
          clock.resume()
        }
      }
    }
  }
}

extension ExitCode {
  /// The code to end with on account of a signal.
  init(_ signal: Signal) { self = ExitCode(rawValue: signal.exitCode) ?? .unexpected }
}

import CNcursesw

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The signals that a chat answers to.
public enum Signal: CaseIterable, Hashable, Sendable {
  /// SIGINT; on the full screen Ctrl-C is a key instead.
  case interrupt
  /// SIGTERM.
  case terminate
  /// SIGHUP, or a terminal that is gone.
  case hangup
  /// SIGWINCH.
  case resize
  /// SIGTSTP; on the full screen Ctrl-Z is a key instead.
  case suspend
  /// SIGCONT after a stop that was not ours, SIGSTOP say.
  case resume

  /// The system's number.
  public var number: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangup: SIGHUP
    case .resize: SIGWINCH
    case .suspend: SIGTSTP
    case .resume: SIGCONT
    }
  }

  /// What a program exits with that this signal ends.
  public var exitCode: Int32 { 128 + number }
}

/// Turns signals into bytes on a pipe, so that they can be waited for beside other things. SIGPIPE is ignored.
///
/// Make it before anything else handles signals, ncurses too: what it routes keeps its handler. One for a process.
public struct SignalPipe: Sendable {
  /// The reading end, non-blocking, to be polled.
  public let descriptor: Int32

  /// Routes the signals given; throws when the system has no pipe left.
  public init(_ signals: [Signal] = Signal.allCases) throws(TerminalError) {
    let numbers = signals.map(\.number)
    descriptor = cnc_route_signals(numbers, Int32(numbers.count))
    if descriptor < 0 { throw TerminalError(message: "no pipe for signals: \(String(cString: strerror(errno)))") }
  }

  /// The signals that came since the last call, in order; never waits.
  public func take() -> [Signal] {
    var bytes = [UInt8](repeating: 0, count: 64)
    var signals: [Signal] = []
    while case let count = read(descriptor, &bytes, bytes.count), count > 0 {
      for byte in bytes[..<count] {
        if let signal = Signal.allCases.first(where: { $0.number == Int32(byte) }) { signals.append(signal) }
      }
    }
    return signals
  }

  /// Waits for the next signals; blocks the thread.
  public func wait() -> [Signal] {
    while true {
      let signals = take()
      if !signals.isEmpty { return signals }
      var descriptors = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
      _ = poll(&descriptors, 1, -1)
    }
  }

  /// Stops the process, and its whole group as Ctrl-Z does unless told otherwise; returns when it goes on.
  public func stopProcess(withGroup: Bool = true) { cnc_stop(withGroup ? 1 : 0) }
}

/// The terminal cannot be used as asked.
public struct TerminalError: Error, Equatable, CustomStringConvertible {
  /// A sentence for the user.
  public let message: String
  public var description: String { message }
}

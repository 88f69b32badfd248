import Glibc
import Synchronization

/// Ends a command that somebody waits for, from any thread: kills it, and wakes who reads its output.
final class CommandInterruption: Sendable {
  private struct State {
    var isRaised = false
    /// What `kill` takes; nil before the start and after the end.
    var target: pid_t?
  }

  /// Becomes readable once it is raised; -1, which is never polled, when the system has no pipe to give.
  let descriptor: Int32
  private let writeEnd: Int32
  private let state = Mutex(State())

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit { for end in [descriptor, writeEnd] where end >= 0 { close(end) } }

  /// Ends the command, also one that is yet to start.
  func raise() {
    state.withLock { state in
      state.isRaised = true
      if let target = state.target { kill(target, SIGKILL) }
    }
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  var isRaised: Bool { state.withLock { $0.isRaised } }

  /// The command runs: a process, or the negative number of a group of them.
  func began(_ target: pid_t) {
    state.withLock { state in
      state.target = target
      if state.isRaised { kill(target, SIGKILL) }
    }
  }

  /// To be called before the process is waited for, after which its number may be another's.
  func ended() { state.withLock { $0.target = nil } }
}

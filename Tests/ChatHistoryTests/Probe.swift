import Glibc
import TestSupport

/// A run of HistoryProbe. Its standard output is read where it is looked at.
final class Probe {
  private let pid: pid_t
  private let output: Int32
  private var rest: [UInt8] = []
  private var isWaitedFor = false

  init(_ arguments: [String]) throws {
    var ends: [Int32] = [-1, -1]
    // A pair of sockets is closed in other children from the beginning, which `pipe` cannot do.
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let path = binary(named: "HistoryProbe")
    var argv = ([path] + arguments).map { (text: String) in strdup(text) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = [strdup("SWIFT_BACKTRACE=enable=no"), nil]
    var pid = pid_t()
    let failure = posix_spawn(&pid, path, &actions, nil, &argv, &envp)
    for text in argv + envp { free(text) }
    close(ends[1])
    self.pid = pid
    output = ends[0]
    guard failure == 0 else { throw ProbeFailure(error: failure) }
  }

  deinit {
    kill()
    close(output)
  }

  /// Ends it as nothing can prepare for.
  func kill() {
    guard !isWaitedFor else { return }
    isWaitedFor = true
    Glibc.kill(pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  /// The next line that it prints; nil at the end.
  func line() -> String? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeSubrange(...end)
        return line
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(output, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      rest += buffer[..<count]
    }
  }

  /// All lines until the end.
  func lines() -> [String] {
    var lines: [String] = []
    while let line = line() { lines.append(line) }
    return lines
  }
}

/// Why there is no probe.
struct ProbeFailure: Error {
  var error: Int32
}

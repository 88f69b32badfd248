import Dispatch
import Foundation
import Glibc
import TestSupport
import Testing

/// The real program without a terminal: started with pipes, watched until it ends.
///
/// Whatever a test makes it print, the key of the tests must not be in it: `finish` sees to that.
actor Program {
  /// What came of a run.
  struct Outcome {
    /// The exit code, or 128 + the signal that ended it.
    var code: Int32
    var bytes: [UInt8]
    var errors: String
    var output: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// Stands for a real key in every test.
  static let key = "sk-end-to-end-0f3c9a7b51"

  /// Variables for an OpenAI-compatible server.
  static func openAI(_ url: String) -> [String: String] {
    ["OPENAI_BASE_URL": url + "/v1", "OPENAI_API_KEY": key, "OPENAI_MODEL": "m"]
  }

  private let pid: pid_t
  private let output: Int32
  private let outputPieces = Inbox<[UInt8]?>()
  private let errorPieces = Inbox<[UInt8]?>()
  private let end = Inbox<Int32>()
  private var seen: [UInt8] = []
  /// Where the program finds its files, unless it is given another place.
  private let home = TemporaryHome()

  /// Starts the program; `input` is what its stdin holds, nil for an empty one.
  init(
    _ arguments: [String], _ environment: [String: String] = [:], input: [UInt8]? = nil, directory: String = "/",
    of name: String = "aichat-tui"
  ) throws {
    signal(SIGPIPE, SIG_IGN)
    let (stdin, stderr) = (Self.pipe(), Self.pipe())
    // A pair of sockets: unlike a pipe, it can be closed while a thread reads it.
    let stdout = Self.pair()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, stdin.read, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, stdout.write, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, stderr.write, STDERR_FILENO)
    // The threads of the tests block signals and ignore SIGPIPE; the program starts as from a shell.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables = ["PATH": "/usr/bin:/bin", "HOME": home.path].merging(environment) { $1 }
    // By a shell, which can change the directory before.
    let shell = ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", directory, binary(named: name)]
    var argv = (shell + arguments).map { (text: String) in strdup(text) } + [nil]
    var envp = variables.map { "\($0.key)=\($0.value)" }.map { (text: String) in strdup(text) } + [nil]
    var pid = pid_t()
    let failure = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &argv, &envp)
    for text in argv + envp { free(text) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for end in [stdin.read, stdout.write, stderr.write] { close(end) }
    try #require(failure == 0, "\(String(cString: strerror(failure)))")
    self.pid = pid
    output = stdout.read
    // The thread has a number of its own: closing one that the other still uses would hit what gets it next.
    Self.collect(fcntl(stdout.read, F_DUPFD_CLOEXEC, 0), into: outputPieces)
    Self.collect(stderr.read, into: errorPieces)
    Self.onThread { [end, pid] in
      var rest = (input ?? [])[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(stdin.write, $0.baseAddress, $0.count) }
        if count <= 0 { break }
        rest = rest.dropFirst(count)
      }
      close(stdin.write)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      end.put(status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
    }
    // A test that hangs ends by this instead of hanging the suite.
    DispatchQueue.global().asyncAfter(deadline: .now() + 60) { [pid] in kill(pid, SIGKILL) }
  }

  deinit { close(output) }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], _ environment: [String: String] = [:], input: [UInt8]? = nil, directory: String = "/",
    of name: String = "aichat-tui"
  ) async throws -> Outcome {
    try await Program(arguments, environment, input: input, directory: directory, of: name).finish()
  }

  /// Waits until stdout holds a text; false when the program ends before.
  func waitForOutput(_ text: String) async -> Bool {
    while !String(decoding: seen, as: UTF8.self).contains(text) {
      guard let piece = await outputPieces.next() else {
        outputPieces.put(nil)
        return false
      }
      seen += piece
    }
    return true
  }

  /// Sends a signal.
  nonisolated func send(_ signal: Int32) { kill(pid, signal) }

  /// Takes the reader of stdout away.
  func closeOutput() {
    shutdown(output, Int32(SHUT_RDWR))
  }

  /// Waits for the end.
  func finish() async -> Outcome {
    while let piece = await outputPieces.next() { seen += piece }
    var errors: [UInt8] = []
    while let piece = await errorPieces.next() { errors += piece }
    let outcome = Outcome(code: await end.next(), bytes: seen, errors: String(decoding: errors, as: UTF8.self))
    #expect(!outcome.output.contains(Self.key) && !outcome.errors.contains(Self.key), "the key was printed")
    return outcome
  }

  private static func pair() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
    return (ends[0], ends[1])
  }

  private static func pipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    _ = Glibc.pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Puts what can be read into the inbox, and nil at the end.
  private static func collect(_ descriptor: Int32, into inbox: Inbox<[UInt8]?>) {
    onThread {
      var buffer = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count > 0 { inbox.put(Array(buffer[..<count])) }
        if count == 0 || (count < 0 && errno != EINTR) { break }
      }
      close(descriptor)
      inbox.put(nil)
    }
  }

  /// Runs what waits in system calls on a thread of its own. Not on one of Dispatch's: they are limited, and with all of
  /// them reading, none would be left to close the stdin that a program waits for.
  private static func onThread(_ work: @escaping @Sendable () -> Void) {
    Thread.detachNewThread(work)
  }
}

/// A directory of a test's own, gone with the value.
final class Scratch: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/aichat-tui-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
  }

  deinit { if !path.isEmpty { try? FileManager.default.removeItem(atPath: path) } }

  /// Writes a file with those permissions, making its directories; returns its path.
  @discardableResult
  func write(_ name: String, _ text: String, mode: mode_t = 0o600) -> String {
    var directory = path
    for part in name.split(separator: "/").dropLast() {
      directory += "/" + part
      mkdir(directory, 0o700)
    }
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    fchmod(file, mode)
    close(file)
    return "\(path)/\(name)"
  }
}

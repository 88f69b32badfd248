import Glibc

/// Runs a configured `key_command` and takes its output as a secret.
///
/// The command runs by `/bin/sh -c`, without our own keys in its environment and with nothing on its stdin; its stderr is
/// ours, so that a password manager can say what it waits for. What it printed never gets into a message.
struct SecretCommand {
  var command: String
  var environment: [String: String]
  /// Seconds that it may take.
  var limit: Int = 30

  /// The output without blanks around it. The failure names the exit code or the time limit, never the output.
  func run() throws(SecretCommandError) -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SecretCommandError(reason: "could not be started") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let child = spawn(output: ends[1])
    close(ends[1])
    guard let child else { throw SecretCommandError(reason: "could not be started") }
    let output = collect(ends[0])
    if output == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard let output else { throw SecretCommandError(reason: "took longer than \(limit) s, or printed too much") }
    guard status & 0x7F == 0 else { throw SecretCommandError(reason: "was ended by signal \(status & 0x7F)") }
    let code = (status >> 8) & 0xFF
    guard code == 0 else { throw SecretCommandError(reason: "ended with exit code \(code)") }
    let text = String(decoding: output, as: UTF8.self)
    let secret = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    if secret.isEmpty { throw SecretCommandError(reason: "printed nothing") }
    if secret.contains(where: \.isNewline) { throw SecretCommandError(reason: "printed more than one line") }
    return String(secret)
  }

  private func spawn(output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // What we do with signals is our own affair.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ["sh", "-c", command].map { (text: String) in strdup(text) } + [nil]
    let assignments = environment.map { "\($0.key)=\($0.value)" }
    var variables: [UnsafeMutablePointer<CChar>?] = assignments.map { (text: String) in strdup(text) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child = pid_t()
    return posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, &variables) == 0 ? child : nil
  }

  /// All output; nil when the time is up or it is more than any key could be.
  private func collect(_ descriptor: Int32) -> [UInt8]? {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(limit)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let left = clock.now.duration(to: deadline)
      if left <= .zero || output.count > 65536 { return nil }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, Int32(left.components.seconds) * 1000 + 1000) <= 0 { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return output }
      if count > 0 { output += buffer[..<count] }
    }
  }
}

/// Why a `key_command` gave no key.
struct SecretCommandError: Error, Equatable { var reason: String }

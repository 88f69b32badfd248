import Glibc

/// Runs a configured `key_command` or `token_command` and takes its output, which is secret.
///
/// The command runs by `/bin/sh -c`, without our own keys in its environment and with nothing on its stdin. On a plain
/// terminal it keeps that and our stderr, so that a password manager can ask and say what it waits for; behind the full
/// screen it has neither. What it printed never gets into a message.
struct SecretCommand: Equatable, Sendable {
  var command: String
  var environment: [String: String]
  /// Seconds that it may take.
  var limit: Int = 30
  /// False behind the full screen.
  var hasTerminal = true

  /// The output without blanks around it. The failure names the exit code or the time limit, never the output. Blocks;
  /// raising the interruption makes it fail at once.
  func run(until interruption: CommandInterruption = CommandInterruption()) throws(SecretCommandError) -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SecretCommandError(reason: "could not be started") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let child = spawn(output: ends[1])
    close(ends[1])
    guard let child else { throw SecretCommandError(reason: "could not be started") }
    let target = leadsGroup ? -child : child
    interruption.began(target)
    let output = collect(ends[0], interruption.descriptor)
    interruption.ended()
    if output == nil || interruption.isRaised { kill(target, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    if interruption.isRaised { throw SecretCommandError(reason: "was stopped") }
    guard let output else { throw SecretCommandError(reason: "took longer than \(limit) s, or printed too much") }
    guard status & 0x7F == 0 else { throw SecretCommandError(reason: "was ended by signal \(status & 0x7F)") }
    let code = (status >> 8) & 0xFF
    guard code == 0 else { throw SecretCommandError(reason: "ended with exit code \(code)") }
    let text = String(decoding: output, as: UTF8.self)
    let secret = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    if secret.isEmpty { throw SecretCommandError(reason: "printed nothing") }
    return String(secret)
  }

  private func spawn(output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // A line in the middle of the full screen would stay there.
    if !hasTerminal { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
    // What we do with signals is our own affair, and our threads block them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    var flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    if leadsGroup { flags |= Self.newSession }
    posix_spawnattr_setflags(&attributes, flags)
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ["sh", "-c", command].map { (text: String) in strdup(text) } + [nil]
    let assignments = environment.map { "\($0.key)=\($0.value)" }
    var variables: [UnsafeMutablePointer<CChar>?] = assignments.map { (text: String) in strdup(text) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child = pid_t()
    return posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, &variables) == 0 ? child : nil
  }

  /// Without a terminal nobody can be asked, and nothing but us can end what the command starts in its turn.
  private var leadsGroup: Bool { !hasTerminal || isatty(STDERR_FILENO) == 0 }

  /// `POSIX_SPAWN_SETSID`: no controlling terminal, and a group of its own.
  private static let newSession: Int16 = 0x80

  /// All output; nil when the time is up, it is more than any key could be, or the waiting is to end.
  private func collect(_ descriptor: Int32, _ wakeUp: Int32) -> [UInt8]? {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(limit)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let left = clock.now.duration(to: deadline)
      if left <= .zero || output.count > 65536 { return nil }
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&waiting, 2, Int32(left.components.seconds) * 1000 + 1000) <= 0 { continue }
      if waiting[1].revents != 0 { return nil }
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return output }
      if count > 0 { output += buffer[..<count] }
    }
  }
}

/// Why a command gave no secret; the reason goes on after the command's name.
struct SecretCommandError: Error, Equatable { var reason: String }

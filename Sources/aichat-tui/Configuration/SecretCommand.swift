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
    let status = ChildProcess.wait(child)
    if interruption.isRaised { throw SecretCommandError(reason: "was stopped") }
    guard let output else { throw SecretCommandError(reason: "took longer than \(limit) s, or printed too much") }
    if let reason = ChildProcess.failure(status) { throw SecretCommandError(reason: reason) }
    let text = String(decoding: output, as: UTF8.self)
    let secret = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    if secret.isEmpty { throw SecretCommandError(reason: "printed nothing") }
    return String(secret)
  }

  private func spawn(output: Int32) -> pid_t? {
    // A line in the middle of the full screen would stay there.
    try? ChildProcess.spawn(
      ["/bin/sh", "-c", command], environment: environment, input: nil, output: output,
      errors: hasTerminal ? STDERR_FILENO : nil, leadsSession: leadsGroup
    ).get()
  }

  /// Without a terminal nobody can be asked, and nothing but us can end what the command starts in its turn.
  private var leadsGroup: Bool { !hasTerminal || isatty(STDERR_FILENO) == 0 }

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

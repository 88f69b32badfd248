import ChatEngine
import Glibc

/// Runs a configured `key_command` or `token_command` and takes its output, which is secret.
///
/// The command runs by `/bin/sh -c`, without our own keys in its environment and with nothing on its stdin. On a plain
/// terminal it keeps that, so that a password manager can ask there; behind the full screen it has none. What it printed never
/// gets into a message; of what it complained of, the last line does when it fails.
struct SecretCommand: Equatable, Sendable {
  var command: String
  var environment: [String: String]
  /// Seconds that it may take.
  var limit: Int = 30
  /// False behind the full screen.
  var hasTerminal = true

  /// The output without blanks around it, once the command itself has ended: what it leaves running in the background is not
  /// waited for. The failure names the exit code or the time limit, never the output. Blocks; raising the interruption makes
  /// it fail at once.
  func run(until interruption: CommandInterruption = CommandInterruption()) throws(SecretCommandError) -> String {
    guard let printed = CommandPipe(), let complained = CommandPipe(), let ended = CommandPipe() else { throw .start }
    defer { withExtendedLifetime((printed, complained, ended)) {} }
    guard let child = spawn(output: printed.writing, errors: complained.writing) else { throw .start }
    printed.closeWriting()
    complained.closeWriting()
    let target = leadsGroup ? -child : child
    interruption.began(target)
    // The end of the pipe tells the end of the command.
    let status = DetachedThread.start {
      ChildProcess.awaitEnd(child)
      ended.closeWriting()
    }
    var output = CommandOutput(limit: .seconds(limit))
    let isWhole =
      status == 0
      && output.collect(
        printed: printed.reading, complained: complained.reading, ended: ended.reading,
        interrupted: interruption.descriptor)
    interruption.ended()
    if !isWhole || interruption.isRaised { kill(target, SIGKILL) }
    let end = ChildProcess.wait(child)
    if interruption.isRaised { throw SecretCommandError(reason: "was stopped") }
    let complaint = output.complaint.map { ": \($0)" } ?? ""
    if !isWhole {
      throw SecretCommandError(reason: "took longer than \(limit) s, or printed too much" + complaint)
    }
    if let reason = ChildProcess.failure(end) { throw SecretCommandError(reason: reason + complaint) }
    let text = String(decoding: output.printed, as: UTF8.self)
    let secret = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    if secret.isEmpty { throw SecretCommandError(reason: "printed nothing" + complaint) }
    return String(secret)
  }

  private func spawn(output: Int32, errors: Int32) -> pid_t? {
    try? ChildProcess.spawn(
      ["/bin/sh", "-c", command], environment: environment, input: nil, output: output, errors: errors,
      leadsSession: leadsGroup
    ).get()
  }

  /// Without a terminal nobody can be asked, and nothing but us can end what the command starts in its turn.
  private var leadsGroup: Bool { !hasTerminal || isatty(STDERR_FILENO) == 0 }
}

/// Why a command gave no secret; the reason goes on after the command's name.
struct SecretCommandError: Error, Equatable {
  var reason: String

  static let start = SecretCommandError(reason: "could not be started")
}

import ChatEngine
import ChatScreen
import Glibc

/// Runs a command that the user typed, by the user's shell: without a terminal, without our keys, with nothing on its stdin.
struct ShellCommand: Equatable, Sendable {
  /// Without keys of ours.
  var environment: [String: String]
  /// How long it may take.
  var limit = Duration.seconds(60)
  /// Bytes of what it prints that are kept.
  var longest = 200_000

  /// The user's shell; one that understands `-c` is taken for granted.
  private var shell: String {
    guard let shell = environment["SHELL"], shell.hasPrefix("/") else { return "/bin/sh" }
    return shell
  }

  /// What it printed on stdout and stderr, in the order in which that came, once it has ended; what it leaves running in the
  /// background is not waited for. Raising the interruption ends it. Blocks.
  func run(_ command: String, until interruption: CommandInterruption) -> CommandOutcome {
    guard let printed = CommandPipe(), let ended = CommandPipe() else {
      return CommandOutcome(output: "", ending: "could not be started")
    }
    defer { withExtendedLifetime((printed, ended)) {} }
    let child: pid_t
    switch ChildProcess.spawn(
      [shell, "-c", command], environment: environment, input: nil, output: printed.writing, errors: printed.writing)
    {
    case .success(let pid): child = pid
    case .failure(let failure): return CommandOutcome(output: "", ending: "\(shell) \(failure.reason)")
    }
    printed.closeWriting()
    interruption.began(-child)
    let status = DetachedThread.start {
      ChildProcess.awaitEnd(child)
      ended.closeWriting()
    }
    var output = CommandOutput(limit: limit, longest: longest)
    let isWhole =
      status == 0
      && output.collect(
        printed: printed.reading, complained: -1, ended: ended.reading, interrupted: interruption.descriptor)
    interruption.ended()
    if !isWhole || interruption.isRaised { kill(-child, SIGKILL) }
    let end = ChildProcess.wait(child)
    let isCut = output.printed.count > longest
    let text = PrintedText.plain(Array(output.printed.prefix(longest)))
    return CommandOutcome(
      output: text, isCut: isCut, ending: ending(end, isWhole: isWhole || isCut, wasStopped: interruption.isRaised))
  }

  private func ending(_ status: Int32, isWhole: Bool, wasStopped: Bool) -> String? {
    if wasStopped { return "stopped" }
    if !isWhole { return "stopped after \(limit.components.seconds) s" }
    // One that printed too much was killed for it, which says nothing of it.
    if status & 0x7F == SIGKILL { return nil }
    return ChildProcess.failure(status)
  }
}

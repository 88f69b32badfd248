import CursesTerminal
import Glibc

/// Lends the terminal to another program: an editor, a pager. The chat goes on meanwhile, unseen; keys are the program's.
@TerminalActor final class ForegroundProgram {
  private let terminal: CursesTerminal
  private var child: pid_t?

  init(terminal: CursesTerminal) { self.terminal = terminal }

  /// Runs a program, sought in PATH, on the terminal, and takes the terminal back when it ends. It stays in our process
  /// group, so that Ctrl-Z in it stops us too, and the shell gets its prompt.
  ///
  /// - Returns: why it failed, in words that go on after its name; nil when it ended well.
  func run(_ arguments: [String], environment: [String: String]) async -> String? {
    guard child == nil else { return "cannot be started: another one has the terminal" }
    terminal.lend()
    defer { terminal.takeBack() }
    let started = ChildProcess.spawn(
      arguments, environment: environment, input: STDIN_FILENO, output: STDOUT_FILENO, errors: STDOUT_FILENO,
      leadsSession: false)
    switch started {
    case .failure(let failure): return failure.reason
    case .success(let pid):
      child = pid
      defer { child = nil }
      await Blocking.call { ChildProcess.awaitEnd(pid) }
      return ChildProcess.failure(ChildProcess.wait(pid))
    }
  }

  /// Ends the program that has the terminal, if any: ours ends too.
  func stop() {
    if let child { kill(child, SIGTERM) }
  }
}

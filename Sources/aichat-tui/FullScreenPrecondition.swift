import Glibc

/// What must hold for the full screen to open.
enum FullScreenPrecondition {
  /// Fails with a usage failure that points to what works instead, where the full screen cannot open.
  static func check(terminalType: String?, input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO)
    throws(CommandFailure)
  {
    let instead = "Use aichat-tui --plain for a chat line by line, or aichat-tui ask \"…\" for one question"
    if isatty(input) == 0 { throw .usage("stdin is not a terminal. \(instead)") }
    if isatty(output) == 0 { throw .usage("stdout is not a terminal. \(instead)") }
    let type = terminalType ?? ""
    if type.isEmpty { throw .usage("TERM is not set. \(instead)") }
    if type == "dumb" { throw .usage("TERM=dumb is no terminal for a full screen. \(instead)") }
  }
}

import CursesTerminal
import TerminalModel

/// Copies texts, the way that is most likely to arrive: by the configured command, by tmux's own, or by the terminal.
@TerminalActor struct Clipboard {
  let terminal: CursesTerminal
  let options: ScreenOptions

  /// Copies a text as it is. A configured command that fails is a failure; tmux before 3.2 cannot do it, and the terminal
  /// is asked then. One text is to be copied after the other.
  func copy(_ text: String) async -> CopyOutcome {
    if let command = options.copyCommand { return await command.run(text) }
    if let command = options.multiplexerCommand, case .taken = await command.run(text) {
      return .taken(command: "tmux")
    }
    return terminal.copy(text)
  }
}

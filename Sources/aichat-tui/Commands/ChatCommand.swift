import CursesTerminal
import Glibc

/// `aichat-tui` without a command: the full screen.
enum ChatCommand {
  /// Runs the chat to its end; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    try FullScreenPrecondition.check(terminalType: process["TERM"])
    let sources = try ConfigurationSources(reading: options, process: process)
    var configuration = try Configuration(sources, need: .chat)
    configuration.credentialCommand?.command.hasTerminal = false
    // Before the screen, so that a mistake is told as one of the command.
    let resumed = try configuration.resumption.map { (resumption) throws(CommandFailure) in
      try SavedTalk.find(resumption, in: configuration.environment) {
        console.complain(EndLine.oneLine("aichat-tui: \($0.message)"))
      }
    }
    do {
      // Before ncurses starts, so that no signal finds a terminal that nobody gives back.
      let signals = try SignalPipe()
      return try TerminalActor.assumeIsolated {
        let terminal = try CursesTerminal(
          signals: signals, environment: configuration.environment, hyperlinks: configuration.screen.hyperlinks)
        let chat = FullScreenChat(
          configuration, catalog: ProviderCatalog(sources, first: configuration.provider.name), resuming: resumed,
          terminal: terminal, signals: signals)
        return chat.run()
      }
    } catch let error as TerminalError {
      throw .usage(error.message)
    } catch {
      throw CommandFailure(code: .unexpected, message: "\(error)")
    }
  }
}

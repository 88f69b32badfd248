import CTaskPool
import FoundationEssentials
import Glibc

/// The program: reads the command line and runs the command it names.
@main
enum Main {
  static let version = "0.1.0"

  static func main() {
    StandardDescriptors.complete()
    // Four, so that one which writes to a full pipe holds nothing up.
    ctp_install(4)
    // A reader that goes away is an error of the write, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    let console = Console()
    do throws(CommandFailure) {
      let options = try Options(arguments: Array(CommandLine.arguments.dropFirst()))
      end(with: try run(options, console))
    } catch {
      console.complain(EndLine.oneLine("aichat-tui: \(error.message)"))
      end(with: error.code)
    }
  }

  /// Not by `exit`: its handlers free what libraries hold, while the thread of a transfer just cancelled may still be at
  /// it. Nothing is left in buffers; the terminal was given back before.
  private static func end(with code: ExitCode) -> Never { _exit(code.rawValue) }

  private static func run(_ options: Options, _ console: Console) throws(CommandFailure) -> ExitCode {
    if options.wantsHelp { return console.show(HelpText.text(for: options.command)) }
    if options.wantsVersion { return console.show("aichat-tui \(version)\n") }
    let process = ProcessInfo.processInfo.environment
    switch options.command {
    case .chat where options.isPlain: return try PlainCommand.run(options, process, console)
    case .chat: return try ChatCommand.run(options, process, console)
    case .ask: return try AskCommand.run(options, process, console)
    case .serve: return try ServeCommand.run(options, process, console)
    case .decode: return try DecodeCommand.run(options, process, console)
    case .models: return try ModelsCommand.run(options, process, console)
    case .history: return try HistoryCommand.run(options, process, console)
    case .config: return try ConfigCommand.run(options, process, console)
    }
  }
}

import FoundationEssentials
import Glibc

/// The program: reads the command line and runs the command it names.
@main
enum Main {
  static let version = "0.1.0"

  static func main() {
    // A reader that goes away is an error of the write, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    let console = Console()
    do throws(CommandFailure) {
      let options = try Options(arguments: Array(CommandLine.arguments.dropFirst()))
      exit(try run(options, console).rawValue)
    } catch {
      console.complain("aichat-tui: \(error.message)")
      exit(error.code.rawValue)
    }
  }

  private static func run(_ options: Options, _ console: Console) throws(CommandFailure) -> ExitCode {
    if options.wantsHelp { return console.show(HelpText.text(for: options.command)) }
    if options.wantsVersion { return console.show("aichat-tui \(version)\n") }
    let sources = try ConfigurationSources(reading: options, process: ProcessInfo.processInfo.environment)
    switch options.command {
    case .chat, .ask, .decode, .models, .config:
      _ = try Configuration(sources, need: options.command == .chat ? .chat : .turn)
      console.complain("aichat-tui: this command is not part of this build")
      return .unexpected
    }
  }
}

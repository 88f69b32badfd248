import ChatEngine
import ChatModel
import TerminalModel

/// `models`: what the service lists, one name a line.
enum ModelsCommand {
  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let configuration = try Configuration(ConfigurationSources(reading: options, process: process), need: .service)
    let connection = try ChatConnection(configuration, clock: PausableClock())
    defer { connection.close() }
    let session = connection.session
    let outcome = Blocking.run { () async -> Result<[String], ChatError> in
      do throws(ChatError) { return .success(try await session.listModels()) } catch { return .failure(error) }
    }
    switch outcome {
    case .success(let models):
      let isTerminal = console.isOutputTerminal
      return console.show(models.map { (isTerminal ? EndLine.oneLine($0) : $0) + "\n" }.joined())
    case .failure(let error):
      var result = TurnResult()
      result.status = .failed
      result.error = error
      if let line = EndLine.text(result) { console.complain(line) }
      return ExitCode(error.kind)
    }
  }
}

import ChatEngine
import ChatModel
import ChatWire
import FoundationEssentials
import Glibc

/// `config`: `check` says what is configured and what is wrong with it, `init` writes a file to start from.
enum ConfigCommand {
  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    options.words == ["init"] ? try create(options, process, console) : try check(options, process, console)
  }

  // MARK: check

  private static func check(
    _ options: Options, _ process: [String: String], _ console: Console
  ) throws(CommandFailure) -> ExitCode {
    let sources = ConfigurationSources(checking: options, process: process)
    if let first = sources.mistakes.first {
      for mistake in sources.mistakes { console.complain(EndLine.oneLine("aichat-tui: \(mistake.message)")) }
      return first.code
    }
    var resolver = ConfigurationResolver(sources, need: .chat)
    let configuration = resolver.resolve()
    var lines = [("configuration", sources.file.path ?? "none", sources.file.exists ? "" : "does not exist")]
    lines += resolver.settings.map { ($0.name, $0.value, $0.origin?.description ?? "") }
    var text = table(lines)
    if configuration?.isFallback == true {
      text += """

        The chat opens on the demo, every other command ends with 78: \(ProviderChoice.nothingConfigured).
        aichat-tui config init writes a configuration file to start from.

        """
    }
    let refusal = configuration.flatMap(refusal)
    let problems = resolver.problems.map(\.message) + sources.library.problems + (refusal.map { [$0] } ?? [])
    text += problems.isEmpty ? "\nNothing is wrong.\n" : "\n" + problems.map { "Wrong: \($0)\n" }.joined()
    let code = console.show(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : EndLine.terminalLine(String($0)) }.joined(separator: "\n"))
    if code != .success { return code }
    return problems.isEmpty ? .success : resolver.problems.first?.code ?? .configuration
  }

  /// Why the engine would not even send a request to this provider; nil where it would.
  private static func refusal(_ configuration: Configuration) -> String? {
    guard configuration.provider.kind != .demo else { return nil }
    let transport = CurlTransport(network: NetworkEnvironment(configuration.environment))
    do throws(ChatError) {
      var provider = configuration.provider
      // Only whether it prints one matters here.
      if let command = configuration.credentialCommand { provider.credential = try command.run(now: 0).credential }
      let first = try TurnPlan(provider: provider, request: ChatRequest(messages: [])).next()
      return transport.objection(to: first.request).map { EndLine.sentence($0) }
    } catch { return EndLine.sentence(error) }
  }

  /// Rows of three columns, each as wide as it must be.
  private static func table(_ rows: [(String, String, String)]) -> String {
    let names = rows.map(\.0.count).max() ?? 0
    let values = min(rows.map(\.1.count).max() ?? 0, 60)
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    return rows.map { name, value, origin in
      let row = "\(padded(name, names))  \(padded(value, values))"
      return (origin.isEmpty ? "\(padded(name, names))  \(value)" : "\(row)  (\(origin))") + "\n"
    }.joined()
  }

  // MARK: init

  private static func create(
    _ options: Options, _ process: [String: String], _ console: Console
  ) throws(CommandFailure) -> ExitCode {
    let directory = Environment(process: process).configurationDirectory
    guard let path = options.configFile ?? directory.map({ $0 + "/config.json" }) else {
      throw .configuration("there is no place for a configuration: neither HOME nor XDG_CONFIG_HOME is set")
    }
    if options.configFile == nil, let directory {
      do {
        try FileManager.default.createDirectory(
          atPath: directory + "/prompts", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch { throw .configuration("\(directory) could not be made") }
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "exists already and is left as it is" : String(cString: strerror(errno))
      throw .configuration("\(path): \(reason)")
    }
    defer { close(descriptor) }
    do { try Console(output: descriptor).write(ConfigurationTemplate.text) } catch {
      throw .configuration("\(path): \(String(cString: strerror(error.number)))")
    }
    return console.show("Wrote \(path)\n")
  }
}

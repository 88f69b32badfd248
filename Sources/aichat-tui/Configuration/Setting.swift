/// One line of `config check`: a value as it may be shown, and where it comes from. A secret shows as `set`.
struct Setting: Equatable, Sendable {
  var name: String
  var value: String
  /// Nil where the value is not set.
  var origin: Origin?
}

/// Everything that a configuration is made of, read and checked for its form.
struct ConfigurationSources: Equatable {
  var options: Options
  var environment: Environment
  var file: ConfigurationFile
  var library: PromptLibrary
  /// Where the prompts lie.
  var promptPlaces = PromptPlaces()

  init(options: Options, environment: Environment, file: ConfigurationFile = .init(), library: PromptLibrary = .init())
  {
    self.options = options
    self.environment = environment
    self.file = file
    self.library = library
  }

  /// Reads the files that the options name and the user's own; the failure is the first mistake in them. `process` holds the
  /// process's environment.
  init(reading options: Options, process: [String: String]) throws(CommandFailure) {
    self.init(checking: options, process: process)
    if let first = mistakes.first { throw first }
  }

  /// Reads the same files with all their mistakes.
  init(checking options: Options, process: [String: String]) {
    environment = Environment(process: process, file: options.environmentFile.map { EnvironmentFile(reading: $0) })
    self.options = options
    file = ConfigurationFile(named: options.configFile, environment: environment)
    promptPlaces = PromptPlaces(
      directory: environment.configurationDirectory.map { $0 + "/prompts" },
      patterns: file.patterns.map { Self.expanded($0, home: process["HOME"]) })
    library = promptPlaces.read()
  }

  private static func expanded(_ path: String, home: String?) -> String {
    guard let home, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }

  /// What is wrong with the files, in the order in which they were read.
  var mistakes: [CommandFailure] { (environment.file?.mistakes ?? []) + file.mistakes }

  /// What an option says, with its origin.
  func option<Value>(_ value: Value?, _ name: OptionName) -> Sourced<Value>? {
    value.map { Sourced(value: $0, origin: .option(name)) }
  }

  /// What the configuration file says under that key, with its origin.
  func configured<Value>(_ value: Value?, _ key: String) -> Sourced<Value>? {
    value.map { Sourced(value: $0, origin: .file(file.path ?? "", key: key)) }
  }
}

import ChatEngine
import ChatModel
import ChatWire

/// Settles a configuration, part by part, and goes on after a mistake, so that `config check` can name all of them.
struct ConfigurationResolver {
  private let sources: ConfigurationSources
  private let need: Configuration.Need
  /// Every value with its origin, in the order of `config check`.
  private(set) var settings: [Setting] = []
  private(set) var problems: [CommandFailure] = []
  private var credentialCommand: CredentialCommand?

  init(_ sources: ConfigurationSources, need: Configuration.Need) {
    self.sources = sources
    self.need = need
  }

  /// The configuration; nil when there are problems.
  mutating func resolve() -> Configuration? {
    let prompt = attempt { resolver throws(CommandFailure) in try resolver.systemPrompt() }
    let choice = attempt { resolver throws(CommandFailure) in try resolver.choice(prompt) }
    let provider = choice.flatMap { choice in
      attempt { resolver throws(CommandFailure) in try resolver.provider(choice, prompt) }
    }
    if let prompt {
      settings.append(Setting(name: "system prompt", value: prompt.value.prompt.name, origin: prompt.origin))
    }
    let parameters = parameters(entry: choice?.entry, prompt: prompt)
    let timeouts = timeouts()
    let retries = sources.options.retries ?? sources.file.retries ?? 2
    let tools = attempt { resolver throws(CommandFailure) in
      try ToolDefinitions.read(resolver.sources.options.toolsFile)
    }
    let runnable = attempt { resolver throws(CommandFailure) in try resolver.runnableTools() } ?? []
    note(sources.configured(names(sources.file.tools), "tools"), as: "tools")
    let screen = sources.screen
    note(sources.configured(screen.copyCommand?.name, "copy_command"), as: "copy command")
    note(sources.configured(sources.file.isSmooth.map { $0 ? "on" : "off" }, "smooth"), as: "smooth")
    note(sources.configured(sources.file.hasTitle.map { $0 ? "on" : "off" }, "title"), as: "title")
    note(sources.configured(sources.file.bell.map { $0 == 0 ? "off" : "\($0) s" }, "bell"), as: "bell")
    let looks = sources.file.appearance
    note(sources.configured(looks.theme, "theme"), as: "theme")
    let own = looks.ownThemes.isEmpty ? nil : looks.ownThemes.map(\.name).joined(separator: ", ")
    note(sources.configured(own, "themes"), as: "own themes")
    note(sources.configured(looks.isAnimated.map { $0 ? "on" : "off" }, "animation"), as: "animation")
    note(
      sources.configured(looks.textWidth.map { $0 == 0 ? "whole window" : "\($0) columns" }, "text_width"),
      as: "text width")
    let chosen = screen.keys.chosen.sorted().joined(separator: ", ")
    note(sources.configured(chosen.isEmpty ? nil : chosen, "keys"), as: "own keys")
    note(sources.configured(screen.hyperlinks.map { $0 ? "on" : "off" }, "hyperlinks"), as: "hyperlinks")
    if let provider, !provider.kind.takesToolAnswers, !sources.options.allowedTools.isEmpty {
      problems.append(.usage("--allow-tool: \(provider.name) cannot be told what a tool has answered"))
    }
    guard problems.isEmpty, let prompt, let provider, let tools else { return nil }
    var configuration = Configuration(
      provider: provider, isFallback: choice?.isFallback ?? false, parameters: parameters, timeouts: timeouts,
      retries: retries, systemPrompt: prompt.value.prompt, library: sources.library, tools: tools,
      environment: sources.environment.all, credentialCommand: credentialCommand)
    configuration.isPromptChosen = prompt.origin != .byDefault
    let options = sources.options
    configuration.isPromptOption = options.system != nil || options.prompt != nil
    configuration.isServiceOption =
      [options.provider, options.model, options.endpoint, options.deployment] != [
        nil, nil, nil, nil,
      ]
    configuration.screen = screen
    configuration.account = choice?.entry?.account(of: provider.shownModel) ?? ModelAccount()
    configuration.runnableTools = runnable
    configuration.allowedTools = options.allowedTools
    if provider.kind.takesToolAnswers { configuration.tools += ToolDefinitions.missing(in: tools, of: runnable) }
    configuration.keepsHistory = sources.options.keepsHistory
    configuration.resumption = sources.options.resumption
    return configuration
  }

  /// The tools that the run may run. Where nobody can be asked, those that were allowed.
  private func runnableTools() throws(CommandFailure) -> [RunnableTool] {
    let options = sources.options
    let all = sources.file.tools
    for name in options.allowedTools where !all.contains(where: { $0.name == name }) {
      let hint = NearestName.hint(name, among: all.map(\.name))
      throw .usage("--allow-tool \(name): the configuration has no such tool with a command\(hint)")
    }
    let asks = options.command == .chat && !options.isPlain
    let environment = sources.environment.forChildren(hiding: sources.file.providers.values.compactMap(\.keyVariable))
    return all.filter { asks || options.allowedTools.contains($0.name) }.map { tool in
      var tool = tool
      tool.environment = environment
      return tool
    }
  }

  private func names(_ tools: [RunnableTool]) -> String? {
    tools.isEmpty ? nil : tools.map(\.name).joined(separator: ", ")
  }

  /// Keeps account of a value where anything sets it.
  private mutating func note(_ value: Sourced<String>?, as name: String) {
    if let value { settings.append(Setting(name: name, value: value.value, origin: value.origin)) }
  }

  /// Runs one part; what it throws becomes a problem.
  private mutating func attempt<Value>(
    _ part: (inout ConfigurationResolver) throws(CommandFailure) -> Value
  ) -> Value? {
    do { return try part(&self) } catch {
      problems.append(error)
      return nil
    }
  }

  // MARK: The prompt

  private func systemPrompt() throws(CommandFailure) -> Sourced<SavedPrompt> {
    if let text = sources.options.system { return custom(text, .option(.system)) }
    if let name = sources.options.prompt { return try saved(name, .option(.prompt), code: .usage) }
    if let text = sources.environment.value(["SYSTEM_PROMPT"]) { return custom(text.value, text.origin) }
    // What was chosen in the menu, and would be to no effect behind the file.
    if let name = sources.library.standard, case .success(let prompt) = sources.library.prompt(named: name) {
      return Sourced(value: prompt, origin: .promptFile(sources.library.standardPath ?? ""))
    }
    let file = sources.file.path ?? ""
    if let text = sources.file.systemPrompt { return custom(text, .file(file, key: "system_prompt")) }
    if let name = sources.file.prompt { return try saved(name, .file(file, key: "prompt"), code: .configuration) }
    return Sourced(value: SavedPrompt(prompt: .helpful), origin: .byDefault)
  }

  private func custom(_ text: String, _ origin: Origin) -> Sourced<SavedPrompt> {
    Sourced(value: SavedPrompt(prompt: SystemPrompt(name: "custom", text: text)), origin: origin)
  }

  private func saved(_ name: String, _ origin: Origin, code: ExitCode) throws(CommandFailure) -> Sourced<SavedPrompt> {
    switch sources.library.prompt(named: name) {
    case .success(let prompt): return Sourced(value: prompt, origin: origin)
    case .failure(let unknown): throw CommandFailure(code: code, message: "\(unknown.message) (\(origin))")
    }
  }

  // MARK: The provider

  private mutating func choice(_ prompt: Sourced<SavedPrompt>?) throws(CommandFailure) -> ProviderChoice {
    let asked = prompt?.value.prompt.wishes.provider.map {
      Sourced(value: $0, origin: Origin.promptFile(prompt?.value.file ?? ""))
    }
    let choice = try ProviderChoice(sources, asked: asked, allowsFallback: need == .chat)
    settings.append(Setting(name: "provider", value: choice.name, origin: choice.origin))
    if choice.isNamed { settings.append(Setting(name: "type", value: choice.kind.rawValue, origin: choice.origin)) }
    return choice
  }

  private mutating func provider(
    _ choice: ProviderChoice, _ prompt: Sourced<SavedPrompt>?
  ) throws(CommandFailure) -> Provider {
    var asked: Sourced<String>?
    // A prompt's model goes with the provider that it was written for.
    if let saved = prompt?.value, saved.prompt.wishes.provider ?? choice.name == choice.name {
      asked = saved.prompt.wishes.model.map { Sourced(value: $0, origin: .promptFile(saved.file ?? "")) }
    }
    var resolver = ProviderResolver(sources, choice)
    defer { settings += resolver.settings }
    let provider = try resolver.resolve(asked: asked, needsModel: need != .service)
    credentialCommand = resolver.credentialCommand
    return provider
  }

  // MARK: Numbers

  private mutating func parameters(entry: ConfiguredProvider?, prompt: Sourced<SavedPrompt>?) -> Parameters {
    let options = sources.options.parameters
    let file = sources.file.parameters
    let temperature = prompt?.value.prompt.wishes.temperature.map {
      Sourced(value: $0, origin: Origin.promptFile(prompt?.value.file ?? ""))
    }
    return Parameters(
      temperature: settle(
        .temperature, options.temperature, temperature, entry?.parameters.temperature, file.temperature),
      topP: settle(.topP, options.topP, nil, entry?.parameters.topP, file.topP),
      maxTokens: settle(.maxTokens, options.maxTokens, nil, entry?.parameters.maxTokens, file.maxTokens),
      seed: settle(.seed, options.seed, nil, entry?.parameters.seed, file.seed),
      reasoningEffort: settle(
        .reasoningEffort, options.reasoningEffort, nil, entry?.parameters.reasoningEffort, file.reasoningEffort))
  }

  private mutating func timeouts() -> Timeouts {
    let options = sources.options.timeouts
    let file = sources.file.timeouts
    let standard = Timeouts()
    return Timeouts(
      connect: timeout(.connectTimeout, options.connect, file.connect, standard.connect),
      firstChunk: timeout(.firstChunkTimeout, options.firstChunk, file.firstChunk, standard.firstChunk),
      chunk: timeout(.chunkTimeout, options.chunk, file.chunk, standard.chunk),
      total: timeout(.totalTimeout, options.total, file.total, standard.total))
  }

  private mutating func timeout(
    _ option: OptionName, _ given: Double?, _ configured: Double?, _ standard: Duration?
  ) -> Duration? {
    let key = "timeouts." + Self.key(of: option).replacing("_timeout", with: "")
    let found = sources.option(given, option) ?? sources.configured(configured, key)
    let name = Self.name(of: option)
    guard let found else {
      settings.append(Setting(name: name, value: "\(standard?.components.seconds ?? 0) s", origin: .byDefault))
      return standard
    }
    settings.append(Setting(name: name, value: found.value == 0 ? "off" : "\(found.value) s", origin: found.origin))
    let length = Duration.seconds(bounded: found.value)
    // Beyond a century a timeout is as good as off.
    return found.value == 0 || length == .longestBounded ? nil : length
  }

  /// Settles one parameter and, where anything sets it, keeps account of it.
  private mutating func settle<Value: Equatable & Sendable>(
    _ option: OptionName, _ given: Value?, _ prompt: Sourced<Value>?, _ entry: Value?, _ file: Value?
  ) -> Value? {
    let key = Self.key(of: option)
    guard
      let found = sources.option(given, option) ?? prompt ?? sources.configured(entry, "the provider's \(key)")
        ?? sources.configured(file, key)
    else { return nil }
    settings.append(Setting(name: Self.name(of: option), value: "\(found.value)", origin: found.origin))
    return found.value
  }

  private static func name(of option: OptionName) -> String { key(of: option).replacing("_", with: " ") }
  private static func key(of option: OptionName) -> String {
    String(option.rawValue.dropFirst(2)).replacing("-", with: "_")
  }
}

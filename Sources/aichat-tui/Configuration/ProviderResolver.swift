import ChatModel
import ChatWire

/// Puts a provider together from options, environment and configuration, and keeps account of where each part comes from.
struct ProviderResolver {
  private let sources: ConfigurationSources
  private let choice: ProviderChoice
  private let variables: ProviderVariables
  /// What was settled so far, also when the resolution then fails.
  private(set) var settings: [Setting] = []
  /// What prints the credential, where the provider has none but this.
  private(set) var credentialCommand: CredentialCommand?
  /// What is missing, each as the user would set it.
  private var missing: [String] = []

  init(_ sources: ConfigurationSources, _ choice: ProviderChoice) {
    self.sources = sources
    self.choice = choice
    variables = ProviderVariables(choice.kind, in: sources.environment)
  }

  /// The provider. `asked` is the model that the chosen prompt asks for; `needsModel` is false where none is spoken to.
  mutating func resolve(asked: Sourced<String>?, needsModel: Bool) throws(CommandFailure) -> Provider {
    var provider = Provider(name: choice.name, kind: choice.kind, endpoint: "")
    guard choice.kind != .demo else {
      provider.model = settle(.model, sources.options.model, choice.entry?.model, "model", [], asked: asked)?.value
      return provider
    }
    let endpoint = settle(
      .endpoint, sources.options.endpoint, choice.entry?.endpoint, "endpoint", variables.endpoint,
      byDefault: variables.defaultEndpoint)
    if let endpoint { provider.endpoint = try normalized(endpoint) } else { require(variables.endpoint, .endpoint) }
    try resolveModel(&provider, asked: asked, isNeeded: needsModel)
    if choice.kind.usesAssistant {
      provider.assistantID =
        settle("assistant id", nil, choice.entry?.assistantID, "assistant_id", variables.assistant)?.value
      if needsModel, provider.assistantID == nil {
        missing.append(
          choice.isNamed
            ? "providers.\(choice.name).assistant_id in \(sources.file.path ?? "")" : variables.assistant.first ?? "")
      }
    }
    try resolveCredential(&provider, endpoint: endpoint)
    provider.organization =
      settle(
        "organization", nil, choice.entry?.organization, "organization", variables.organization)?.value
    provider.project = settle("project", nil, choice.entry?.project, "project", variables.project)?.value
    if !missing.isEmpty { throw incomplete() }
    if let entry = choice.entry {
      provider.headers = entry.headers
      provider.extraBody = entry.extraBody
      provider.allowsPlainHTTP = entry.allowsPlainHTTP
      provider.runsInBackground = entry.runsInBackground
      addHeaderSettings(entry)
    }
    provider.modelVariable = (variables.model + variables.deployment).first
    return provider
  }

  /// Settles model, deployment and version. An assistant's own model counts unless an option or the configured provider
  /// names another; what the environment or a prompt says of models is meant for chats.
  private mutating func resolveModel(
    _ provider: inout Provider, asked: Sourced<String>?, isNeeded: Bool
  ) throws(CommandFailure) {
    let asked = choice.kind.usesAssistant ? nil : asked
    provider.model =
      settle(
        .model, sources.options.model, choice.entry?.model, "model", variables.model, asked: asked)?.value
    guard !variables.apiVersion.isEmpty else {
      if choice.kind == .azureAIInference {
        provider.apiVersion =
          settle(
            .apiVersion, sources.options.apiVersion, choice.entry?.apiVersion, "api_version", [])?.value
      }
      return
    }
    provider.deployment =
      settle(
        .deployment, sources.options.deployment, choice.entry?.deployment, "deployment", variables.deployment)?.value
    provider.apiVersion =
      settle(
        .apiVersion, sources.options.apiVersion, choice.entry?.apiVersion, "api_version", variables.apiVersion)?.value
    // On Azure a model is spoken to by the name of its deployment; people give either.
    if sources.options.deployment == nil, let model = sources.options.model { provider.deployment = model }
    provider.deployment = provider.deployment ?? provider.model
    if isNeeded, provider.deployment == nil, !choice.kind.usesAssistant { require(variables.deployment, .deployment) }
  }

  private func normalized(_ endpoint: Sourced<String>) throws(CommandFailure) -> String {
    do { return try EndpointURL.normalized(endpoint.value, for: choice.kind) } catch {
      let isOption = endpoint.origin == .option(.endpoint)
      throw CommandFailure(
        code: isOption ? .usage : .configuration,
        message: "the endpoint of \(choice.name) (\(endpoint.origin)) \(error.reason)")
    }
  }

  // MARK: Keys

  /// A credential, or what will print it.
  private enum Proof: Equatable, Sendable {
    case credential(Credential)
    case command(CredentialCommand)
  }

  private mutating func resolveCredential(
    _ provider: inout Provider, endpoint: Sourced<String>?
  ) throws(CommandFailure) {
    if variables.key.isEmpty, choice.entry == nil { return }
    let configured = try configuredProof()
    // The environment's key belongs to the environment's endpoint, not to one that the configuration names beside it.
    let ownsEndpoint = choice.isNamed && choice.entry?.endpoint != nil
    let fromEnvironment = ownsEndpoint ? nil : environmentProof()
    let found = choice.isNamed ? configured ?? fromEnvironment : fromEnvironment ?? configured
    settings.append(Setting(name: "key", value: found == nil ? "not set" : "set", origin: found?.origin))
    provider.keyVariable =
      found?.origin.holder ?? (ownsEndpoint ? "providers.\(choice.name).api_key" : variables.key.first)
    switch found?.value {
    case .credential(let credential): provider.credential = credential
    case .command(let command): credentialCommand = command
    case nil: if isKeyRequired(endpoint: endpoint) { requireKey() }
    }
  }

  private func environmentProof() -> Sourced<Proof>? {
    if let key = sources.environment.value(variables.key) {
      return Sourced(value: .credential(.apiKey(Secret(key.value))), origin: key.origin)
    }
    return sources.environment.value(variables.token).map {
      Sourced(value: .credential(.accessToken(Secret($0.value))), origin: $0.origin)
    }
  }

  private func configuredProof() throws(CommandFailure) -> Sourced<Proof>? {
    guard let entry = choice.entry else { return nil }
    if let key = entry.apiKey { return configured(.credential(.apiKey(key)), "api_key") }
    if let variable = entry.keyVariable {
      guard let key = sources.environment.value([variable]) else {
        throw .configuration("\(variable), the key_variable of \(choice.name), is not set")
      }
      return Sourced(value: .credential(.apiKey(Secret(key.value))), origin: key.origin)
    }
    if let command = entry.keyCommand { return proof(.key, command, "key_command") }
    if let command = entry.tokenCommand { return proof(.token, command, "token_command") }
    return nil
  }

  private func proof(_ kind: CredentialCommand.Kind, _ command: String, _ key: String) -> Sourced<Proof>? {
    let others = sources.file.providers.values.compactMap(\.keyVariable)
    let command = SecretCommand(command: command, environment: sources.environment.forChildren(hiding: others))
    let name = "providers.\(choice.name).\(key)"
    return configured(.command(CredentialCommand(kind: kind, command: command, name: name)), key)
  }

  private func configured(_ proof: Proof, _ key: String) -> Sourced<Proof>? {
    sources.configured(proof, "providers.\(choice.name).\(key)")
  }

  /// A key is required where the service is known to want one. A server that an option or the configuration names may
  /// want none; one that the environment names half is a mistake there.
  private func isKeyRequired(endpoint: Sourced<String>?) -> Bool {
    if choice.entry?.hasHeaderCredential == true || variables.key.isEmpty { return false }
    if variables.defaultEndpoint == nil { return true }
    switch endpoint?.origin {
    case .option, .file: return false
    default: return true
    }
  }

  private mutating func requireKey() {
    if choice.isNamed, choice.entry?.endpoint != nil {
      missing.append(
        "providers.\(choice.name).api_key, key_variable, key_command or token_command in \(sources.file.path ?? "")")
    } else {
      missing.append((variables.key + variables.token).joined(separator: " or "))
    }
  }

  // MARK: Account

  private mutating func settle(
    _ option: OptionName, _ given: String?, _ entry: String?, _ key: String, _ names: [String],
    byDefault: String? = nil, asked: Sourced<String>? = nil
  ) -> Sourced<String>? {
    let name = String(option.rawValue.dropFirst(2)).replacing("-", with: " ")
    return settle(name, sources.option(given, option), entry, key, names, byDefault: byDefault, asked: asked)
  }

  /// Settles one value: option, the prompt's wish where it was asked for by option, environment, file, default.
  private mutating func settle(
    _ name: String, _ option: Sourced<String>?, _ entry: String?, _ key: String, _ names: [String],
    byDefault: String? = nil, asked: Sourced<String>? = nil
  ) -> Sourced<String>? {
    let environment = sources.environment.value(names)
    let file = sources.configured(entry, "providers.\(choice.name).\(key)")
    let own = choice.isNamed ? file ?? environment : environment ?? file
    let found = option ?? asked ?? own ?? byDefault.map { Sourced(value: $0, origin: .byDefault) }
    // A line for what is set, or could have been.
    if found != nil || !names.isEmpty {
      settings.append(Setting(name: name, value: found?.value ?? "not set", origin: found?.origin))
    }
    return found
  }

  private mutating func addHeaderSettings(_ entry: ConfiguredProvider) {
    let file = sources.file.path ?? ""
    let path = "providers.\(choice.name)"
    // A header may well be a key: its value is not shown.
    for header in entry.headers {
      let origin = Origin.file(file, key: "\(path).headers")
      settings.append(Setting(name: "header \(header.name)", value: "set", origin: origin))
    }
    if entry.runsInBackground {
      settings.append(Setting(name: "background", value: "true", origin: .file(file, key: "\(path).background")))
    }
    for field in entry.extraBody.keys.sorted() {
      let origin = Origin.file(file, key: "\(path).extra_body")
      settings.append(Setting(name: "body field \(field)", value: "set", origin: origin))
    }
  }

  private mutating func require(_ names: [String], _ option: OptionName) {
    let variable = choice.isNamed ? "providers.\(choice.name) in \(sources.file.path ?? "")" : names.first ?? ""
    missing.append("\(variable) (or \(option.rawValue))")
  }

  private func incomplete() -> CommandFailure {
    var message = "\(choice.name) is not fully configured: set \(missing.joined(separator: " and "))"
    let set = variables.begun(in: sources.environment)
    if let set, !choice.isNamed { message += "; \(set.origin) is set" }
    if variables.key == ProviderVariables.openAI.key { message += ". For a server that wants no key, any word will do" }
    return .configuration(message)
  }
}

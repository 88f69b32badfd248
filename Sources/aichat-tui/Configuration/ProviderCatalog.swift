import ChatModel
import ChatScreen
import ChatWire

/// The providers that a chat can switch between, and what a run works with after a choice.
struct ProviderCatalog: Sendable {
  private let sources: ConfigurationSources
  /// The provider that the run began with: options that say how a service is reached are about it alone.
  private let first: String

  init(_ sources: ConfigurationSources, first: String) {
    self.sources = sources
    self.first = first
  }

  /// Where the system prompts lie.
  var promptPlaces: PromptPlaces { sources.promptPlaces }

  /// The one that the run began with, those of the configuration, those that the environment configures, and the demo.
  var offers: [ProviderOffer] {
    let detected = ProviderVariables.detectable.filter { $0.variables.begun(in: sources.environment) != nil }
    var names: [String] = []
    for name in [first] + sources.file.providers.keys.sorted() + detected.map(\.kind.rawValue) + [Self.demo]
    where !names.contains(name) { names.append(name) }
    return names.map(offer)
  }

  private static let demo = ProviderKind.demo.rawValue

  private func offer(_ name: String) -> ProviderOffer {
    let kind = kind(of: name)
    var choices = Choices()
    choices.provider = name
    var offer = ProviderOffer(
      name: name, account: kind?.rawValue ?? "", models: sources.file.providers[name]?.models.map(\.name) ?? [])
    if kind == .demo {
      offer.account = "built in, answers without any network"
      // That would start it.
      offer.canBeAsked = false
      return offer
    }
    do throws(CommandFailure) {
      let configuration = try configuration(for: choices, needsModel: false)
      let provider = configuration.provider
      // A command may ask the user for something.
      offer.canBeAsked = configuration.credentialCommand == nil
      offer.model = provider.shownModel
      offer.account = [kind.map(\.rawValue), provider.endpoint].compactMap { $0 }.filter { $0 != name }
        .joined(separator: " · ")
    } catch { offer.problem = error.message }
    return offer
  }

  private func kind(of name: String) -> ProviderKind? {
    sources.file.providers[name]?.kind ?? ProviderKind(rawValue: name)
  }

  /// What the choices come to: as if they had been made by options of the command line. The failure says what is missing.
  ///
  /// - Parameter needsModel: false where no turn is to be run.
  func configuration(for choices: Choices, needsModel: Bool = true) throws(CommandFailure) -> Configuration {
    var sources = sources
    let chosen = choices.provider ?? first
    let name = choices.wishes.provider ?? chosen
    sources.options.provider = name
    if name != first {
      sources.options.endpoint = nil
      sources.options.model = nil
      sources.options.deployment = nil
      sources.options.apiVersion = nil
    }
    // What a prompt says of models is meant for chats; an assistant has its own.
    let wish = kind(of: name)?.usesAssistant == true ? nil : choices.wishes.model
    if let model = wish ?? (name == chosen ? choices.model : nil) {
      sources.options.model = model
      sources.options.deployment = nil
    }
    for (name, value) in choices.settings { sources.options.set(name, to: value) }
    if let temperature = choices.wishes.temperature { sources.options.parameters.temperature = temperature }
    // The prompt is the chat's own matter by now.
    sources.options.prompt = nil
    sources.options.system = ""
    var configuration = try Configuration(sources, need: needsModel ? .chat : .service)
    configuration.credentialCommand?.command.hasTerminal = false
    return configuration
  }

  /// What the prompt that the run began with asks for, where no option says otherwise.
  func choices(beginningWith prompt: SystemPrompt) -> Choices {
    var choices = Choices()
    let options = sources.options
    if options.provider == nil { choices.wishes.provider = prompt.wishes.provider }
    if options.model == nil { choices.wishes.model = prompt.wishes.model }
    if options.parameters.temperature == nil { choices.wishes.temperature = prompt.wishes.temperature }
    return choices
  }
}

extension Provider {
  /// What the screen calls the model: on Azure, that of the deployment's name.
  var shownModel: String? { model ?? deployment }
}

extension Configuration {
  /// What the screen tells of it.
  var facts: ServiceFacts {
    var facts = ServiceFacts(
      provider: provider.name, model: provider.shownModel, parameters: parameters, timeouts: timeouts, retries: retries)
    facts.context = account.context
    facts.prices = account.prices
    return facts
  }
}

extension Options {
  /// Sets what `/set` set, as if the option had been given.
  fileprivate mutating func set(_ name: SettingName, to value: SettingValue) {
    switch (name, value) {
    case (.temperature, .number(let number)): parameters.temperature = number
    case (.topP, .number(let number)): parameters.topP = number
    case (.maxTokens, .integer(let number)): parameters.maxTokens = number
    case (.seed, .integer(let number)): parameters.seed = number
    case (.reasoningEffort, .text(let word)): parameters.reasoningEffort = word
    case (.connectTimeout, .number(let seconds)): timeouts.connect = seconds
    case (.firstChunkTimeout, .number(let seconds)): timeouts.firstChunk = seconds
    case (.chunkTimeout, .number(let seconds)): timeouts.chunk = seconds
    case (.totalTimeout, .number(let seconds)): timeouts.total = seconds
    case (.retries, .integer(let number)): retries = number
    default: break
    }
  }
}

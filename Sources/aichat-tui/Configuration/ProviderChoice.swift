import ChatWire

/// Which provider a run uses, before anything about it is known.
struct ProviderChoice: Equatable {
  /// The name that users give.
  var name: String
  var kind: ProviderKind
  /// What the configuration file says of it.
  var entry: ConfiguredProvider?
  var origin: Origin
  /// True when nothing is configured and the demo stands in.
  var isFallback = false

  /// True for a provider that the configuration named itself: its own values then come before the environment's, which
  /// belong to the provider of the kind's name.
  var isNamed: Bool { entry != nil && ProviderKind(rawValue: name) == nil }

  /// Chooses: option, then what the prompt asks for, then the configuration's default, then the first that the
  /// environment configures. `asked` is the prompt's provider. With nothing, the demo if `allowsFallback`, else a failure.
  init(_ sources: ConfigurationSources, asked: Sourced<String>?, allowsFallback: Bool) throws(CommandFailure) {
    let named =
      sources.option(sources.options.provider, .provider) ?? asked
      ?? sources.configured(sources.file.provider, "provider")
    if let named {
      try self.init(named, in: sources)
      return
    }
    for (kind, variables) in ProviderVariables.detectable {
      if let sign = variables.begun(in: sources.environment) {
        self.init(
          name: kind.rawValue, kind: kind, entry: sources.file.providers[kind.rawValue], origin: sign.origin)
        return
      }
    }
    guard allowsFallback else { throw .configuration(Self.nothingConfigured) }
    self.init(name: "demo", kind: .demo, origin: .byDefault, isFallback: true)
  }

  private init(
    name: String, kind: ProviderKind, entry: ConfiguredProvider? = nil, origin: Origin, isFallback: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.entry = entry
    self.origin = origin
    self.isFallback = isFallback
  }

  private init(_ named: Sourced<String>, in sources: ConfigurationSources) throws(CommandFailure) {
    let name = named.value
    let entry = sources.file.providers[name]
    guard let kind = entry?.kind ?? ProviderKind(rawValue: name) else {
      let names = sources.file.providers.keys.sorted() + ProviderKind.allCases.map(\.rawValue)
      let isOption = named.origin == .option(.provider)
      throw CommandFailure(
        code: isOption ? .usage : .configuration,
        message: "there is no provider “\(name)” (\(named.origin))\(NearestName.hint(name, among: names))"
          + " (there are: \(names.joined(separator: ", ")))")
    }
    self.init(name: name, kind: kind, entry: entry, origin: named.origin)
  }

  static let nothingConfigured = """
    no provider is configured. Set OPENAI_API_KEY (and OPENAI_BASE_URL for a server of your own), or \
    AZURE_OPENAI_ENDPOINT with AZURE_OPENAI_API_KEY and AZURE_OPENAI_DEPLOYMENT, or AZURE_AI_CHAT_ENDPOINT with \
    AZURE_AI_CHAT_API_KEY, or OLLAMA_HOST; or try the built-in demo: --provider demo
    """
}

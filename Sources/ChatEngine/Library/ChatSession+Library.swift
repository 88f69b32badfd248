import ChatModel
import ChatWire

extension Provider {
  /// A service by its kind and address, as far as most programs need to say.
  ///
  /// ```swift
  /// let local = Provider(.openai, endpoint: "http://127.0.0.1:8080/v1", model: "qwen3")
  /// ```
  /// - Parameters:
  ///   - endpoint: base URL without a trailing slash.
  ///   - key: goes to that endpoint alone, and over plain `http` to loopback only.
  ///   - model: nil: the first that the service lists. What an Azure deployment, an assistant or a proxy need is set by the
  ///     properties.
  public init(_ kind: ProviderKind, endpoint: String, key: String? = nil, model: String? = nil) {
    self.init(name: kind.rawValue, kind: kind, endpoint: endpoint)
    credential = key.map { .apiKey(Secret($0)) }
    self.model = model
  }
}

extension ChatSession {
  /// A new conversation with a service, over the network and by the system's clock.
  ///
  /// ```swift
  /// let session = ChatSession(with: Provider(.openai, endpoint: "http://127.0.0.1:8080/v1", model: "qwen3"))
  /// for try await update in await session.send("Why is the sky blue?") {
  ///   if case .events(let events) = update.change {
  ///     for case .text(let piece) in events { print(piece, terminator: "") }
  ///   }
  /// }
  /// ```
  /// - Parameters:
  ///   - environment: where proxies and certificates are looked up; nothing else is read of it.
  ///   - tools: tool definitions in OpenAI's form.
  public init(
    with provider: Provider, systemPrompt: String? = nil, parameters: Parameters = Parameters(),
    timeouts: Timeouts = Timeouts(), retries: Int = 2, tools: [JSONValue] = [], environment: [String: String] = [:]
  ) {
    let prompt = systemPrompt.map { SystemPrompt(name: "custom", text: $0) }
    self.init(
      provider: provider, transport: CurlTransport(network: NetworkEnvironment(environment)),
      clock: TurnClock(ContinuousClock()), timeouts: timeouts, retries: retries, parameters: parameters, tools: tools,
      conversation: prompt.map { Conversation(systemPrompt: $0, isPromptChosen: true) } ?? Conversation())
  }
}

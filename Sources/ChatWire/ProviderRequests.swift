import ChatModel

extension Provider {
  /// The request for a streamed answer. Throws `config` where the provider is set up wrongly: an endpoint that is no URL, a
  /// missing deployment, a key or header with a line break, a kind that this version does not speak.
  public func chatRequest(_ request: ChatRequest) throws(ChatError) -> HTTPRequest {
    guard kind.isAvailable else {
      throw ChatError(.config, "The provider \(name) (\(kind.rawValue)) is not available in this version")
    }
    var headers = try commonHeaders(accept: "text/event-stream")
    try headers.set("Content-Type", "application/json")
    if kind == .azureAIInference, !extraBody.isEmpty {
      // Without it the service refuses fields that it does not know.
      try headers.set("extra-parameters", "pass-through")
    }
    for field in self.headers { try headers.set(field.name, field.value) }
    return HTTPRequest(
      method: "POST", url: try chatURL(model: request.model ?? model), headers: headers.fields,
      credentials: headers.credentials, body: try chatBody(request).encoded(extra: extraBody),
      allowsPlainHTTP: allowsPlainHTTP, usesProxy: kind != .demo)
  }

  /// The request for the list of models; nil where the service has no such list. Throws as `chatRequest` does.
  public func modelsRequest() throws(ChatError) -> HTTPRequest? {
    guard let url = try modelsURL() else { return nil }
    var headers = try commonHeaders(accept: "application/json")
    for field in self.headers { try headers.set(field.name, field.value) }
    return HTTPRequest(
      method: "GET", url: url, headers: headers.fields, credentials: headers.credentials,
      allowsPlainHTTP: allowsPlainHTTP, usesProxy: kind != .demo)
  }

  /// True where a request without a model fails; Azure's deployments and the demo have one of their own.
  public var isModelRequired: Bool {
    switch kind {
    case .demo, .azureOpenAI, .azureOpenAIResponses, .azureOpenAICompletions, .azureAIInference, .openaiAssistants,
      .azureOpenAIAssistants:
      false
    case .openai, .openaiResponses, .openaiCompletions, .ollama: true
    }
  }

  /// The body of a request before the configuration's own fields.
  func chatBody(_ request: ChatRequest) throws(ChatError) -> RequestBody {
    let endpoint = try Endpoint(endpoint)
    var model = request.model ?? model
    // On the v1 route the deployment is named in the body.
    if isAzureOpenAI, apiVersion == nil { model = deployment ?? model }
    switch kind {
    case .openaiCompletions, .azureOpenAICompletions: return RequestBody(text: request, model: model)
    default:
      let isOpenAI = endpoint.host == "api.openai.com" || endpoint.host.hasSuffix(".api.openai.com")
      return RequestBody(
        chat: request, model: model, prefersCompletionTokens: kind == .azureOpenAI || (kind == .openai && isOpenAI))
    }
  }

  private func chatURL(model: String?) throws(ChatError) -> String {
    let isText = kind == .openaiCompletions || kind == .azureOpenAICompletions
    let path = isText ? "/completions" : "/chat/completions"
    let endpoint = try Endpoint(endpoint).dropping("/chat/completions", "/completions")
    if isAzureOpenAI {
      guard let deployment = deployment ?? model else {
        throw ChatError(
          .config, "The provider \(name) needs the name of a deployment", remedy: "Set AZURE_OPENAI_DEPLOYMENT")
      }
      let resource = endpoint.azureResource
      guard let apiVersion else { return resource.url("/openai/v1" + path) }
      return resource.url(
        "/openai/deployments/\(Endpoint.encoded(deployment))\(path)", query: [("api-version", apiVersion)])
    }
    let version = kind == .azureAIInference ? [("api-version", apiVersion ?? "2024-05-01-preview")] : []
    return endpoint.url(path, query: version)
  }

  private func modelsURL() throws(ChatError) -> String? {
    if kind == .azureAIInference { return nil }
    let endpoint = try Endpoint(endpoint).dropping("/chat/completions", "/completions")
    guard isAzureOpenAI else { return endpoint.url("/models") }
    let resource = endpoint.azureResource
    guard let apiVersion else { return resource.url("/openai/v1/models") }
    return resource.url("/openai/models", query: [("api-version", apiVersion)])
  }

  private func commonHeaders(accept: String) throws(ChatError) -> RequestHeaders {
    var headers = RequestHeaders()
    try headers.set("Accept", accept)
    try headers.set("User-Agent", "aichat-tui")
    switch kind {
    case .openai, .openaiResponses, .openaiCompletions, .openaiAssistants:
      if let organization { try headers.set("OpenAI-Organization", organization) }
      if let project { try headers.set("OpenAI-Project", project) }
    default: break
    }
    switch credential {
    case .accessToken(let token)?:
      try headers.setSecret("Authorization", "Bearer \(token.reveal())", variable: keyVariable)
    case .apiKey(let key)?:
      // Azure AI Inference takes either, by the kind of resource behind it; its own SDK sends both.
      if isAzureOpenAI || kind == .azureAIInference {
        try headers.setSecret("api-key", key.reveal(), variable: keyVariable)
      }
      if !isAzureOpenAI {
        try headers.setSecret("Authorization", "Bearer \(key.reveal())", variable: keyVariable)
      }
    case nil: break
    }
    return headers
  }

  private var isAzureOpenAI: Bool {
    switch kind {
    case .azureOpenAI, .azureOpenAIResponses, .azureOpenAICompletions, .azureOpenAIAssistants: true
    default: false
    }
  }
}

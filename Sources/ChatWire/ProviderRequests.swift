import ChatModel

extension Provider {
  /// The request for a streamed answer. Throws `config` where the provider is set up wrongly: an endpoint that is no URL, a
  /// missing deployment or assistant, a key or header with a line break; for Assistants also where the talk has no thread
  /// yet, which `TurnPlan` sees to.
  public func chatRequest(_ request: ChatRequest) throws(ChatError) -> HTTPRequest {
    let body = try chatBody(request).encoded(extra: extraBody)
    let isStreamed = request.given.map { $0["stream"] == .bool(true) } ?? true
    return try post(try answerURL(request), body, accept: isStreamed ? "text/event-stream" : "application/json")
  }

  /// The request for the list of models; nil where the service has no such list. Throws as `chatRequest` does.
  public func modelsRequest() throws(ChatError) -> HTTPRequest? {
    guard let url = try modelsURL() else { return nil }
    return try get(url)
  }

  /// True where a request without a model fails; Azure's deployments, assistants and the demo have one of their own.
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
    // Where the address does not name the deployment, the body does.
    if kind.isAzureOpenAI, apiVersion == nil || kind.wire == .responses { model = deployment ?? model }
    switch kind.wire {
    case .textCompletions: return RequestBody(text: request, model: model)
    case .responses: return RequestBody(responses: request, model: model, inBackground: runsInBackground)
    case .assistants: return RequestBody(run: request, assistant: try assistant(), model: deployment ?? model)
    case .chatCompletions:
      let isOpenAI = endpoint.host == "api.openai.com" || endpoint.host.hasSuffix(".api.openai.com")
      return RequestBody(
        chat: request, model: model, prefersCompletionTokens: kind == .azureOpenAI || (kind == .openai && isOpenAI))
    }
  }

  /// A request for a document, or a stream. Throws `config` as `chatRequest` does.
  func get(_ url: String, accept: String = "application/json") throws(ChatError) -> HTTPRequest {
    request("GET", url, try requestHeaders(accept: accept), body: nil)
  }

  /// A request with a JSON body. Throws `config` as `chatRequest` does.
  func post(_ url: String, _ body: [UInt8], accept: String = "application/json") throws(ChatError) -> HTTPRequest {
    request("POST", url, try requestHeaders(accept: accept, sendsJSON: true), body: body)
  }

  private func request(_ method: String, _ url: String, _ headers: RequestHeaders, body: [UInt8]?) -> HTTPRequest {
    HTTPRequest(
      method: method, url: url, headers: headers.fields, credentials: headers.credentials, body: body,
      allowsPlainHTTP: allowsPlainHTTP, usesProxy: kind != .demo)
  }

  private func requestHeaders(accept: String, sendsJSON: Bool = false) throws(ChatError) -> RequestHeaders {
    var headers = RequestHeaders()
    try headers.set("Accept", accept)
    try headers.set("User-Agent", "aichat-tui")
    switch kind {
    case .openai, .openaiResponses, .openaiCompletions, .openaiAssistants:
      if let organization { try headers.set("OpenAI-Organization", organization) }
      if let project { try headers.set("OpenAI-Project", project) }
    default: break
    }
    if kind.wire == .assistants { try headers.set("OpenAI-Beta", "assistants=v2") }
    try addCredential(to: &headers)
    if sendsJSON {
      try headers.set("Content-Type", "application/json")
      // Without it the service refuses fields that its API does not define, `stream_options` among them.
      if kind == .azureAIInference { try headers.set("extra-parameters", "pass-through") }
    }
    for field in self.headers { try headers.set(field.name, field.value) }
    return headers
  }

  private func addCredential(to headers: inout RequestHeaders) throws(ChatError) {
    switch credential {
    case .accessToken(let token)?:
      try headers.setSecret("Authorization", "Bearer \(token.reveal())", variable: keyVariable)
    case .apiKey(let key)?:
      // Azure AI Inference takes either, by the kind of resource behind it; its own SDK sends both.
      if kind.isAzureOpenAI || kind == .azureAIInference {
        try headers.setSecret("api-key", key.reveal(), variable: keyVariable)
      }
      if !kind.isAzureOpenAI {
        try headers.setSecret("Authorization", "Bearer \(key.reveal())", variable: keyVariable)
      }
    case nil: break
    }
  }
}

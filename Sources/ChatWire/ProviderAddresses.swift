import ChatModel

/// Where the requests of each wire go. All throw `config` for an endpoint that is no base URL.
extension Provider {
  /// The api-version that the address of an answer names; nil where it names none, whatever is configured.
  public var sentAPIVersion: String? {
    switch kind {
    // Of the versions that Azure dates, none has the v1 route; the words for its stages do.
    case .azureOpenAIResponses: ["preview", "latest", "v1"].contains(apiVersion) ? apiVersion : nil
    case .azureOpenAI, .azureOpenAICompletions: apiVersion
    // The last versions that Azure documented for these.
    case .azureOpenAIAssistants, .azureAIInference: apiVersion ?? "2024-05-01-preview"
    case .demo, .openai, .openaiResponses, .openaiCompletions, .openaiAssistants, .ollama: nil
    }
  }

  /// Where an answer is asked for.
  func answerURL(_ request: ChatRequest) throws(ChatError) -> String {
    switch kind.wire {
    case .chatCompletions: return try completionsURL("/chat/completions", model: request.model ?? model)
    case .textCompletions: return try completionsURL("/completions", model: request.model ?? model)
    case .responses: return try responsesURL("")
    case .assistants:
      guard let thread = request.threadID else {
        throw ChatError(.config, "The conversation has no thread with \(name) yet")
      }
      return try threadsURL("/\(Endpoint.encoded(thread))/runs")
    }
  }

  /// Where the models are listed; nil where the service has no such list.
  func modelsURL() throws(ChatError) -> String? {
    if kind == .azureAIInference { return nil }
    let base = try base()
    guard kind.isAzureOpenAI else { return base.url("/models") }
    guard let apiVersion else { return base.azureResource.url("/openai/v1/models") }
    return base.azureResource.url("/openai/models", query: [("api-version", apiVersion)])
  }

  /// An address under the responses that the service keeps; the path is encoded already.
  func responsesURL(_ path: String, query: [(name: String, value: String)] = []) throws(ChatError) -> String {
    let base = try base()
    guard kind.isAzureOpenAI else { return base.url("/responses" + path, query: query) }
    let version = sentAPIVersion.map { [(name: "api-version", value: $0)] } ?? []
    return base.azureResource.url("/openai/v1/responses" + path, query: query + version)
  }

  /// An address under the threads of the Assistants API; the path is encoded already.
  func threadsURL(_ path: String, query: [(name: String, value: String)] = []) throws(ChatError) -> String {
    let base = try base()
    guard kind.isAzureOpenAI else { return base.url("/threads" + path, query: query) }
    let version = sentAPIVersion.map { [(name: "api-version", value: $0)] } ?? []
    return base.azureResource.url("/openai/threads" + path, query: query + version)
  }

  private func completionsURL(_ path: String, model: String?) throws(ChatError) -> String {
    let base = try base()
    guard kind.isAzureOpenAI else {
      return base.url(path, query: sentAPIVersion.map { [("api-version", $0)] } ?? [])
    }
    guard let deployment = deployment ?? model else {
      throw ChatError(
        .config, "The provider \(name) needs the name of a deployment", remedy: "Set AZURE_OPENAI_DEPLOYMENT")
    }
    guard let apiVersion else { return base.azureResource.url("/openai/v1" + path) }
    return base.azureResource.url(
      "/openai/deployments/\(Endpoint.encoded(deployment))\(path)", query: [("api-version", apiVersion)])
  }

  /// The endpoint, also where a whole address was given as one.
  private func base() throws(ChatError) -> Endpoint {
    try Endpoint(endpoint).dropping("/chat/completions", "/completions", "/responses", "/threads")
  }
}

import ChatModel

extension Provider {
  /// The error where a public service answers that it is gone, or may mean that: since when, and what replaces it; nil where
  /// what the service does not find is something else, for any other error, and for other servers, which may well go on.
  ///
  /// OpenAI and Azure ended their Assistants on 2026-08-26; the Azure AI Inference SDK and its route were retired that day.
  public func retirement(_ error: ChatError) -> ChatError? {
    guard error.status == 404 || error.status == 410, let host = try? Endpoint(endpoint).host else { return nil }
    let service: String
    let replacement: ProviderKind
    switch kind {
    case .openaiAssistants where Self.isHost(host, of: ["api.openai.com"]):
      (service, replacement) = ("OpenAI's Assistants", .openaiResponses)
    case .azureOpenAIAssistants where Self.isHost(host, of: Self.azureHosts):
      (service, replacement) = ("Azure's Assistants", .azureOpenAIResponses)
    case .azureAIInference where Self.isHost(host, of: Self.azureHosts):
      (service, replacement) = ("The Azure AI Inference route", .azureOpenAI)
    default: return nil
    }
    // What is missing is named, and it is not the service.
    if Self.isAboutResource(error) { return nil }
    let verb = service.hasSuffix("route") ? "was" : "were"
    let shutDown = "\(service) \(verb) shut down on 2026-08-26"
    var retired = error
    if error.status == 410 || Self.tellsOfEnd(error) {
      retired.message = "\(shutDown) (\(host) answered: \(error.message))"
      retired.remedy = "Use --provider \(replacement.rawValue) instead"
    } else {
      let end = error.message.last.map { ".!?…".contains($0) } == true ? "" : "."
      retired.message = "\(host) answered: \(error.message)\(end) \(shutDown), which may be why"
      retired.remedy = "Use --provider \(replacement.rawValue) instead, or check the endpoint if it still serves you"
    }
    return retired
  }

  /// True where the answer names what it does not find: a deployment, a model, an assistant, a thread.
  private static func isAboutResource(_ error: ChatError) -> Bool {
    if tellsOfEnd(error) { return false }
    let things = ["assistant", "deployment", "model", "thread", "run", "file", "vector store", "message"]
    let code = (error.code ?? "").lowercased().filter { $0 != "_" && $0 != " " }
    if things.contains(where: { code.hasPrefix($0) || code.hasPrefix("unknown\($0)") || code.hasPrefix("no\($0)") }) {
      return true
    }
    let text = error.message.lowercased()
    let isMissing = ["no ", "not found", "not exist", "n't exist", "unknown", "could not find", "n't find", "invalid"]
      .contains { text.contains($0) }
    let words = text.split { !$0.isLetter && $0 != "_" }
    return isMissing && words.contains { word in things.contains { word == $0 || word == "\($0)_id" } }
  }

  /// True where the answer itself says that the service has ended.
  private static func tellsOfEnd(_ error: ChatError) -> Bool {
    let text = (error.message + " " + (error.code ?? "")).lowercased()
    return ["shut down", "sunset", "retired", "deprecated", "discontinued", "no longer", "end of life", "removed"]
      .contains { text.contains($0) }
  }

  private static let azureHosts = [
    "openai.azure.com", "services.ai.azure.com", "cognitiveservices.azure.com", "models.ai.azure.com",
    "inference.ai.azure.com",
  ]

  private static func isHost(_ host: String, of domains: [String]) -> Bool {
    domains.contains { host == $0 || host.hasSuffix("." + $0) }
  }
}

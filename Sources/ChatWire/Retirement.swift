import ChatModel

extension Provider {
  /// The error where a public service answers that it is gone: since when, and what replaces it; nil for any other error, and
  /// for other servers, which may well go on.
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
    var retired = error
    let verb = service.hasSuffix("route") ? "was" : "were"
    retired.message = "\(service) \(verb) shut down on 2026-08-26 (\(host) answered: \(error.message))"
    retired.remedy = "Use --provider \(replacement.rawValue) instead"
    return retired
  }

  private static let azureHosts = [
    "openai.azure.com", "services.ai.azure.com", "cognitiveservices.azure.com", "models.ai.azure.com",
    "inference.ai.azure.com",
  ]

  private static func isHost(_ host: String, of domains: [String]) -> Bool {
    domains.contains { host == $0 || host.hasSuffix("." + $0) }
  }
}

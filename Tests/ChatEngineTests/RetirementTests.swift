import ChatModel
import ChatWire
import TestSupport
import Testing

/// Services that were shut down say so, and what replaces them.
@Suite(.timeLimit(.minutes(1))) struct RetirementTests {
  private func error(_ kind: ProviderKind, _ endpoint: String, status: Int) async -> ChatError? {
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: endpoint)
    provider.assistantID = "asst_1"
    provider.deployment = "d"
    let bench = Bench(provider)
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    transfer.answer(status: status)
    transfer.send(#"{"error":{"message":"Resource not found"}}"#)
    transfer.end()
    return await updates.result()?.error
  }

  @Test(arguments: [404, 410]) func publicHosts(status: Int) async {
    for (kind, endpoint, replacement) in [
      (.openaiAssistants, "https://api.openai.com/v1", "openai-responses"),
      (.openaiAssistants, "https://eu.api.openai.com/v1", "openai-responses"),
      (.azureOpenAIAssistants, "https://r.openai.azure.com", "azure-openai-responses"),
      (.azureAIInference, "https://r.services.ai.azure.com/models", "azure-openai"),
    ] as [(ProviderKind, String, String)] {
      let error = await error(kind, endpoint, status: status)
      #expect(error?.kind == .notFound && error?.status == status)
      #expect(error?.message.contains("2026-08-26") == true && error?.message.contains("Resource not found") == true)
      #expect(error?.remedy?.hasPrefix("Use --provider \(replacement) instead") == true)
      // A 404 may have other reasons, and so it says.
      #expect(error?.message.contains("may be why") == (status == 404))
    }
  }

  @Test(
    arguments: [
      ("No assistant found with id 'asst_1'.", nil), ("No thread found with id 'thread_1'.", nil),
      ("The API deployment for this resource does not exist.", "DeploymentNotFound"), ("m", "model_not_found"),
      ("The model `gpt-9` does not exist or you do not have access to it.", nil), ("m", "unknown_model"),
      ("Unknown thread", nil), ("Invalid assistant_id", nil),
    ] as [(String, String?)])
  func whatIsMissingWithinTheServiceIsNotTheService(_ message: String, _ code: String?) {
    for kind in [ProviderKind.openaiAssistants, .azureOpenAIAssistants, .azureAIInference] {
      let endpoint = kind == .openaiAssistants ? "https://api.openai.com/v1" : "https://r.openai.azure.com"
      let provider = Provider(name: "p", kind: kind, endpoint: endpoint)
      #expect(provider.retirement(ChatError(.notFound, message, status: 404, code: code)) == nil)
    }
  }

  @Test(arguments: [
    "The Assistants API has been removed.", "This model's API was deprecated and is no longer available",
    "The assistants endpoint was shut down",
  ]) func aServerThatSaysItHasEndedIsBelieved(_ message: String) {
    let provider = Provider(name: "p", kind: .openaiAssistants, endpoint: "https://api.openai.com/v1")
    let told = provider.retirement(ChatError(.notFound, message, status: 404))
    #expect(told?.remedy == "Use --provider openai-responses instead" && told?.message.contains(message) == true)
  }

  @Test func othersMayWellGoOn() async {
    for (kind, endpoint, status) in [
      (.openaiAssistants, "https://api.example/v1", 404), (.openaiAssistants, "https://api.openai.com/v1", 401),
      (.openaiResponses, "https://api.openai.com/v1", 404), (.azureAIInference, "http://127.0.0.1:9", 410),
      (.openaiAssistants, "https://notapi.openai.com.example", 404),
    ] as [(ProviderKind, String, Int)] {
      var provider = Provider(name: kind.rawValue, kind: kind, endpoint: endpoint)
      provider.model = "m"
      let error = provider.retirement(ChatError(.notFound, "m", status: status))
      #expect(error == nil)
    }
  }
}

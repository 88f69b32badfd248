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
      #expect(error?.remedy == "Use --provider \(replacement) instead")
    }
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

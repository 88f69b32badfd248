import TestSupport
import Testing

/// Every case of the fixture, from a real server through the real program.
struct AskStreamTests {
  private func steps(_ stream: StreamCase) -> [FaultServer.Step] {
    let headers = stream.headers.map { "\($0.key): \($0.value)" }
    let chunks = stream.chunks.filter { !$0.isEmpty }.map { FaultServer.Step.chunkBytes(Array($0)) }
    // A reset would throw away what the client has not read yet; a chunk that breaks off is a broken stream as well.
    let end: [FaultServer.Step] = stream.end == "abort" ? [.halfChunk(""), .close] : [.end]
    return [.head(stream.status, headers)] + chunks + end
  }

  /// A server that plays the case; one of the Assistants API makes a thread and takes a message before.
  private func server(_ stream: StreamCase) throws -> FaultServer {
    let steps = steps(stream)
    return try FaultServer { request in
      let path = request.target.prefix { $0 != "?" }
      if path.hasSuffix("/threads") { return [.response(200, body: #"{"id":"thread_1","object":"thread"}"#)] }
      if path.hasSuffix("/messages") { return [.response(200, body: #"{"id":"msg_1","object":"thread.message"}"#)] }
      return steps
    }
  }

  /// The environments in which a user of the case's service would ask.
  private func environments(_ stream: StreamCase, _ url: String) -> [[String: String]] {
    switch stream.provider {
    case "azure-openai" where stream.api == "completions":
      return [
        [
          "AZURE_OPENAI_ENDPOINT_FOR_INSTRUCT": url, "AZURE_OPENAI_API_KEY_FOR_INSTRUCT": Program.key,
          "AZURE_OPENAI_DEPLOYMENT_NAME_FOR_INSTRUCT": "dep", "OPENAI_API_VERSION": "2024-10-21",
        ]
      ]
    case "azure-openai":
      let v1 = [
        "AZURE_OPENAI_ENDPOINT": url, "AZURE_OPENAI_API_KEY": Program.key, "AZURE_OPENAI_DEPLOYMENT": "dep",
      ]
      return [v1, v1.merging(["AZURE_OPENAI_API_VERSION": "2024-10-21"]) { $1 }]
    case "azure-ai-inference":
      return [["AZURE_AI_CHAT_ENDPOINT": url, "AZURE_AI_CHAT_API_KEY": Program.key, "AZURE_AI_CHAT_MODEL": "m"]]
    case "ollama": return [["OLLAMA_HOST": url, "OLLAMA_MODEL": "m"]]
    default: return [Program.openAI(url).merging(["ASSISTANT_ID": "asst_1"]) { $1 }]
    }
  }

  /// What says which wire is meant, where the environment does not.
  private func arguments(_ stream: StreamCase) -> [String] {
    if stream.api == "chat" { return [] }
    return ["--provider", (stream.provider == "azure-openai" ? "azure-openai-" : "openai-") + stream.api]
  }

  @Test(arguments: StreamCase.all) func theResultIsTheExpectedOne(_ stream: StreamCase) async throws {
    let server = try server(stream)
    for environment in environments(stream, server.url) {
      let outcome = try await Program.run(["ask", "--json", "--retries", "0", "Hi"] + arguments(stream), environment)
      let line = try ResultLine(outcome)
      compare(line, outcome.code, stream)
    }
    let targets = server.requests.map(\.target)
    switch (stream.provider, stream.api) {
    case ("azure-openai", "completions"):
      #expect(targets == ["/openai/deployments/dep/completions?api-version=2024-10-21"])
    case (_, "completions"): #expect(targets == ["/v1/completions"])
    case (_, "responses"): #expect(targets == ["/v1/responses"])
    case (_, "assistants"):
      #expect(targets == ["/v1/threads", "/v1/threads/thread_1/messages", "/v1/threads/thread_1/runs"])
    case ("azure-openai", _):
      #expect(
        targets == [
          "/openai/v1/chat/completions", "/openai/deployments/dep/chat/completions?api-version=2024-10-21",
        ])
    case ("azure-ai-inference", _): #expect(targets.first?.hasPrefix("/chat/completions?api-version=") == true)
    default: #expect(targets == ["/v1/chat/completions"])
    }
  }

  private func compare(_ line: ResultLine, _ code: Int32, _ stream: StreamCase) {
    let expected = stream.expect
    #expect(line.index == 0 && line.prompt == "Hi")
    #expect(line.content == expected.text)
    #expect(line.finishReason == stream.finishReason)
    #expect(line.model == expected.model)
    #expect(line.reasoning == expected.reasoning)
    #expect(line.refusal == expected.refusal)
    #expect(
      line.usage
        == expected.usage.map {
          .init(promptTokens: $0.prompt, completionTokens: $0.completion, totalTokens: $0.total)
        })
    #expect(
      line.toolCalls
        == expected.toolCalls.map {
          .init(
            id: $0.id.isEmpty ? nil : $0.id, type: "function", function: .init(name: $0.name, arguments: $0.arguments))
        })
    #expect((line.chunks == 0) == expected.text.isEmpty)
    switch expected.outcome {
    case "ok": #expect(line.status == "complete" && line.error == nil && code == 0)
    case "truncated": #expect(line.status == "truncated" && line.error?.kind == "truncated" && code == 76)
    default: #expect(line.status == "failed" && line.error != nil && code != 0)
    }
    guard let failure = expected.error else { return }
    #expect(line.error?.status == failure.status)
    #expect(line.error?.retryAfter == failure.retryAfter)
    if let message = failure.message, !message.isEmpty {
      #expect(line.error?.message.contains(message) == true, "\(line.error?.message ?? "")")
    }
  }

  @Test(arguments: StreamCase.chat.filter { $0.expect.outcome == "ok" })
  func theTextIsWrittenByteForByte(_ stream: StreamCase) async throws {
    let steps = steps(stream)
    let server = try FaultServer { _ in steps }
    let outcome = try await Program.run(["ask", "Hi"], Program.openAI(server.url))
    #expect(outcome.output == stream.expect.text + (stream.expect.refusal ?? ""))
    #expect(outcome.code == 0)
  }

  @Test func aResetInMidStreamKeepsTheText() async throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in
      [
        .head(200), .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"half"}}]}"# + "\n\n"), .wait(gate),
        .reset,
      ]
    }
    let program = try Program(["ask", "Hi"], Program.openAI(server.url))
    #expect(await program.waitForOutput("half"))
    gate.open()
    let outcome = await program.finish()
    #expect(outcome.output == "half")
    #expect(outcome.errors == "[Response truncated due to error]\n")
    #expect(outcome.code == 76)
  }
}

import ChatModel
import ChatWire
import Testing

/// The requests of a turn with the Assistants API, in their order.
@Suite struct AssistantsRequestTests {
  private func provider(
    _ kind: ProviderKind = .openaiAssistants, _ endpoint: String = "https://api.example/v1",
    configure: (inout Provider) -> Void = { _ in }
  ) -> Provider {
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: endpoint)
    provider.credential = .apiKey(Secret("k"))
    provider.assistantID = "asst_1"
    configure(&provider)
    return provider
  }

  private let first = ChatRequest(messages: [
    Message(role: .system, content: "Be brief."), Message(role: .user, content: "Hi"),
  ])

  /// The request of a step; what it is, is checked.
  private func prepared(_ plan: TurnPlan) throws -> HTTPRequest {
    guard case .prepare(let request) = try plan.next() else {
      Issue.record("the next step prepares nothing")
      throw ChatError(.unexpected, "")
    }
    return request
  }

  private func answer(_ plan: TurnPlan) throws -> HTTPRequest {
    guard case .answer(let request) = try plan.next() else {
      Issue.record("the next step is not the run")
      throw ChatError(.unexpected, "")
    }
    return request
  }

  private func body(_ request: HTTPRequest) -> String { String(decoding: request.body ?? [], as: UTF8.self) }

  @Test func aThreadAMessageARun() throws {
    var request = first
    request.parameters = Parameters(temperature: 0.2, topP: 1, maxTokens: 64, reasoningEffort: "low")
    request.tools = [.object(["type": .string("function")])]
    var plan = TurnPlan(provider: provider { $0.model = "m" }, request: request)
    let thread = try prepared(plan)
    #expect(thread.method == "POST" && thread.url == "https://api.example/v1/threads" && body(thread) == "{}")
    #expect(thread.headers.contains(HTTPField("OpenAI-Beta", "assistants=v2")))
    #expect(thread.headers.contains(HTTPField("Accept", "application/json")))
    #expect(thread.headers.contains(HTTPField("Content-Type", "application/json")))
    #expect(thread.credentials.map(\.name) == ["Authorization"])
    try plan.take(Array(#"{"id":"thread/1","object":"thread"}"#.utf8))
    #expect(plan.request.threadID == "thread/1")
    let message = try prepared(plan)
    #expect(message.url == "https://api.example/v1/threads/thread%2F1/messages")
    #expect(body(message) == #"{"content":"Hi","role":"user"}"#)
    try plan.take(Array(#"{"id":"msg_1"}"#.utf8))
    let run = try answer(plan)
    #expect(run.url == "https://api.example/v1/threads/thread%2F1/runs")
    #expect(run.headers.contains(HTTPField("Accept", "text/event-stream")))
    #expect(
      body(run)
        == #"{"assistant_id":"asst_1","instructions":"Be brief.","max_completion_tokens":64,"model":"m","#
        + #""reasoning_effort":"low","stream":true,"temperature":0.2,"tools":[{"type":"function"}],"top_p":1}"#)
    let farewell = plan.farewell(run: "run_1")
    #expect(farewell?.next?.method == "POST")
    #expect(farewell?.next?.url == "https://api.example/v1/threads/thread%2F1/runs/run_1/cancel")
    let search = plan.farewell(run: nil)
    #expect(search?.next?.method == "GET" && search?.next?.body == nil)
    #expect(search?.next?.url == "https://api.example/v1/threads/thread%2F1/runs?limit=1&order=desc")
  }

  @Test(arguments: [
    ("Default.", #"{"assistant_id":"asst_1","stream":true}"#),
    ("Default.\n\nSummary.", #"{"additional_instructions":"Summary.","assistant_id":"asst_1","stream":true}"#),
    ("Other.", #"{"assistant_id":"asst_1","instructions":"Other.","stream":true}"#),
  ]) func aPromptThatNobodyChoseReplacesNothing(system: String, expected: String) throws {
    let messages = [Message(role: .system, content: system), Message(role: .user, content: "Hi")]
    let request = ChatRequest(messages: messages, threadID: "t", untouchedPrompt: "Default.")
    #expect(body(try provider().chatRequest(request)) == expected)
  }

  @Test func azure() throws {
    let azure = provider(.azureOpenAIAssistants, "https://r.openai.azure.com/") { $0.apiVersion = "2025-01-01" }
    var plan = TurnPlan(provider: azure, request: first)
    #expect(try prepared(plan).url == "https://r.openai.azure.com/openai/threads?api-version=2025-01-01")
    try plan.take(Array(#"{"id":"t"}"#.utf8))
    #expect(try prepared(plan).url == "https://r.openai.azure.com/openai/threads/t/messages?api-version=2025-01-01")
    try plan.take(Array(#"{"id":"m"}"#.utf8))
    let run = try answer(plan)
    #expect(run.url == "https://r.openai.azure.com/openai/threads/t/runs?api-version=2025-01-01")
    #expect(run.credentials.map(\.name) == ["api-key"])
    #expect(body(run) == #"{"assistant_id":"asst_1","instructions":"Be brief.","stream":true}"#)
    let undated = TurnPlan(provider: provider(.azureOpenAIAssistants, "https://r"), request: first)
    #expect(try prepared(undated).url == "https://r/openai/threads?api-version=2024-05-01-preview")
  }

  @Test func aTalkThatBeganElsewhereIsTakenAlong() throws {
    let talk = [
      Message(role: .system, content: "s"), Message(role: .user, content: "a"), Message(role: .assistant, content: "b"),
      Message(role: .user, content: "c"),
    ]
    let plan = TurnPlan(provider: provider(), request: ChatRequest(messages: talk))
    #expect(
      body(try prepared(plan))
        == #"{"messages":[{"content":"a","role":"user"},{"content":"b","role":"assistant"}]}"#)
  }

  @Test func aKnownThreadIsKept() throws {
    var request = first
    request.threadID = "t"
    let plan = TurnPlan(provider: provider(), request: request)
    #expect(try prepared(plan).url == "https://api.example/v1/threads/t/messages")
  }

  @Test(arguments: [
    ChatError(.notFound, "No thread found with id 't'.", status: 404),
    ChatError(.badRequest, "Can't add messages to thread_t while a run run_1 is active.", status: 400),
    ChatError(.badRequest, "Thread t already has an active run run_1.", status: 400),
  ]) func aThreadOfNoUseIsReplacedOnce(_ error: ChatError) throws {
    var request = first
    request.threadID = "t"
    var plan = TurnPlan(provider: provider(), request: request)
    let isRevised = plan.revise(after: error)
    #expect(isRevised)
    #expect(try prepared(plan).url == "https://api.example/v1/threads")
    try plan.take(Array(#"{"id":"new"}"#.utf8))
    let isRevisedAgain = plan.revise(after: error)
    #expect(!isRevisedAgain)
    #expect(try prepared(plan).url == "https://api.example/v1/threads/new/messages")
  }

  @Test func aMissingAssistantIsNotTheThreadsFault() throws {
    var request = first
    request.threadID = "t"
    var plan = TurnPlan(provider: provider(), request: request)
    try plan.take(Array(#"{"id":"m"}"#.utf8))
    for error in [
      ChatError(.notFound, "No assistant found with id 'asst_1'.", status: 404),
      ChatError(.badRequest, "Invalid value", status: 400),
    ] {
      let isRevised = plan.revise(after: error)
      #expect(!isRevised)
    }
  }

  @Test(arguments: ["", "<html>", "{}", "[]", #"{"id":""}"#, #"{"error":{"message":"m"}}"#])
  func repliesThatNameNothingAreErrors(reply: String) {
    var plan = TurnPlan(provider: provider(), request: first)
    do throws(ChatError) {
      try plan.take(Array(reply.utf8))
      Issue.record("taken")
    } catch { #expect(error.kind == .protocolViolation || error.message == "m") }
    #expect(plan.request.threadID == nil)
  }

  @Test func withoutAnAssistantNothingIsSent() {
    let error = #expect(throws: ChatError.self) {
      try TurnPlan(provider: provider { $0.assistantID = nil }, request: first).next()
    }
    #expect(error?.kind == .config && error?.remedy?.contains("ASSISTANT_ID") == true)
  }
}

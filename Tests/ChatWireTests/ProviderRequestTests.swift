import ChatModel
import ChatWire
import Testing

/// Requests as they go out: golden bodies, addresses and headers of each kind.
@Suite struct ProviderRequestTests {
  private let plain = ChatRequest(messages: [
    Message(role: .system, content: "Be brief."), Message(role: .user, content: "a/b \"é\"\n"),
  ])
  private let messages =
    #""messages":[{"content":"Be brief.","role":"system"},{"content":"a/b \"é\"\n","role":"user"}]"#

  private func provider(_ kind: ProviderKind, _ endpoint: String, configure: (inout Provider) -> Void = { _ in })
    -> Provider
  {
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: endpoint)
    provider.credential = .apiKey(Secret("k"))
    configure(&provider)
    return provider
  }

  private func body(_ request: HTTPRequest) -> String { String(decoding: request.body ?? [], as: UTF8.self) }

  private func keys(_ request: HTTPRequest) -> [String] {
    request.credentials.map { "\($0.name): \($0.value.reveal())" }
  }

  @Test func openAI() throws {
    let openAI = provider(.openai, "https://api.openai.com/v1") {
      $0.model = "gpt-4o"
      $0.organization = "org"
      $0.project = "proj"
    }
    var request = plain
    request.parameters = Parameters(temperature: 0.2, topP: 1, maxTokens: 64, seed: 7, reasoningEffort: "low")
    request.tools = [.object(["type": .string("function")])]
    let http = try openAI.chatRequest(request)
    #expect(http.method == "POST")
    #expect(http.url == "https://api.openai.com/v1/chat/completions")
    #expect(
      http.headers.sorted { $0.name < $1.name } == [
        HTTPField("Accept", "text/event-stream"), HTTPField("Content-Type", "application/json"),
        HTTPField("OpenAI-Organization", "org"), HTTPField("OpenAI-Project", "proj"),
        HTTPField("User-Agent", "aichat-tui"),
      ])
    #expect(keys(http) == ["Authorization: Bearer k"])
    #expect(http.usesProxy && !http.allowsPlainHTTP)
    #expect(
      body(http)
        == #"{"max_completion_tokens":64,\#(messages),"model":"gpt-4o","reasoning_effort":"low","seed":7,"stream":true,"#
        + #""stream_options":{"include_usage":true},"temperature":0.2,"tools":[{"type":"function"}],"top_p":1}"#)
  }

  @Test(
    arguments: [
      (.openai, "http://localhost:8080/v1/"), (.ollama, "http://localhost:8080/v1"),
      (.demo, "http://localhost:8080/v1"),
      (.openai, "http://localhost:8080/v1/chat/completions"),
    ] as [(ProviderKind, String)])
  func servers(kind: ProviderKind, endpoint: String) throws {
    let server = provider(kind, endpoint) { $0.credential = nil }
    var request = plain
    request.model = "m"
    request.parameters.maxTokens = 5
    let http = try server.chatRequest(request)
    #expect(http.url == "http://localhost:8080/v1/chat/completions")
    #expect(http.credentials.isEmpty)
    #expect(http.usesProxy == (kind != .demo))
    #expect(
      body(http)
        == #"{"max_tokens":5,\#(messages),"model":"m","stream":true,"stream_options":{"include_usage":true}}"#)
  }

  @Test(arguments: [
    "https://r.openai.azure.com", "https://r.openai.azure.com/", "https://r.openai.azure.com/openai",
    "https://r.openai.azure.com/openai/v1", "https://r.openai.azure.com/openai/v1/",
    "https://r.openai.azure.com/openai/v1/chat/completions", "https://r.openai.azure.com/openai/deployments/other",
    "https://r.openai.azure.com/openai/deployments/other/chat/completions",
  ]) func azureOpenAI(endpoint: String) throws {
    let v1 = provider(.azureOpenAI, endpoint) { $0.deployment = "my dep/4o" }
    var http = try v1.chatRequest(plain)
    #expect(http.url == "https://r.openai.azure.com/openai/v1/chat/completions")
    #expect(keys(http) == ["api-key: k"])
    #expect(
      body(http)
        == #"{\#(messages),"model":"my dep/4o","stream":true,"stream_options":{"include_usage":true}}"#)

    let deployed = provider(.azureOpenAI, endpoint) {
      $0.deployment = "my dep/4o"
      $0.apiVersion = "2024-10-21&x"
      $0.credential = .accessToken(Secret("t"))
    }
    var request = plain
    request.parameters.maxTokens = 9
    http = try deployed.chatRequest(request)
    #expect(
      http.url
        == "https://r.openai.azure.com/openai/deployments/my%20dep%2F4o/chat/completions?api-version=2024-10-21%26x")
    #expect(keys(http) == ["Authorization: Bearer t"])
    #expect(
      body(http)
        == #"{"max_completion_tokens":9,\#(messages),"stream":true,"stream_options":{"include_usage":true}}"#)
  }

  @Test func azureAIInference() throws {
    let inference = provider(.azureAIInference, "https://r.services.ai.azure.com/models") {
      $0.model = "Phi-4"
      $0.extraBody = ["top_k": .integer(3), "stream_options": .null]
    }
    var request = plain
    request.parameters.maxTokens = 9
    let http = try inference.chatRequest(request)
    #expect(http.url == "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview")
    #expect(keys(http) == ["api-key: k", "Authorization: Bearer k"])
    #expect(http.headers.contains(HTTPField("extra-parameters", "pass-through")))
    #expect(
      body(http) == #"{"max_tokens":9,\#(messages),"model":"Phi-4","stream":true,"stream_options":null,"top_k":3}"#)
    // The usage that is asked for is such a field too.
    let bare = provider(.azureAIInference, "https://r.services.ai.azure.com/models")
    #expect(try bare.chatRequest(plain).headers.contains(HTTPField("extra-parameters", "pass-through")))
  }

  @Test func legacyCompletions() throws {
    let openAI = provider(.openaiCompletions, "https://api.openai.com/v1") { $0.model = "gpt-3.5-turbo-instruct" }
    var request = plain
    request.parameters.maxTokens = 9
    request.tools = [.object([:])]
    var http = try openAI.chatRequest(request)
    #expect(http.url == "https://api.openai.com/v1/completions")
    #expect(
      body(http)
        == #"{"max_tokens":9,"model":"gpt-3.5-turbo-instruct","prompt":"Be brief.\n\nUser: a/b \"é\"\n\nAssistant:","#
        + #""stop":["\nUser:"],"stream":true,"stream_options":{"include_usage":true}}"#)
    let azure = provider(.azureOpenAICompletions, "https://r.openai.azure.com") {
      $0.deployment = "d"
      $0.apiVersion = "2024-10-21"
    }
    http = try azure.chatRequest(ChatRequest(messages: [Message(role: .user, content: "Once upon")]))
    #expect(http.url == "https://r.openai.azure.com/openai/deployments/d/completions?api-version=2024-10-21")
    #expect(keys(http) == ["api-key: k"])
    #expect(body(http) == #"{"prompt":"Once upon","stream":true,"stream_options":{"include_usage":true}}"#)
  }

  @Test func aSingleTurnGoesVerbatimUnlessAPromptWasChosen() throws {
    let server = provider(.openaiCompletions, "http://h/v1")
    func prompt(_ talk: [Message], untouched: String?) throws -> String {
      let messages = [Message(role: .system, content: "Default.")] + talk
      return body(try server.chatRequest(ChatRequest(messages: messages, untouchedPrompt: untouched)))
    }
    let question = Message(role: .user, content: "Once upon")
    #expect(try prompt([question], untouched: "Default.").contains(#""prompt":"Once upon","stream""#))
    #expect(try prompt([question], untouched: nil).contains(#""prompt":"Default.\n\nUser: Once upon\nAssistant:""#))
    let longer = try prompt([question, Message(role: .assistant, content: "a"), question], untouched: "Default.")
    #expect(longer.contains(#"Default.\n\nUser: Once upon\nAssistant: a\nUser: Once upon\nAssistant:"#))
    #expect(longer.contains(#""stop":["\nUser:"]"#))
  }

  @Test func calledToolsTravelInTheMessage() throws {
    let call = ToolCall(id: "c", name: "f", arguments: "{}")
    let request = ChatRequest(messages: [Message(role: .assistant, content: "", toolCalls: [call])])
    let http = try provider(.ollama, "http://h").chatRequest(request)
    #expect(
      body(http).hasPrefix(
        #"{"messages":[{"content":null,"role":"assistant","tool_calls":[{"function":{"arguments":"{}","name":"f"},"#
          + #""id":"c","type":"function"}]}]"#))
  }

  @Test func configuredFieldsWinAndRefusedOnesAreLeftOut() throws {
    let server = provider(.openai, "http://h/v1") {
      $0.headers = [HTTPField("user-agent", "mine"), HTTPField("Authorization", "Basic x"), HTTPField("X-A", "b")]
      $0.extraBody = ["temperature": .integer(1)]
      $0.model = "configured"
    }
    var request = plain
    request.model = "asked"
    request.parameters = Parameters(temperature: 0.5, topP: 0.5)
    request.omittedFields = ["stream_options", "top_p", "messages", "stream", "model"]
    let http = try server.chatRequest(request)
    #expect(body(http) == #"{\#(messages),"model":"asked","stream":true,"temperature":1}"#)
    #expect(keys(http) == ["Authorization: Basic x"])
    #expect(http.headers.filter { $0.name.lowercased() == "user-agent" } == [HTTPField("user-agent", "mine")])
    #expect(http.headers.contains(HTTPField("X-A", "b")))
  }

  @Test func keysDoNotShow() throws {
    let http = try provider(.openai, "http://h").chatRequest(plain)
    var dumped = ""
    dump(http, to: &dumped)
    #expect(!dumped.contains("Bearer"))
    #expect(!"\(http)".contains("Bearer"))
  }

  @Test(arguments: [
    "", "localhost", "localhost:8080", "ftp://h", "http://", "https:///v1", "http:/h", "http://h:x", "http://h:0",
    "http://h:99999", "http://[::1", "http://[g]", "http://u:p@h", "http://h/v1?x=1", "http://h#x", "http://h\r\nX: y",
    "http://h /v1", " http://h",
  ]) func badEndpointsAreNamed(endpoint: String) {
    let error = #expect(throws: ChatError.self) { try provider(.openai, endpoint).chatRequest(plain) }
    #expect(error?.kind == .config)
    #expect(error?.message.contains("endpoint") == true)
    #expect(throws: ChatError.self) { try provider(.openai, endpoint).modelsRequest() }
  }

  @Test(arguments: [
    "http://h", "HTTPS://H:1/a/b", "http://[::1]:8080/v1", "http://127.0.0.1", "https://bücher.example/v1",
  ])
  func goodEndpointsPass(endpoint: String) throws {
    #expect(try provider(.openai, endpoint).chatRequest(plain).url == endpoint + "/chat/completions")
  }

  @Test(arguments: ["k\r\nX-Evil: 1", "k\n", "\u{0}", "k\u{7F}"]) func aBrokenKeyIsRefused(key: String) {
    for kind in [ProviderKind.openai, .azureOpenAI, .azureAIInference] {
      for credential in [Credential.apiKey(Secret(key)), .accessToken(Secret(key))] {
        let broken = provider(kind, "http://h") {
          $0.credential = credential
          $0.deployment = "d"
          $0.keyVariable = "SOME_KEY"
        }
        let error = #expect(throws: ChatError.self) { try broken.chatRequest(plain) }
        #expect(error?.kind == .config)
        #expect(error?.remedy?.contains("SOME_KEY") == true)
        #expect(error?.message.contains("Evil") == false)
      }
    }
  }

  @Test(arguments: [
    HTTPField("X\r\nY", "a"), HTTPField("", "a"), HTTPField("X Y", "a"), HTTPField("X:", "a"), HTTPField("Xé", "a"),
    HTTPField("X", "a\r\nY: b"), HTTPField("X", "a\nb"), HTTPField("X", "\u{0}"),
  ]) func brokenHeadersAreRefused(field: HTTPField) {
    let broken = provider(.openai, "http://h") { $0.headers = [field] }
    #expect(throws: ChatError.self) { try broken.chatRequest(plain) }
    let organization = provider(.openai, "http://h") { $0.organization = "a\nb" }
    #expect(throws: ChatError.self) { try organization.chatRequest(plain) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersThatJSONLacksAreRefused(number: Double) {
    var request = plain
    request.parameters.temperature = number
    let error = #expect(throws: ChatError.self) { try provider(.openai, "http://h").chatRequest(request) }
    #expect(error?.kind == .config)
    #expect(error?.message.contains("temperature") == true)
    let nested = provider(.openai, "http://h") { $0.extraBody = ["a": .array([.number(number)])] }
    #expect(throws: ChatError.self) { try nested.chatRequest(plain) }
  }

  @Test func whatCannotBeAskedSaysWhy() {
    let missing = #expect(throws: ChatError.self) {
      try provider(.azureOpenAI, "https://r") { $0.apiVersion = "1" }.chatRequest(plain)
    }
    #expect(missing?.remedy?.contains("AZURE_OPENAI_DEPLOYMENT") == true)
    let assistant = #expect(throws: ChatError.self) { try provider(.openaiAssistants, "https://r").chatRequest(plain) }
    #expect(assistant?.remedy?.contains("ASSISTANT_ID") == true)
    #expect(assistant?.kind == .config)
  }

  @Test func listsOfModels() throws {
    let openAI = provider(.openai, "https://api.openai.com/v1/")
    let request = try openAI.modelsRequest()
    #expect(request?.method == "GET")
    #expect(request?.url == "https://api.openai.com/v1/models")
    #expect(request?.body == nil)
    #expect(try provider(.azureOpenAI, "https://r").modelsRequest()?.url == "https://r/openai/v1/models")
    #expect(try provider(.azureAIInference, "https://r").modelsRequest() == nil)
    for body in [
      #"{"data":[{"id":"a"},{"id":"b"},{"id":"a"},{"id":""},7]}"#, #"{"models":[{"name":"a"},{"id":"b"}]}"#,
      #"[{"id":"a"},"b"]"#,
    ] { #expect(try openAI.models(from: Array(body.utf8)) == ["a", "b"]) }
    #expect(try openAI.models(from: Array(#"{"data":[]}"#.utf8)).isEmpty)
    for body in ["", "<html>", "{}", #"{"error":{"message":"m"}}"#] {
      #expect(throws: ChatError.self) { try openAI.models(from: Array(body.utf8)) }
    }
  }
}

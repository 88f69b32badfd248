import ChatModel
import ChatWire
import Testing

/// Requests of the Responses API as they go out.
@Suite struct ResponsesRequestTests {
  private let talk = [
    Message(role: .system, content: "Be brief."), Message(role: .user, content: "Hi"),
    Message(role: .assistant, content: "Hello"), Message(role: .user, content: "And?"),
  ]
  private let question = #"{"content":"And?","role":"user","type":"message"}"#
  private let before =
    #"{"content":"Hi","role":"user","type":"message"},{"content":"Hello","role":"assistant","type":"message"}"#

  private func provider(
    _ kind: ProviderKind = .openaiResponses, _ endpoint: String = "https://api.openai.com/v1",
    configure: (inout Provider) -> Void = { _ in }
  ) -> Provider {
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: endpoint)
    provider.credential = .apiKey(Secret("k"))
    provider.model = "m"
    configure(&provider)
    return provider
  }

  private func body(_ request: HTTPRequest) -> String { String(decoding: request.body ?? [], as: UTF8.self) }

  @Test func everythingThatCanBeSet() throws {
    var request = ChatRequest(messages: talk)
    request.parameters = Parameters(temperature: 0.2, topP: 1, maxTokens: 64, seed: 7, reasoningEffort: "low")
    request.tools = [
      .object([
        "type": .string("function"),
        "function": .object([
          "name": .string("f"), "description": .string("d"), "parameters": .object(["type": .string("object")]),
        ]),
      ]), .object(["type": .string("function"), "function": .object(["name": .string("g"), "strict": .bool(true)])]),
      .object(["type": .string("web_search")]),
    ]
    let http = try provider().chatRequest(request)
    #expect(http.method == "POST")
    #expect(http.url == "https://api.openai.com/v1/responses")
    #expect(http.credentials.map(\.name) == ["Authorization"])
    #expect(http.headers.contains(HTTPField("Accept", "text/event-stream")))
    #expect(
      body(http)
        == #"{"input":[\#(before),\#(question)],"instructions":"Be brief.","max_output_tokens":64,"model":"m","#
        + #""reasoning":{"effort":"low"},"stream":true,"temperature":0.2,"tools":[{"description":"d","name":"f","#
        + #""parameters":{"type":"object"},"strict":false,"type":"function"},{"name":"g","strict":true,"type":"function"},"#
        + #"{"type":"web_search"}],"top_p":1}"#)
  }

  @Test func nothingThatIsNotSet() throws {
    let http = try provider().chatRequest(ChatRequest(messages: [Message(role: .user, content: "And?")]))
    #expect(body(http) == #"{"input":[\#(question)],"model":"m","stream":true}"#)
  }

  @Test func aStoredResponseIsContinued() throws {
    var request = ChatRequest(messages: talk, continued: StoredResponse(id: "resp_1", messageCount: 3))
    #expect(
      body(try provider().chatRequest(request))
        == #"{"input":[\#(question)],"instructions":"Be brief.","model":"m","previous_response_id":"resp_1","stream":true}"#
    )
    request.omittedFields = ["previous_response_id", "instructions", "input"]
    #expect(
      body(try provider().chatRequest(request))
        == #"{"input":[\#(before),\#(question)],"instructions":"Be brief.","model":"m","stream":true}"#)
  }

  @Test func callsOfToolsAreItems() throws {
    let call = ToolCall(id: "c", name: "f", arguments: "{}")
    let request = ChatRequest(messages: [Message(role: .assistant, content: "", toolCalls: [call])])
    #expect(
      body(try provider().chatRequest(request))
        == #"{"input":[{"arguments":"{}","call_id":"c","name":"f","type":"function_call"}],"model":"m","stream":true}"#)
  }

  @Test(
    arguments: [
      (nil, ""), ("2024-10-21", ""), ("preview", "?api-version=preview"), ("v1", "?api-version=v1"),
    ] as [(String?, String)]) func azure(version: String?, query: String) throws
  {
    for endpoint in ["https://r.openai.azure.com", "https://r.openai.azure.com/openai/v1/responses"] {
      let azure = provider(.azureOpenAIResponses, endpoint) {
        $0.model = nil
        $0.deployment = "dep"
        $0.apiVersion = version
      }
      let http = try azure.chatRequest(ChatRequest(messages: [talk[3]]))
      #expect(http.url == "https://r.openai.azure.com/openai/v1/responses" + query)
      #expect(http.credentials.map(\.name) == ["api-key"])
      #expect(body(http) == #"{"input":[\#(question)],"model":"dep","stream":true}"#)
    }
  }
}

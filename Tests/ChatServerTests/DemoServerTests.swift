import Testing

@testable import ChatServer

/// The demo over a real socket, on a clock that does not wait.
@Suite(.timeLimit(.minutes(1)))
struct DemoServerTests {
  private let server: DemoServer
  private let port: UInt16

  init() throws {
    server = try DemoServer.start(clock: ImmediateClock())
    port = UInt16(server.endpoint.split { !$0.isNumber }.dropLast().last ?? "") ?? 0
  }

  private func chat(_ prompt: String, stream: Bool = true, system: String? = nil, extra: String = "") async throws
    -> String
  {
    try await ask(
      port, "POST", "/v1/chat/completions", headers: ["Content-Type: application/json"],
      body: chatBody(prompt, stream: stream, system: system, extra: extra))
  }

  @Test func modelsAreListed() async throws {
    let answer = try await ask(port, "GET", "/v1/models")
    #expect(answer.contains(#""id":"eliza-demo""#) && answer.contains(#""object":"list""#))
  }

  @Test func aStreamHasAllItsParts() async throws {
    let answer = try await chat("rain")
    let events = answer.split(separator: "data: ").dropFirst().map { $0.prefix { $0 != "\n" && $0 != "\r\n" } }
    #expect(events.first?.contains(#""role":"assistant""#) == true)
    #expect(events.dropFirst().first?.contains(#""delta":{"content":"I"},"finish_reason":null"#) == true)
    #expect(events.dropLast(2).last?.contains(#""finish_reason":"stop""#) == true)
    #expect(events.dropLast().last?.contains(#""choices":[]"#) == true)
    #expect(
      events.dropLast().last?.contains(#""usage":{"completion_tokens":5,"prompt_tokens":5,"total_tokens":10}"#) == true)
    #expect(events.last == "[DONE]")
    #expect(answer.hasSuffix("0\r\n\r\n"))
  }

  @Test func aWholeAnswerIsOneObject() async throws {
    let answer = try await chat("rain", stream: false)
    #expect(answer.contains(#""message":{"content":"I see. Please go on.","role":"assistant"}"#))
    #expect(answer.contains(#""object":"chat.completion""#))
    let tools = try await chat("tools", stream: false)
    #expect(tools.contains(#""arguments":"{\"location\":\"Oslo\",\"unit\":\"celsius\"}""#))
    #expect(tools.contains(#""finish_reason":"tool_calls""#))
  }

  @Test(arguments: [
    ("markdown", "```"), ("long", "lighthouse"), ("unicode", "日本語"), ("tools", #""finish_reason":"tool_calls""#),
    ("reasoning", #""delta":{"reasoning_content":"#), ("slow", "second"),
  ])
  func demoWords(word: String, sign: String) async throws {
    let answer = try await chat(word)
    #expect(answer.contains(sign) && answer.contains("data: [DONE]\n\n"))
  }

  @Test func unicodeTravelsEscaped() async throws {
    let answer = try await chat("unicode")
    #expect(!answer.contains("\u{1B}") && answer.contains(#"\u001b"#))
  }

  @Test func errorIsOne() async throws {
    let answer = try await chat("error")
    #expect(answer.hasPrefix("HTTP/1.1 500 ") && answer.contains(#""type":"server_error""#))
    #expect(answer.contains("demo"))
  }

  @Test func dropCutsTheConnection() async throws {
    let answer = try await chat("drop")
    #expect(answer.contains("goodbye.") && !answer.contains("[DONE]") && !answer.hasSuffix("0\r\n\r\n"))
    #expect(try await !chat("drop", stream: false).contains("total_tokens"))
  }

  @Test func stallSaysNothingMore() async throws {
    let client = try SocketClient(port: port)
    try await client.send(requestText(port, "POST", "/v1/chat/completions", body: chatBody("stall")))
    #expect(try await client.read(until: #"" of""#).contains("whole."))
    server.stop()
    #expect(try await client.readAll() == "")
  }

  @Test func theSystemPromptIsHeeded() async throws {
    let answer = try await chat("rain", stream: false, system: "You are a patient tutor.")
    #expect(answer.contains("Speaking as a patient tutor: I see."))
  }

  @Test func contentMayComeInParts() async throws {
    let body = #"{"messages":[{"role":"user","content":[{"type":"text","text":"rain"}]}],"max_tokens":2}"#
    let answer = try await ask(port, "POST", "/v1/chat/completions", body: body)
    #expect(answer.contains(#""content":"I see.""#) && answer.contains(#""finish_reason":"length""#))
  }

  @Test(arguments: [
    ("{", "not a JSON object"), ("[]", "not a JSON object"), ("{}", "'messages'"), (#"{"messages":[]}"#, "empty"),
    (#"{"messages":[{"role":"robot","content":""}]}"#, "'messages.0.role'"),
    (#"{"messages":[{"role":"user","content":7}]}"#, "'messages.0.content'"), ("", "not a JSON object"),
    (#"{"messages":[{"role":"user","content":"a"}],"max_tokens":0}"#, "max_tokens"),
  ])
  func badBodiesAreExplained(body: String, sign: String) async throws {
    let answer = try await ask(port, "POST", "/v1/chat/completions", body: body)
    #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains(sign), "\(answer)")
    #expect(answer.contains(#""type":"invalid_request_error""#))
  }

  @Test func wrongRoutesAreTold() async throws {
    #expect(try await ask(port, "GET", "/v2/models").hasPrefix("HTTP/1.1 404 "))
    let answer = try await ask(port, "GET", "/v1/chat/completions")
    #expect(answer.hasPrefix("HTTP/1.1 405 ") && answer.contains("Allow: POST\r\n"))
    #expect(try await ask(port, "DELETE", "/v1/models").hasPrefix("HTTP/1.1 405 "))
  }

  @Test func aHundredAtOnce() async throws {
    let port = port
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 {
        group.addTask { try await ask(port, "POST", "/v1/chat/completions", body: chatBody("markdown")) }
      }
      for try await answer in group { #expect(answer.contains("[DONE]")) }
    }
  }
}

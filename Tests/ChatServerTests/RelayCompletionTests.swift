import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

@testable import ChatServer

/// `POST /v1/chat/completions`, before a service of the same wire and before others.
@Suite(.timeLimit(.minutes(1)))
struct RelayCompletionTests {
  private static let path = "/v1/chat/completions"

  private func body(stream: Bool, _ extra: String = "") -> String {
    #"{"model":"m","stream":\#(stream),"messages":[{"role":"user","content":"Hi"}]\#(extra)}"#
  }

  /// Chunks with fields that no other wire knows, in an order of their own.
  private static let chunks = [
    #"{"id":"a","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null}],"system_fingerprint":"f"}"#,
    #"{"id":"a","choices":[{"index":0,"delta":{"content":"x"},"logprobs":{"content":[{"token":"x","logprob":-1.50}]}}]}"#,
    #"{"id":"a","choices":[{"index":1,"delta":{"content":"the other"}}]}"#,
    #"{"id":"a","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"timings":{"ms":1.0}}"#,
    #"{"id":"a","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"details":{"cached":1}}}"#,
  ]

  @Test func chunksOfTheSameWireArePassedOnAsTheyAre() async throws {
    let rig = try RelayRig { _ in
      [.head(200)] + Self.chunks.map { .chunk("data: \($0)\n\n") } + [.chunk(": ping\n\ndata: [DONE]\n\n"), .end]
    }
    let answer = try await rig.ask("POST", Self.path, body(stream: true))
    #expect(eventData(answer) == Self.chunks + ["[DONE]"])
  }

  @Test func aServiceThatSaysNoDoneIsGivenOne() async throws {
    let rig = try RelayRig { _ in [.head(200)] + Self.chunks.map { .chunk("data: \($0)\r\n\r\n") } + [.end] }
    #expect(eventData(try await rig.ask("POST", Self.path, body(stream: true))) == Self.chunks + ["[DONE]"])
  }

  @Test func aWholeAnswerOfTheSameWireIsPassedOnAsItIs() async throws {
    let whole =
      #"{"id":"z","choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}],"#
      + #""q":1.50}"#
    let rig = try RelayRig { _ in [.response(200, ["Content-Type: application/json"], body: whole)] }
    let answer = try await rig.ask("POST", Self.path, body(stream: false))
    #expect(answer.hasSuffix("\r\n\r\n" + whole) && answer.contains("Content-Type: application/json\r\n"))
  }

  @Test func theRequestIsPassedOnWithAllItsFields() async throws {
    let rig = try RelayRig(
      configure: {
        $0.service.parameters.temperature = 0.5
        $0.service.parameters.maxTokens = 99
      }, answer: { _ in RelayRig.answer(["x"]) })
    let extra = #","max_completion_tokens":7,"tools":[{"type":"function","function":{"name":"f"}}],"new":{"a":[1.5]}"#
    _ = try await rig.ask("POST", Self.path, body(stream: true, extra))
    let request = await rig.upstream.nextRequest()
    let sent = try #require(JSONReader.value(of: request.body))
    let asked = try #require(JSONReader.value(of: Array(body(stream: true, extra).utf8)))
    guard case .object(var fields) = sent, case .object(let expected) = asked else { throw CancellationError() }
    #expect(fields.removeValue(forKey: "temperature") == .number(0.5), "the relay's own, where none is given")
    #expect(fields == expected)
    #expect(request.header("Authorization") == "Bearer \(RelayRig.key)")
  }

  @Test func aModelIsLookedForOnce() async throws {
    let rig = try RelayRig(model: nil) { request in
      request.method == "GET"
        ? [.response(200, body: #"{"data":[{"id":"first"},{"id":"second"}]}"#)] : RelayRig.answer(["x"])
    }
    for _ in 1...2 {
      let body = #"{"model":"default","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#
      #expect(try await rig.ask("POST", Self.path, body).contains("[DONE]"))
    }
    #expect(rig.upstream.requests.map(\.method) == ["GET", "POST", "POST"])
    #expect(rig.upstream.requests.last?.bodyText.contains(#""model":"first""#) == true)
  }

  @Test(arguments: [
    (429, "rate_limit", "slow_down"), (400, "bad", "context"),
    (404, "x", "model_not_found"), (500, "server_error", "oops"), (503, "server_error", "busy"),
  ])
  func errorsKeepStatusAndShape(status: Int, type: String, code: String) async throws {
    let error = #"{"error":{"message":"It said no \#(RelayRig.key)","type":"\#(type)","param":"p","code":"\#(code)"}}"#
    let rig = try RelayRig { _ in [.response(status, ["Retry-After: 3"], body: error)] }
    for stream in [true, false] {
      let answer = try await rig.ask("POST", Self.path, body(stream: stream))
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(answer.contains(#""type":"\#(type)""#) && answer.contains(#""code":"\#(code)""#), "\(answer)")
      #expect(answer.contains(#""param":"p""#) && answer.contains("It said no"))
      if status == 429 { #expect(answer.contains("Retry-After: 3\r\n")) }
    }
  }

  /// The client makes its requests anew itself, if only it hears when.
  @Test(arguments: [true, false]) func aLongWaitIsTheClients(stream: Bool) async throws {
    let rig = try RelayRig(
      configure: { $0.service.retries = 2 },
      answer: { _ in [.response(429, ["Retry-After: 60"], body: #"{"error":{"message":"Slow down","code":"s"}}"#)] })
    let answer = try await rig.ask("POST", Self.path, body(stream: stream))
    #expect(answer.hasPrefix("HTTP/1.1 429 ") && answer.contains("Retry-After: 60\r\n") && answer.contains("Slow down"))
    #expect(rig.upstream.requests.count == 1)
  }

  @Test func aRefusedKeyIsNotShownNotEvenInPart() async throws {
    let hint = RelayRig.key.prefix(6) + "****" + RelayRig.key.suffix(4)
    let error = #"{"error":{"message":"Incorrect API key: \#(hint)","type":"t","param":null,"code":"invalid_api_key"}}"#
    let rig = try RelayRig { _ in [.response(401, body: error)] }
    for stream in [true, false] {
      let answer = try await rig.ask("POST", Self.path, body(stream: stream))
      #expect(answer.hasPrefix("HTTP/1.1 401 ") && answer.contains(#""code":"invalid_api_key""#))
      #expect(answer.contains("refused its key") && !answer.contains("****"))
    }
  }

  @Test func whatComesAfterTheEndDoesNotCount() async throws {
    let done: [FaultServer.Step] = [.chunk("data: [DONE]\n\n"), .chunk(RelayRig.chunk("NEVER")), .end]
    let rig = try RelayRig { _ in [.head(200), .chunk(RelayRig.chunk("x"))] + done }
    let data = eventData(try await rig.ask("POST", Self.path, body(stream: true)))
    #expect(data.count == 2 && data.last == "[DONE]")
    let broken = try RelayRig { _ in
      [.head(200), .chunk(RelayRig.chunk("x") + "data: {bad\n\n" + RelayRig.chunk("NEVER")), .end]
    }
    let rest = eventData(try await broken.ask("POST", Self.path, body(stream: true)))
    #expect(rest.count == 3 && rest[1].contains(#""code":"protocol""#))
  }

  @Test func noServerIsABadGateway() async throws {
    let closed = try ClosedPort()
    let rig = try RelayRig(
      configure: { $0.service.provider.endpoint = "http://127.0.0.1:\(closed.port)/v1" }, answer: { _ in [] })
    #expect(try await rig.ask("POST", Self.path, body(stream: true)).hasPrefix("HTTP/1.1 502 "))
    withExtendedLifetime(closed) {}
  }

  @Test func aSilentServiceIsAGatewayTimeout() async throws {
    let rig = try RelayRig(
      configure: { $0.service.timeouts.total = .milliseconds(30) }, answer: { _ in [.head(200), .stall] })
    for stream in [true, false] {
      let answer = try await rig.ask("POST", Self.path, body(stream: stream))
      #expect(answer.hasPrefix("HTTP/1.1 504 ") && answer.contains("timeout"))
    }
  }

  @Test func anErrorInMidStreamIsOneInOpenAIsForm() async throws {
    let rig = try RelayRig { _ in
      [.head(200), .chunk(RelayRig.chunk("one")), .chunk("data: {\"error\":{\"message\":\"went wrong\"}}\n\n"), .end]
    }
    let data = eventData(try await rig.ask("POST", Self.path, body(stream: true)))
    #expect(data.count == 3 && data[0].contains("one") && data[2] == "[DONE]")
    #expect(data[1].hasPrefix(#"{"error":{"#) && data[1].contains("went wrong"))
  }

  @Test func aStreamThatBreaksOffSaysSo() async throws {
    let rig = try RelayRig { _ in [.head(200), .chunk(RelayRig.chunk("one")), .reset] }
    let data = eventData(try await rig.ask("POST", Self.path, body(stream: true)))
    #expect(data.count == 3 && data[1].contains(#""code":"truncated""#) && data[2] == "[DONE]")
  }

  @Test func aKeyThatTheServiceRepeatsStaysHere() async throws {
    let rig = try RelayRig { _ in RelayRig.answer(["your key is \(RelayRig.key)!"]) }
    let answer = try await rig.ask("POST", Self.path, body(stream: true))
    #expect(answer.contains("your key is •••!"))
  }

  // MARK: Another wire

  private static let responsesStream: [FaultServer.Step] = [
    .head(200),
    .chunk(#"data: {"type":"response.created","response":{"id":"r","model":"rm"}}"# + "\n\n"),
    .chunk(#"data: {"type":"response.output_text.delta","delta":"Hel"}"# + "\n\n"),
    .chunk(#"data: {"type":"response.output_text.delta","delta":"lo"}"# + "\n\n"),
    .chunk(
      #"data: {"type":"response.completed","response":{"id":"r","model":"rm","status":"completed","#
        + #""usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}}"# + "\n\n"),
    .end,
  ]

  @Test func anotherWireIsTranslated() async throws {
    let rig = try RelayRig(kind: .openaiResponses) { _ in Self.responsesStream }
    let extra = #","stream_options":{"include_usage":true},"n":1,"tool_choice":"auto""#
    let data = eventData(try await rig.ask("POST", Self.path, body(stream: true, extra)))
    #expect(data.count == 6 && data[0].contains(#""delta":{"content":"","role":"assistant"}"#))
    #expect(data[1].contains(#""delta":{"content":"Hel"}"#) && data[1].contains(#""model":"rm""#))
    #expect(data[3].contains(#""finish_reason":"stop""#))
    #expect(data[4].contains(#""usage":{"completion_tokens":2,"prompt_tokens":3,"total_tokens":5}"#))
    #expect(data[5] == "[DONE]")
    #expect(await rig.upstream.nextRequest().bodyText.contains(#""input":[{"content":"Hi""#))
  }

  @Test func anotherWireInOnePiece() async throws {
    let rig = try RelayRig(kind: .openaiResponses) { _ in Self.responsesStream }
    let answer = try await rig.ask("POST", Self.path, body(stream: false))
    #expect(answer.contains(#""message":{"content":"Hello","role":"assistant"}"#))
    #expect(answer.contains(#""object":"chat.completion""#) && answer.contains(#""total_tokens":5"#))
  }

  @Test func theOutputOfAToolIsTranslated() async throws {
    let rig = try RelayRig(kind: .openaiResponses) { _ in Self.responsesStream }
    let call = #"{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}"#
    let talk =
      #"{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[\#(call)]},"#
      + #"{"role":"tool","tool_call_id":"c","content":"42"}]}"#
    #expect(try await rig.ask("POST", Self.path, talk).contains("Hello"))
    let sent = await rig.upstream.nextRequest().bodyText
    #expect(sent.contains(#"{"arguments":"{}","call_id":"c","name":"f","type":"function_call"}"#))
    #expect(sent.contains(#"{"call_id":"c","output":"42","type":"function_call_output"}"#))
  }

  @Test(arguments: [#""n":2"#, #""stop":["x"]"#, #""response_format":{"type":"json_object"}"#, #""surprise":1"#])
  func whatAnotherWireCannotSayIsRefused(field: String) async throws {
    let rig = try RelayRig(kind: .openaiResponses) { _ in Self.responsesStream }
    let answer = try await rig.ask("POST", Self.path, body(stream: true, "," + field))
    #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("unsupported_parameter"))
    #expect(rig.upstream.requests.isEmpty)
  }

  // MARK: The other routes

  @Test func modelsAreListed() async throws {
    let rig = try RelayRig { _ in [.response(200, body: #"{"data":[{"id":"a"},{"id":"b"}]}"#)] }
    let answer = try await rig.ask("GET", "/v1/models")
    let first = #"{"created":0,"id":"a","object":"model","owned_by":"openai"}"#
    #expect(answer.contains(#"{"data":[\#(first),{"created":0,"id":"b""#))
    #expect(answer.hasSuffix(#"],"object":"list"}"#))
    let refusing = try RelayRig { _ in [.response(401, body: "{}")] }
    #expect(try await refusing.ask("GET", "/v1/models").hasPrefix("HTTP/1.1 401 "))
  }

  @Test func healthNeedsNoToken() async throws {
    let rig = try RelayRig { _ in [] }
    #expect(try await ChatServerTests.ask(rig.port, "GET", "/healthz").hasSuffix("\r\n\r\nok"))
    #expect(try await ChatServerTests.ask(rig.port, "HEAD", "/healthz").hasPrefix("HTTP/1.1 200 "))
  }

  @Test func healthIsToldHoweverMuchRuns() async throws {
    let rig = try RelayRig(limits: .init(requests: 1)) { _ in [.head(200), .chunk(RelayRig.chunk("one")), .stall] }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    _ = try await client.read(until: "one")
    #expect(try await rig.ask("GET", "/api/prompts").hasPrefix("HTTP/1.1 503 "))
    #expect(try await ChatServerTests.ask(rig.port, "GET", "/healthz").hasSuffix("\r\n\r\nok"))
  }

  @Test func thePageNeedsNoTokenAndBringsAllItNeeds() async throws {
    let rig = try RelayRig { _ in [] }
    let answers = [
      try await ChatServerTests.ask(rig.port, "GET", "/"), try await ChatServerTests.ask(rig.port, "GET", "/"),
    ]
    var nonces: Set<Substring> = []
    for answer in answers {
      #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Content-Type: text/html; charset=utf-8\r\n"))
      let lines = answer.split(whereSeparator: \.isNewline)
      let policy = try #require(lines.first { $0.hasPrefix("Content-Security-Policy") })
      #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
      let nonce = try #require(policy.firstRange(of: "'nonce-").map { policy[$0.upperBound...].prefix { $0 != "'" } })
      #expect(answer.contains("<script nonce=\"\(nonce)\">") && answer.contains("<style nonce=\"\(nonce)\">"))
      #expect(!answer.contains("{{") && !answer.contains(RelayRig.token) && !answer.contains("innerHTML"))
      nonces.insert(nonce)
    }
    #expect(nonces.count == 2)
  }

  @Test func promptsAreListed() async throws {
    let rig = try RelayRig(
      configure: { $0.systemPrompt = SystemPrompt(name: "own", text: "Mine.") }, answer: { _ in [] })
    let answer = try await rig.ask("GET", "/api/prompts")
    #expect(answer.contains(#""selected":"own""#) && answer.contains(#"{"name":"own","summary":"","text":"Mine."}"#))
    #expect(answer.contains(#""name":"translator""#) && answer.contains(#""model":"m""#))
  }
}

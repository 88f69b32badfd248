import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

@testable import ChatServer

/// `POST /chat/stream`.
@Suite(.timeLimit(.minutes(1)))
struct RelayChatStreamTests {
  @Test func anAnswerIsStreamed() async throws {
    let rig = try RelayRig { _ in RelayRig.answer(["Hel", "lo"]) }
    for path in ["/chat/stream", "/api/chat/stream"] {
      let answer = try await rig.ask("POST", path, #"{"prompt":"Hi"}"#)
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
      for line in [
        "Content-Type: text/event-stream; charset=utf-8", "Cache-Control: no-cache", "X-Accel-Buffering: no",
      ] { #expect(answer.contains(line + "\r\n")) }
      #expect(
        eventData(answer) == [
          #"{"content":"Hel","finish_reason":null}"#, #"{"content":"lo","finish_reason":null}"#,
          #"{"content":"","finish_reason":"stop"}"#, "[DONE]",
        ])
    }
  }

  /// Bodies, and the messages that the service gets for them.
  @Test(arguments: [
    (#"{"prompt":"Hi"}"#, #"[{"content":"P","role":"system"},{"content":"Hi","role":"user"}]"#),
    (#"{"PROMPT":"Hi"}"#, #"[{"content":"P","role":"system"},{"content":"Hi","role":"user"}]"#),
    (#"{"message":"Hi","systemPrompt":"S"}"#, #"[{"content":"S","role":"system"},{"content":"Hi","role":"user"}]"#),
    (#"{"Message":"Hi","SystemPrompt":"S"}"#, #"[{"content":"S","role":"system"},{"content":"Hi","role":"user"}]"#),
    (
      #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}"#,
      #"[{"content":"P","role":"system"},{"content":"a","role":"user"},{"content":"b","role":"assistant"},"#
        + #"{"content":"c","role":"user"}]"#
    ),
    (
      #"{"Messages":[{"Role":"System","Content":"T"},{"Role":"User","Content":[{"type":"text","text":"a"}]}]}"#,
      #"[{"content":"T","role":"system"},{"content":"a","role":"user"}]"#
    ),
  ])
  func bodies(body: String, messages: String) async throws {
    let rig = try RelayRig(
      configure: {
        $0.systemPrompt = SystemPrompt(name: "p", text: "P")
        $0.isPromptChosen = true
      }, answer: { _ in RelayRig.answer(["x"]) })
    #expect(try await rig.ask("POST", "/chat/stream", body).contains("[DONE]"))
    #expect(await rig.upstream.nextRequest().bodyText.contains(#""messages":\#(messages)"#))
  }

  @Test func thePromptMayStandInTheAddress() async throws {
    let rig = try RelayRig { _ in RelayRig.answer(["x"]) }
    #expect(try await rig.ask("POST", "/chat/stream?prompt=one+two%20%E2%9C%93&x=1").contains("[DONE]"))
    #expect(await rig.upstream.nextRequest().bodyText.contains(#""content":"one two ✓","role":"user""#))
  }

  @Test func parametersArePassedOn() async throws {
    let rig = try RelayRig(
      configure: { $0.service.parameters.temperature = 0.5 }, answer: { _ in RelayRig.answer(["x"]) })
    _ = try await rig.ask("POST", "/chat/stream", #"{"prompt":"Hi","maxTokens":7,"model":"other"}"#)
    let body = await rig.upstream.nextRequest().bodyText
    for sign in [#""max_tokens":7"#, #""model":"other""#, #""temperature":0.5"#] { #expect(body.contains(sign)) }
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"prompt":""}"#, #"{"prompt":7}"#, #"{"messages":[]}"#, #"{"messages":{}}"#,
    #"{"messages":["a"]}"#, #"{"messages":[{"role":"robot","content":"a"}]}"#,
    #"{"messages":[{"role":"user","content":7}]}"#, #"{"prompt":"a","max_tokens":0}"#,
    #"{"prompt":"a","max_tokens":"many"}"#, #"{"prompt":"a","systemPrompt":{}}"#,
    #"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}"#,
  ])
  func badBodiesAreExplained(body: String) async throws {
    let rig = try RelayRig { _ in [.response(500, body: "")] }
    let answer = try await rig.ask("POST", "/chat/stream", body)
    #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains(#""error":{"#), "\(answer)")
    #expect(rig.upstream.requests.isEmpty)
  }

  @Test func aPieceLeavesAsSoonAsItComes() async throws {
    let gates = [FaultServer.Gate(), FaultServer.Gate()]
    let rig = try RelayRig { _ in
      [
        .head(200), .chunk(RelayRig.chunk("one")), .wait(gates[0]), .chunk(RelayRig.chunk("two")), .wait(gates[1]),
        .chunk("data: [DONE]\n\n"), .end,
      ]
    }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    #expect(try await client.read(until: "one").contains("200 OK"))
    gates[0].open()
    #expect(try await client.read(until: "two").contains("two"))
    gates[1].open()
    #expect(try await client.read(until: "0\r\n\r\n").contains("[DONE]"))
  }

  @Test func aSilenceIsFilledWithSignsOfLife() async throws {
    let gate = FaultServer.Gate()
    let rig = try RelayRig(keepAlive: .milliseconds(5)) { _ in
      [.head(200), .wait(gate)] + RelayRig.answer(["x"]).dropFirst()
    }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    #expect(try await client.read(until: ": keep-alive\n\n").contains(": keep-alive\n\n"))
    gate.open()
    #expect(try await client.read(until: "[DONE]").contains(#"{"content":"x""#))
  }

  @Test func anErrorInMidStreamIsAnEvent() async throws {
    let rig = try RelayRig { _ in
      [.head(200), .chunk(RelayRig.chunk("one")), .chunk("data: {\"error\":{\"message\":\"went wrong\"}}\n\n"), .end]
    }
    let data = eventData(try await rig.ask("POST", "/chat/stream", #"{"prompt":"Hi"}"#))
    #expect(data.first == #"{"content":"one","finish_reason":null}"#)
    #expect(data.dropFirst().first?.hasPrefix(#"{"error":""#) == true && data[1].contains("went wrong"))
    #expect(data.last == "[DONE]" && data.count == 3)
  }

  @Test func aRefusedKeyIsAnErrorThatDoesNotTellIt() async throws {
    let rig = try RelayRig { _ in [.response(401, body: #"{"error":{"message":"Wrong key \#(RelayRig.key)"}}"#)] }
    let data = eventData(try await rig.ask("POST", "/chat/stream", #"{"prompt":"Hi"}"#))
    #expect(data.first?.contains("refused its key") == true && data.last == "[DONE]")
  }

  @Test func aClientThatLeavesEndsTheTurn() async throws {
    let rig = try RelayRig { _ in [.head(200), .chunk(RelayRig.chunk("one")), .stall] }
    for path in ["/chat/stream", "/v1/chat/completions"] {
      let body = #"{"messages":[{"role":"user","content":"Hi"}],"stream":true}"#
      let client = try await rig.client("POST", path, body)
      _ = try await client.read(until: "one")
      client.leave()
      #expect(await rig.upstream.nextDeparture(within: .seconds(5)) != nil)
    }
  }

  @Test func aClientThatLeavesWhileTheModelThinksEndsTheTurn() async throws {
    let rig = try RelayRig { _ in [.stall] }
    for path in ["/chat/stream", "/v1/chat/completions"] {
      let client = try await rig.client("POST", path, #"{"messages":[{"role":"user","content":"Hi"}]}"#)
      _ = await rig.upstream.nextRequest()
      client.leave()
      #expect(await rig.upstream.nextDeparture(within: .seconds(5)) != nil)
    }
  }

  @Test func aClientThatDoesNotReadHoldsTheServiceBack() async throws {
    let text = String(repeating: "x", count: 16 << 10)
    let rig = try RelayRig { _ in [.head(200), .endless(RelayRig.chunk(text))] }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    _ = try await client.read(until: "xxx")
    // Hundreds of pieces are more than all buffers hold: they come only if reading on wakes the service again and again.
    var count = 0
    while count < 4 << 20 { count += try await client.read().utf8.count }
    client.leave()
    #expect(await rig.upstream.nextDeparture(within: .seconds(5)) != nil)
  }

  @Test func aClientThatNeverReadsIsLetGo() async throws {
    let text = String(repeating: "x", count: 16 << 10)
    let rig = try RelayRig(limits: .init(idleSeconds: 1)) { _ in [.head(200), .endless(RelayRig.chunk(text))] }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    #expect(await rig.upstream.nextDeparture(within: .seconds(30)) != nil)
    client.leave()
  }

  @Test func stoppingLetsAnswersEnd() async throws {
    let gate = FaultServer.Gate()
    let rig = try RelayRig { _ in
      [
        .head(200), .chunk(RelayRig.chunk("one")), .wait(gate), .chunk(RelayRig.chunk("two")),
        .chunk("data: [DONE]\n\n"), .end,
      ]
    }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    _ = try await client.read(until: "one")
    let stopping = Task { [relay = rig.relay] in await relay.finish(within: .seconds(30)) }
    gate.open()
    #expect(try await client.readAll().contains(#"{"content":"two","finish_reason":null}"#))
    await stopping.value
    #expect(throws: SocketClient.Failure.self) { _ = try SocketClient(port: rig.port) }
  }

  @Test func whatRunsOnIsCutOffWithAWord() async throws {
    let rig = try RelayRig { _ in [.head(200), .chunk(RelayRig.chunk("one")), .stall] }
    let body = #"{"messages":[{"role":"user","content":"Hi"}],"stream":true}"#
    let first = try await rig.client("POST", "/chat/stream", body)
    let second = try await rig.client("POST", "/v1/chat/completions", body)
    _ = try await first.read(until: "one")
    _ = try await second.read(until: "one")
    await rig.relay.finish(within: .milliseconds(10))
    for client in [first, second] {
      let data = eventData(try await client.readAll())
      #expect(data.count == 2 && data[0].contains("stopping") && data[1] == "[DONE]")
    }
  }
}

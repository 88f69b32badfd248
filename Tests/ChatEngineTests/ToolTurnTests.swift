import ChatEngine
import ChatModel
import ChatWire
import Synchronization
import TestSupport
import Testing

/// Answers each call by its name and arguments; may wait until its task is cancelled.
private final class Runner: ToolRunner {
  let isSlow: Bool
  let began = Inbox<Void>()
  let wasCancelled = Inbox<Bool>()
  init(isSlow: Bool = false) { self.isSlow = isSlow }

  func takes(_ calls: [ToolCall]) -> Bool { calls.contains { $0.name == "look" } }

  func answer(_ calls: [ToolCall]) async -> [String] {
    began.put(())
    if isSlow {
      let (stream, end) = AsyncStream.makeStream(of: Void.self)
      for await _ in stream {}
      end.finish()
      wasCancelled.put(Task.isCancelled)
    }
    return calls.map { "saw \($0.arguments)" }
  }
}

@Suite struct ToolTurnTests {
  private func call(_ id: String, _ name: String = "look") -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"\(id)\",\"function\":"
      + "{\"name\":\"\(name)\",\"arguments\":\"\(id)!\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n"
  }

  private func reply(_ text: String) -> ScriptedTransport.Reply {
    { transfer in
      transfer.answer()
      transfer.send(text + done)
      transfer.end()
    }
  }

  private func session(
    _ transport: ScriptedTransport, _ runner: any ToolRunner, provider: Provider = openAI()
  ) -> ChatSession {
    ChatSession(
      provider: provider, transport: transport, clock: TurnClock(TestClock()), retries: 0, toolRunner: runner)
  }

  @Test func theTurnGoesOnWithWhatTheToolsSay() async throws {
    let transport = ScriptedTransport(playing: [
      reply(chunk("Let me look. ") + call("c1")), reply(call("c2")), reply(chunk("It is so.", finish: "stop")),
      reply(chunk("Bye.", finish: "stop")),
    ])
    let session = session(transport, Runner())
    let (updates, result) = await session.send("Why?").collect()
    let whole = try #require(result)
    #expect(whole.content == "Let me look. It is so." && whole.status == .complete && whole.finishReason == "stop")
    #expect(whole.toolCalls.map(\.id) == ["c1", "c2"] && whole.rounds.map(\.outputs) == [["saw c1!"], ["saw c2!"]])
    let rounds = updates.compactMap { if case .toolsAnswered(let round) = $0 { round } else { nil } }
    #expect(rounds == whole.rounds)
    #expect(transport.requests.count == 3)
    let body = String(decoding: transport.requests[2].body ?? [], as: UTF8.self)
    #expect(body.contains(#"{"content":"saw c1!","role":"tool","tool_call_id":"c1"}"#), "\(body)")
    #expect(body.contains(#"{"content":"saw c2!","role":"tool","tool_call_id":"c2"}"#))
    // The next question is told of it, too.
    _ = await session.send("And?").result()
    let next = String(decoding: transport.requests[3].body ?? [], as: UTF8.self)
    #expect(next.contains(#""tool_call_id":"c2""#) && next.contains("It is so."))
  }

  @Test func ofOneModelTheRoundsAreLimited() async throws {
    let transport = ScriptedTransport(playing: (1...12).map { reply(call("c\($0)")) })
    let result = await session(transport, Runner()).send("Why?").result()
    #expect(transport.requests.count == 11)
    #expect(result?.rounds.count == 10 && result?.toolCalls.count == 11)
    #expect(result?.lastPart.toolCalls.map(\.id) == ["c11"] && result?.status == .complete)
  }

  @Test func aToolThatNobodyHasEndsTheTurn() async throws {
    let transport = ScriptedTransport(playing: [reply(call("c1", "other"))])
    let result = await session(transport, Runner()).send("Why?").result()
    #expect(result?.finishReason == "tool_calls" && result?.rounds == [] && transport.requests.count == 1)
  }

  @Test func stoppingEndsTheTools() async throws {
    let transport = ScriptedTransport(playing: [reply(chunk("Wait. ") + call("c1"))])
    let runner = Runner(isSlow: true)
    let session = session(transport, runner)
    let updates = await session.send("Why?")
    await runner.began.next()
    #expect(await session.isRunning)
    await session.cancel()
    let result = await updates.result()
    #expect(result?.status == .cancelled && result?.content == "Wait. " && result?.toolCalls.count == 1)
    #expect(await runner.wasCancelled.next())
    #expect(await session.isRunning == false && transport.requests.count == 1)
  }

  @Test func aFailureAfterToolsKeepsWhatCame() async throws {
    let transport = ScriptedTransport(playing: [reply(chunk("Wait. ") + call("c1"))])
    let result = await session(transport, Runner()).send("Why?").result()
    #expect(result?.status == .failed && result?.content == "Wait. " && result?.rounds.count == 1)
  }

  @Test func aStoredResponseIsToldOfTheOutputAlone() async throws {
    var provider = openAI()
    provider.kind = .openaiResponses
    let first =
      #"data: {"type":"response.created","response":{"id":"r1"}}"# + "\n\n"
      + #"data: {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f","call_id":"#
      + #""c1","name":"look","arguments":""}}"# + "\n\n"
      + #"data: {"type":"response.function_call_arguments.done","output_index":0,"item_id":"f","arguments":"{}"}"#
      + "\n\n" + #"data: {"type":"response.completed","response":{"id":"r1","status":"completed"}}"# + "\n\n"
    let second =
      #"data: {"type":"response.output_text.delta","delta":"Fine."}"# + "\n\n"
      + #"data: {"type":"response.completed","response":{"id":"r2","status":"completed"}}"# + "\n\n"
    let transport = ScriptedTransport(playing: [reply(first), reply(second)])
    let result = await session(transport, Runner(), provider: provider).send("Why?").result()
    #expect(result?.content == "Fine." && result?.rounds.first?.outputs == ["saw {}"], "\(String(describing: result))")
    let body = String(decoding: transport.requests[1].body ?? [], as: UTF8.self)
    #expect(body.contains(#""previous_response_id":"r1""#), "\(body)")
    #expect(body.contains(#""input":[{"call_id":"c1","output":"saw {}","type":"function_call_output"}]"#), "\(body)")
  }
}

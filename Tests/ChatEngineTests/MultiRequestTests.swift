import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Turns with services that keep the talk: what is asked in which order, what is remembered, what is told at the end.
@Suite(.timeLimit(.minutes(1))) struct MultiRequestTests {
  private static func provider(_ kind: ProviderKind) -> Provider {
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: "https://api.example/v1")
    provider.model = "m"
    provider.assistantID = "asst_1"
    return provider
  }
  private let assistants = Bench(MultiRequestTests.provider(.openaiAssistants))
  private let responses = Bench(MultiRequestTests.provider(.openaiResponses))

  private func event(_ json: String) -> String { "data: \(json)\n\n" }
  private func text(_ text: String) -> String {
    event(#"{"object":"thread.message.delta","delta":{"content":[{"type":"text","text":{"value":"\#(text)"}}]}}"#)
  }
  private func run(_ status: String) -> String {
    event(#"{"object":"thread.run","id":"run_1","status":"\#(status)"}"#)
  }

  /// Answers the next request, which has to be for that path, with a document.
  private func reply(
    _ bench: Bench, _ path: String, _ body: String = #"{"id":"msg_1"}"#, status: Int = 200
  ) async -> ScriptedTransfer {
    let transfer = await bench.transport.next()
    #expect(transfer.request.url == "https://api.example/v1" + path)
    transfer.answer(status: status, headers: [HTTPField("content-type", "application/json")])
    transfer.send(body)
    transfer.end()
    return transfer
  }

  /// Begins the streamed answer to the next request, which has to be for that path.
  private func stream(_ bench: Bench, _ path: String, _ events: String) async -> ScriptedTransfer {
    let transfer = await bench.transport.next()
    #expect(transfer.request.url == "https://api.example/v1" + path)
    transfer.answer()
    transfer.send(events)
    return transfer
  }

  // MARK: Assistants

  @Test func theThreadIsMadeOnceAndKept() async throws {
    let first = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    let message = await reply(assistants, "/threads/t/messages")
    #expect(message.bodyText == #"{"content":"one","role":"user"}"#)
    _ = await stream(assistants, "/threads/t/runs", run("queued") + text("Hi") + run("completed"))
    let (changes, result) = await first.collect()
    #expect(result?.content == "Hi" && result?.status == .complete && result?.threadID == "t")
    #expect(changes.first == .started(prompt: "one"))
    #expect(await assistants.session.conversation.threadID == "t")
    let second = await assistants.session.send("two")
    let next = await reply(assistants, "/threads/t/messages")
    #expect(next.bodyText == #"{"content":"two","role":"user"}"#)
    _ = await stream(assistants, "/threads/t/runs", run("completed"))
    #expect(await second.result()?.status == .complete)
    await assistants.session.clear()
    _ = await assistants.session.send("three")
    _ = await reply(assistants, "/threads", #"{"id":"u"}"#)
  }

  @Test func anAnswerThatIsAskedAnewGetsAThreadWithoutTheOldOne() async throws {
    let first = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages")
    _ = await stream(assistants, "/threads/t/runs", text("Hi") + run("completed"))
    _ = await first.result()
    let again = try #require(await assistants.session.retry())
    let thread = await reply(assistants, "/threads", #"{"id":"u"}"#)
    #expect(thread.bodyText == "{}")
    _ = await reply(assistants, "/threads/u/messages")
    _ = await stream(assistants, "/threads/u/runs", text("Hello") + run("completed"))
    #expect(await again.result()?.threadID == "u")
  }

  @Test func whatIsTakenBackIsNotInTheNextThread() async throws {
    for (question, answer) in [("one", "1"), ("two", "2")] {
      let updates = await assistants.session.send(question)
      if question == "one" { _ = await reply(assistants, "/threads", #"{"id":"t"}"#) }
      _ = await reply(assistants, "/threads/t/messages")
      _ = await stream(assistants, "/threads/t/runs", text(answer) + run("completed"))
      _ = await updates.result()
    }
    await assistants.session.takeBack(1)
    _ = await assistants.session.send("zwei")
    let thread = await reply(assistants, "/threads", #"{"id":"u"}"#)
    #expect(
      thread.bodyText == #"{"messages":[{"content":"one","role":"user"},{"content":"1","role":"assistant"}]}"#)
  }

  @Test func aStoredResponseOfAnotherWayIsNotContinued() async throws {
    for (question, id) in [("one", "resp_1"), ("two", "resp_2")] {
      let updates = await responses.session.send(question)
      _ = await stream(responses, "/responses", completed(id))
      _ = await updates.result()
    }
    await responses.session.takeBack(1)
    _ = await responses.session.send("zwei")
    #expect(await responses.transport.next().bodyText.contains(#""previous_response_id":"resp_1""#))
    await responses.session.takeBack(2)
    _ = await responses.session.send("eins")
    #expect(await !responses.transport.next().bodyText.contains("previous_response_id"))
  }

  @Test func aCancelledRunIsCancelledOnTheServer() async throws {
    var updates = await assistants.session.send("one").makeAsyncIterator()
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages")
    let transfer = await stream(assistants, "/threads/t/runs", run("in_progress") + text("Hi"))
    await assistants.waitForEvents(&updates)
    await assistants.session.cancel()
    #expect(transfer.isCancelled)
    #expect(await assistants.result(&updates)?.status == .cancelled)
    let farewell = await reply(assistants, "/threads/t/runs/run_1/cancel", #"{"id":"run_1"}"#)
    #expect(farewell.request.method == "POST")
    await assistants.session.finishFarewells()
    // The run may still be held to be active: the talk goes on in a new thread then.
    let second = await assistants.session.send("two")
    let refusal = #"{"error":{"message":"Can't add messages to t while a run run_1 is active."}}"#
    _ = await reply(assistants, "/threads/t/messages", refusal, status: 400)
    let thread = await reply(assistants, "/threads", #"{"id":"u"}"#)
    #expect(
      thread.bodyText
        == #"{"messages":[{"content":"one","role":"user"},{"content":"Hi","role":"assistant"}]}"#)
    _ = await reply(assistants, "/threads/u/messages")
    _ = await stream(assistants, "/threads/u/runs", run("completed"))
    #expect(await second.result()?.threadID == "u")
    #expect(await assistants.session.conversation.threadID == "u")
  }

  @Test func aThreadThatIsStillHeldIsWaitedFor() async throws {
    let refusal = #"{"error":{"message":"Can't add messages to t while a run run_1 is active."}}"#
    var updates = await assistants.session.send("one").makeAsyncIterator()
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    for _ in 0..<10 {
      _ = await reply(assistants, "/threads/t/messages", refusal, status: 400)
      await assistants.wait(&updates) { if case .retrying(_, let wait) = $0 { wait == .seconds(1) } else { false } }
      assistants.clock.advance(by: .seconds(1))
    }
    _ = await reply(assistants, "/threads/t/messages")
    _ = await stream(assistants, "/threads/t/runs", text("Hi") + run("completed"))
    #expect(await assistants.result(&updates)?.content == "Hi")
  }

  @Test func aThreadThatIsHeldForeverIsToldAndEscEndsTheWait() async throws {
    let refusal = #"{"error":{"message":"Can't add messages to t while a run run_1 is active."}}"#
    var updates = await assistants.session.send("one").makeAsyncIterator()
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    for _ in 0..<10 {
      _ = await reply(assistants, "/threads/t/messages", refusal, status: 400)
      await assistants.wait(&updates) { if case .retrying(_, let wait) = $0 { wait == .seconds(1) } else { false } }
      assistants.clock.advance(by: .seconds(1))
    }
    _ = await reply(assistants, "/threads/t/messages", refusal, status: 400)
    #expect(await assistants.result(&updates)?.error?.status == 400)
    updates = try #require(await assistants.session.retry()).makeAsyncIterator()
    _ = await reply(assistants, "/threads/t/messages", refusal, status: 400)
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages", refusal, status: 400)
    await assistants.wait(&updates) { if case .retrying(_, let wait) = $0 { wait == .seconds(1) } else { false } }
    await assistants.session.cancel()
    #expect(await assistants.result(&updates)?.status == .cancelled)
  }

  @Test func aFarewellThatNobodyAnswersIsGivenUp() async throws {
    var updates = await assistants.session.send("one").makeAsyncIterator()
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages")
    _ = await stream(assistants, "/threads/t/runs", run("in_progress"))
    await assistants.waitForEvents(&updates)
    await assistants.session.cancel()
    let farewell = await assistants.transport.next()
    while assistants.clock.sleeperCount == 0 { await Task.yield() }
    assistants.clock.advance(by: .seconds(3))
    await farewell.waitForCancel()
    await assistants.session.finishFarewells()
  }

  @Test func aRunThatTimesOutIsCancelledToo() async throws {
    let updates = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages")
    let transfer = await stream(assistants, "/threads/t/runs", run("in_progress") + text("Hi"))
    await transfer.waitForTake()
    while assistants.clock.sleeperCount == 0 { await Task.yield() }
    assistants.clock.advance(by: .seconds(301))
    #expect(await updates.result()?.status == .timedOut)
    _ = await reply(assistants, "/threads/t/runs/run_1/cancel")
    await assistants.session.finishFarewells()
  }

  @Test func aRunThatIsLostBeforeItsAnswerIsCancelledAndAskedForAgain() async throws {
    let bench = Bench(Self.provider(.openaiAssistants), retries: 1)
    var updates = await bench.session.send("one").makeAsyncIterator()
    _ = await reply(bench, "/threads", #"{"id":"t"}"#)
    _ = await reply(bench, "/threads/t/messages")
    await stream(bench, "/threads/t/runs", run("in_progress")).end()
    await bench.wait(&updates) { if case .retrying = $0 { true } else { false } }
    _ = await reply(bench, "/threads/t/runs/run_1/cancel")
    await bench.session.finishFarewells()
    bench.clock.advance(by: .milliseconds(500))
    // The run may not have ended yet: the question goes into a new thread then.
    let refusal = #"{"error":{"message":"Thread t already has an active run run_1."}}"#
    _ = await reply(bench, "/threads/t/runs", refusal, status: 400)
    _ = await reply(bench, "/threads", #"{"id":"u"}"#)
    _ = await reply(bench, "/threads/u/messages")
    _ = await stream(bench, "/threads/u/runs", text("Hi") + run("completed"))
    let result = await bench.result(&updates)
    #expect(result?.content == "Hi" && result?.threadID == "u")
  }

  @Test func aRunThatHasNoNameYetIsLookedForAndCancelled() async throws {
    let updates = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages")
    let transfer = await assistants.transport.next()
    await assistants.session.cancel()
    #expect(transfer.isCancelled)
    #expect(await updates.result()?.status == .cancelled)
    let runs = #"{"object":"list","data":[{"id":"run_7","status":"queued"}]}"#
    let lookUp = await reply(assistants, "/threads/t/runs?limit=1&order=desc", runs)
    #expect(lookUp.request.method == "GET")
    let farewell = await reply(assistants, "/threads/t/runs/run_7/cancel")
    #expect(farewell.request.method == "POST")
    await assistants.session.finishFarewells()
  }

  @Test(arguments: [
    #"{"data":[{"id":"run_7","status":"completed"}]}"#, #"{"data":[]}"#, #"{"error":{"message":"gone"}}"#, "",
  ]) func whereNoRunGoesOnNothingIsCancelled(_ runs: String) async throws {
    let updates = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages")
    _ = await assistants.transport.next()
    await assistants.session.cancel()
    _ = await updates.result()
    _ = await reply(assistants, "/threads/t/runs?limit=1&order=desc", runs)
    await assistants.session.finishFarewells()
    #expect(assistants.transport.requestCount == 4)
  }

  @Test func noRunNoFarewell() async throws {
    let updates = await assistants.session.send("one")
    let transfer = await assistants.transport.next()
    await assistants.session.cancel()
    #expect(transfer.isCancelled)
    #expect(await updates.result()?.status == .cancelled)
    await assistants.session.finishFarewells()
    #expect(assistants.transport.requestCount == 1)
  }

  @Test func anErrorWhilePreparingEndsTheTurn() async throws {
    let updates = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"error":{"message":"Bad key"}}"#, status: 401)
    let result = await updates.result()
    #expect(result?.status == .failed && result?.error?.kind == .auth && result?.error?.message == "Bad key")
    #expect(assistants.transport.requestCount == 1)
  }

  @Test func aMessageThatAnErrorAnswersUnderAGoodStatusWasNotTaken() async throws {
    let turn = await assistants.session.send("one")
    _ = await reply(assistants, "/threads", #"{"id":"t"}"#)
    _ = await reply(assistants, "/threads/t/messages", #"{"error":{"message":"no such role","code":400}}"#)
    let (_, result) = await turn.collect()
    #expect(result?.error?.message == "no such role")
    #expect(result?.error?.kind == .badRequest)
  }

  @Test func aStallWhilePreparingTimesOut() async throws {
    let updates = await assistants.session.send("one")
    let transfer = await assistants.transport.next()
    transfer.answer()
    await transfer.waitForTake()
    while assistants.clock.sleeperCount == 0 { await Task.yield() }
    assistants.clock.advance(by: .seconds(120))
    let result = await updates.result()
    #expect(result?.status == .timedOut && result?.error?.kind == .timeoutFirstChunk)
  }

  // MARK: Responses

  private func completed(_ id: String, _ more: String = "") -> String {
    event(#"{"type":"response.output_text.delta","delta":"Hi"}"#)
      + event(#"{"type":"response.completed","response":{"id":"\#(id)"\#(more)}}"#)
  }

  @Test func aStoredResponseIsContinued() async throws {
    let first = await responses.session.send("one")
    let opening = await stream(responses, "/responses", completed("resp_1"))
    #expect(!opening.bodyText.contains("previous_response_id"))
    #expect(await first.result()?.responseID == "resp_1")
    let second = await responses.session.send("two")
    let transfer = await stream(responses, "/responses", completed("resp_2", #","store":false"#))
    #expect(transfer.bodyText.contains(#""previous_response_id":"resp_1""#))
    #expect(transfer.bodyText.contains(#""input":[{"content":"two","role":"user","type":"message"}]"#))
    #expect(transfer.bodyText.contains(#""instructions":"You are"#))
    _ = await second.result()
    // What is not stored is not continued, nor is what came before it: the talk goes whole.
    _ = await responses.session.send("three")
    let whole = await responses.transport.next()
    #expect(!whole.bodyText.contains("previous_response_id"))
    #expect(["one", "two", "three"].allSatisfy { whole.bodyText.contains("\"\($0)\"") })
  }

  @Test(arguments: [
    (404, #"{"error":{"message":"Response with id 'resp_1' not found."}}"#, true),
    (400, #"{"error":{"message":"Previous response not found","code":"previous_response_not_found"}}"#, true),
    (400, #"{"error":{"message":"llama.cpp does not support 'previous_response_id'."}}"#, false),
  ]) func aResponseThatIsGoneIsAskedForWhole(status: Int, body: String, mayBeTriedAgain: Bool) async throws {
    let first = await responses.session.send("one")
    _ = await stream(responses, "/responses", completed("resp_1"))
    _ = await first.result()
    let second = await responses.session.send("two")
    _ = await reply(responses, "/responses", body, status: status)
    let whole = await stream(responses, "/responses", completed("resp_2"))
    #expect(!whole.bodyText.contains("previous_response_id") && whole.bodyText.contains("\"one\""))
    #expect(await second.result()?.status == .complete)
    _ = await responses.session.send("three")
    let third = await responses.transport.next()
    #expect(third.bodyText.contains("previous_response_id") == mayBeTriedAgain)
  }

  @Test(arguments: [
    (404, #"{"error":{"message":"not found"}}"#), (500, #"{"error":{"message":"Item with id 'msg_1' not found."}}"#),
    (503, ""), (400, #"{"error":{"message":"Bad state"}}"#),
    (
      200,
      "event: error\ndata: {\"type\":\"error\",\"code\":\"previous_response_not_found\",\"message\":\"Not found.\"}\n\n"
    ),
    (
      200, "data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"message\":\"m\"}}}\n\n"
    ),
  ]) func whatFailsBeforeContentIsAskedForWholeOnce(status: Int, body: String) async throws {
    let first = await responses.session.send("one")
    _ = await stream(responses, "/responses", completed("resp_1"))
    _ = await first.result()
    let second = await responses.session.send("two")
    _ = await reply(responses, "/responses", body, status: status)
    let whole = await reply(responses, "/responses", body, status: status)
    #expect(!whole.bodyText.contains("previous_response_id") && whole.bodyText.contains("\"one\""))
    #expect(await second.result()?.status == .failed)
    #expect(responses.transport.requestCount == 3)
    // Whatever it was, the chat goes on: neither the next question nor the same one relies on what is stored.
    let again = try #require(await responses.session.retry())
    let third = await stream(responses, "/responses", completed("resp_2"))
    #expect(!third.bodyText.contains("previous_response_id") && third.bodyText.contains("\"one\""))
    #expect(await again.result()?.status == .complete)
    _ = await responses.session.send("three")
    #expect(await responses.transport.next().bodyText.contains(#""previous_response_id":"resp_2""#))
  }

  @Test(arguments: [401, 403, 429]) func atTheDoorTheStoredResponseIsNotInDoubt(status: Int) async throws {
    let first = await responses.session.send("one")
    _ = await stream(responses, "/responses", completed("resp_1"))
    _ = await first.result()
    let second = await responses.session.send("two")
    _ = await reply(responses, "/responses", #"{"error":{"message":"m"}}"#, status: status)
    #expect(await second.result()?.status == .failed)
    _ = await responses.session.send("three")
    #expect(await responses.transport.next().bodyText.contains("previous_response_id"))
  }

  @Test func aServerThatAsksForTimeIsAskedForTheWholeAfterIt() async throws {
    let first = await responses.session.send("one")
    _ = await stream(responses, "/responses", completed("resp_1"))
    _ = await first.result()
    var second = await responses.session.send("two").makeAsyncIterator()
    let busy = await responses.transport.next()
    busy.answer(status: 503, headers: [HTTPField("retry-after", "3")])
    busy.end()
    await responses.wait(&second) { if case .retrying(_, let wait) = $0 { wait == .seconds(3) } else { false } }
    responses.clock.advance(by: .seconds(3))
    #expect(await !responses.transport.next().bodyText.contains("previous_response_id"))
  }

  @Test func aPartialAnswerIsNotContinued() async throws {
    var updates = await responses.session.send("one").makeAsyncIterator()
    _ = await stream(responses, "/responses", event(#"{"type":"response.output_text.delta","delta":"Hi"}"#))
    await responses.waitForEvents(&updates)
    await responses.session.cancel()
    #expect(responses.transport.requestCount == 1)
    _ = await responses.session.send("two")
    let whole = await responses.transport.next()
    #expect(!whole.bodyText.contains("previous_response_id") && whole.bodyText.contains("\"Hi\""))
  }
}

import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Answers that broke off are carried on, and the parts are one answer.
@Suite(.timeLimit(.minutes(1))) struct CarryOnTests {
  /// A turn whose answer broke off after that text.
  private func breakOff(_ bench: Bench, _ text: String) async {
    let updates = await bench.session.send("one")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk(text))
    transfer.end()
    #expect(await updates.result()?.status == .truncated)
  }

  @Test func theTwoPartsAreOneAnswer() async throws {
    let bench = Bench()
    await breakOff(bench, "half an ans")
    let updates = try #require(await bench.session.carryOn())
    let transfer = await bench.transport.next()
    let parts = ["one", "half an ans", "Your last answer broke off."].map { transfer.bodyText.firstRange(of: $0) }
    #expect(parts.allSatisfy { $0 != nil } && transfer.bodyText.contains(#""role":"assistant""#))
    transfer.answer()
    transfer.send(chunk("wer", finish: "stop") + done)
    let (changes, result) = await updates.collect()
    #expect(changes == [.started(prompt: "one"), .events([.text("wer"), .finishReason("stop")])])
    #expect(result?.content == "half an answer" && result?.chunks == ["half an ans", "wer"])
    #expect(result?.status == .complete && result?.error == nil)
    let conversation = await bench.session.conversation
    #expect(conversation.turns == [Turn(id: updates.turn, prompt: "one", result: result)])
    #expect(conversation.messages.map(\.content).suffix(2) == ["one", "half an answer"])
    #expect(await bench.session.carryOn() == nil)
  }

  @Test func aSecondBreakKeepsAllAndCanBeCarriedOnAgain() async throws {
    let bench = Bench()
    await breakOff(bench, "a")
    let second = try #require(await bench.session.carryOn())
    let refused = await bench.transport.next()
    refused.answer(status: 500)
    refused.end()
    let failed = await second.result()
    #expect(failed?.content == "a" && failed?.status == .failed && failed?.error?.status == 500)
    let third = try #require(await bench.session.carryOn())
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("b"))
    var iterator = third.makeAsyncIterator()
    await bench.waitForEvents(&iterator)
    await bench.session.cancel()
    let stopped = await bench.result(&iterator)
    #expect(stopped?.content == "ab" && stopped?.status == .cancelled)
    #expect(await bench.session.conversation.turns.map(\.result) == [stopped])
  }

  @Test func anAnswerAtItsLengthLimitIsCarriedOn() async throws {
    let bench = Bench()
    let updates = await bench.session.send("one")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("long", finish: "length") + done)
    #expect(await updates.result()?.isUnfinished == true)
    #expect(await bench.session.carryOn() != nil)
  }

  @Test func whereNothingBrokeOffNothingIsAsked() async throws {
    let bench = Bench()
    #expect(await bench.session.carryOn() == nil)
    let updates = await bench.session.send("one")
    #expect(await bench.session.carryOn() == nil)
    let transfer = await bench.transport.next()
    transfer.answer(status: 400)
    transfer.end()
    _ = await updates.result()
    #expect(await bench.session.carryOn() == nil)
    #expect(bench.transport.requestCount == 1)
  }

  @Test func aStoredResponseBeforeTheBreakIsStillContinued() async throws {
    var first = TurnResult()
    first.content = "A1"
    first.finishReason = "stop"
    first.responseID = "resp_1"
    var partial = TurnResult()
    partial.content = "A2 be"
    partial.status = .cancelled
    partial.responseID = "resp_2"
    let conversation = Conversation(turns: [
      Turn(id: TurnID(1), prompt: "Q1", result: first), Turn(id: TurnID(2), prompt: "Q2", result: partial),
    ])
    var provider = openAI()
    provider = Provider(name: "r", kind: .openaiResponses, endpoint: provider.endpoint)
    provider.model = "m"
    let bench = Bench(provider, conversation: conversation)
    let updates = try #require(await bench.session.carryOn())
    let body = await bench.transport.next().bodyText
    // The broken answer is given as text, whatever of it the service may have stored.
    #expect(body.contains("A2 be") && !body.contains("resp_2"))
    #expect(body.contains("resp_1") != body.contains("A1"))
    await bench.session.cancel()
    #expect(await updates.result()?.responseID == nil)
  }

  @Test func anAssistantGetsAThreadThatHoldsWhatCame() async throws {
    var partial = TurnResult()
    partial.content = "A be"
    partial.status = .timedOut
    partial.threadID = "old"
    var provider = Provider(name: "a", kind: .openaiAssistants, endpoint: "https://api.example/v1")
    provider.assistantID = "asst"
    let bench = Bench(
      provider, conversation: Conversation(turns: [Turn(id: TurnID(1), prompt: "Q", result: partial)], threadID: "old"))
    _ = await bench.session.carryOn()
    let thread = await bench.transport.next()
    #expect(thread.request.url == "https://api.example/v1/threads")
    #expect(thread.bodyText.contains("A be") && !thread.bodyText.contains("broke off"))
    thread.answer(headers: [HTTPField("content-type", "application/json")])
    thread.send(#"{"id":"new"}"#)
    thread.end()
    let question = await bench.transport.next()
    #expect(question.request.url.hasSuffix("/threads/new/messages") && question.bodyText.contains("broke off"))
  }
}

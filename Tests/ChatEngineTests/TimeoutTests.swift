import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// The four limits of a turn against a clock that only the test moves.
@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
  @Test func connect() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    bench.clock.advance(by: .seconds(10))
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .timedOut)
    #expect(result.error?.kind == .timeoutConnect)
    #expect(result.error?.message == "No connection to api.example within 10 s")
    #expect(result.error?.remedy?.contains("--connect-timeout") == true)
    #expect(result.timing.total == .seconds(10))
    #expect(transfer.isCancelled)
  }

  @Test func firstChunkIsCountedFromTheStartOfTheAttempt() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    bench.clock.advance(by: .seconds(5))
    transfer.connect()
    bench.clock.advance(by: .seconds(60))
    transfer.answer()
    transfer.send(": keep-alive\n\n")
    bench.clock.advance(by: .seconds(55))
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.kind == .timeoutFirstChunk)
    #expect(result.error?.message == "api.example sent no piece of an answer within 120 s")
    #expect(result.timing.firstChunk == nil)
  }

  @Test func betweenChunksKeepsWhatCame() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    bench.clock.advance(by: .seconds(3))
    transfer.answer()
    transfer.send(chunk("Hel"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .seconds(29))
    transfer.send(chunk("lo"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .milliseconds(29_999))
    #expect(await bench.session.isRunning)
    bench.clock.advance(by: .milliseconds(1))
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .timedOut)
    #expect(result.error?.kind == .timeoutChunk)
    #expect(result.error?.message == "api.example sent nothing more for 30 s")
    #expect(result.content == "Hello")
    #expect(result.timing == TurnTiming(firstChunk: .seconds(3), total: .seconds(62)))
    #expect(await bench.session.conversation.turns.last?.result == result)
  }

  @Test func keepAlivesDoNotRestartTheChunkTimer() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a"))
    await bench.waitForEvents(&updates)
    for _ in 0..<6 {
      bench.clock.advance(by: .seconds(5))
      transfer.send(": keep-alive\n\ndata: {\"choices\":[]}\n\n")
    }
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.kind == .timeoutChunk)
  }

  @Test(arguments: [
    #"{"reasoning_content":"hm"}"#, #"{"refusal":"no"}"#,
    #"{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{"}}]}"#,
  ])
  func everyKindOfPieceRestartsIt(_ delta: String) async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    for _ in 0..<4 {
      transfer.send("data: {\"choices\":[{\"index\":0,\"delta\":\(delta)}]}\n\n")
      await bench.waitForEvents(&updates)
      bench.clock.advance(by: .seconds(20))
    }
    transfer.send(chunk("a", finish: "stop") + done)
    #expect(await bench.result(&updates)?.status == .complete)
  }

  @Test func total() async throws {
    let bench = Bench(timeouts: Timeouts(total: .milliseconds(2500)))
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .milliseconds(2500))
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.kind == .timeoutTotal)
    #expect(result.error?.message == "The answer was not complete within 2.5 s")
    #expect(result.content == "a")
  }

  @Test func eachCanBeTurnedOff() async throws {
    let bench = Bench(timeouts: Timeouts(connect: nil, firstChunk: nil, chunk: nil, total: nil))
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    bench.clock.advance(by: .seconds(100_000))
    transfer.connect()
    bench.clock.advance(by: .seconds(100_000))
    transfer.answer()
    transfer.send(chunk("a"))
    await bench.waitForEvents(&updates)
    #expect(bench.clock.sleeperCount == 0)
    bench.clock.advance(by: .seconds(100_000))
    transfer.send(chunk("b", finish: "stop") + done)
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .complete)
    #expect(result.content == "ab")
    #expect(transfer.settleCount == 0)
  }

  @Test func whatLiesInTheSocketAtTheDeadlineWins() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a"))
    await bench.waitForEvents(&updates)
    transfer.layInSocket(chunk("b"))
    bench.clock.advance(by: .seconds(30))
    await bench.waitForEvents(&updates)
    #expect(await bench.session.isRunning)
    transfer.send(chunk("c", finish: "stop") + done)
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .complete)
    #expect(result.content == "abc")
  }

  @Test func aWholeAnswerInTheSocketBeatsTheTotal() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.layInSocket(chunk("all of it", finish: "stop") + done)
    bench.clock.advance(by: .seconds(1000))
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .complete)
    #expect(result.content == "all of it")
  }

  @Test func anAnswerThatIsWholeDoesNotWaitForTheClose() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a", finish: "stop"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .seconds(2))
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .complete)
    #expect(result.finishReason == "stop")
    #expect(transfer.isCancelled)
  }

  @Test func usageAfterTheFinishReasonIsWaitedFor() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a", finish: "stop"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .seconds(1))
    transfer.send(#"data: {"choices":[],"usage":{"total_tokens":7}}"# + "\n\n")
    await bench.waitForEvents(&updates)
    transfer.send(done)
    let result = try #require(await bench.result(&updates))
    #expect(result.usage?.totalTokens == 7)
    #expect(result.timing.total == .seconds(1))
  }

  @Test func anErrorWhoseBodyNeverEndsIsToldAfterAShortWhile() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer(status: 401, headers: [HTTPField("content-type", "application/json")])
    transfer.send(#"{"error":{"message":"bad key"}}"#)
    transfer.layInSocket(" ")
    await transfer.waitForTake()
    bench.clock.advance(by: .seconds(2))
    await transfer.waitForTake()
    bench.clock.advance(by: .seconds(2))
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.kind == .auth)
    #expect(result.error?.status == 401)
    #expect(result.error?.message.contains("bad key") == true)
    #expect(result.error?.remedy == "Check the key in OPENAI_API_KEY")
  }
}

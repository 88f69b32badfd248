import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Requests that fail before any content, against a clock that only the test moves.
@Suite(.timeLimit(.minutes(1))) struct RetryTests {
  private typealias Updates = AsyncStream<SessionUpdate>.Iterator

  private let refused = StreamEnd.cut(ChatError(.network, "refused"))

  /// Reads on until the session says that it waits; how long.
  private func waitForRetry(_ bench: Bench, _ updates: inout Updates) async -> Duration? {
    while let update = await updates.next() {
      if case .retrying(_, let wait) = update.change { return wait }
    }
    return nil
  }

  private func refuse(_ transfer: ScriptedTransfer, status: Int, headers: [HTTPField] = []) {
    transfer.answer(status: status, headers: headers)
    transfer.send("{\"error\":{\"message\":\"busy\"}}")
    transfer.end()
  }

  @Test func aRefusedConnectionIsTriedAgainAndTheAnswerComes() async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    await bench.transport.next().end(refused)
    #expect(await waitForRetry(bench, &updates) == .milliseconds(500))
    bench.clock.advance(by: .milliseconds(500))
    let second = await bench.transport.next()
    second.answer()
    second.send(chunk("Hello", finish: "stop") + done)
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .complete)
    #expect(result.content == "Hello")
  }

  @Test(arguments: [408, 409, 429, 500, 502, 503]) func afterTheLastAttemptTheErrorIsTold(status: Int) async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    refuse(await bench.transport.next(), status: status)
    #expect(await waitForRetry(bench, &updates) == .milliseconds(500))
    bench.clock.advance(by: .milliseconds(500))
    refuse(await bench.transport.next(), status: status)
    #expect(await waitForRetry(bench, &updates) == .seconds(1))
    bench.clock.advance(by: .seconds(1))
    refuse(await bench.transport.next(), status: status)
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .failed)
    #expect(result.error?.status == status)
  }

  @Test(arguments: [400, 401, 403, 404, 422]) func whatTheServiceDoesNotWantIsNotAskedAgain(status: Int) async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    refuse(await bench.transport.next(), status: status)
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.status == status)
  }

  @Test(
    arguments: [
      #"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#,
      #"{"error":{"message":"busy","code":"429"}}"#, #"{"error":{"message":"busy"},"status":502}"#,
      #"{"error":"busy","status":503}"#, #"{"error":"busy","status_code":529}"#,
      #"{"statusCode":500,"message":"busy"}"#,
      #"[{"error":{"message":"busy","status":"RESOURCE_EXHAUSTED","code":429}}]"#,
      #"{"error":{"message":"busy","type":"tokens","code":"rate_limit_exceeded"}}"#,
    ]) func aWholeReplyThatTellsAStatusIsTakenAsThatStatusWouldBe(body: String) async throws
  {
    let bench = Bench(retries: 1)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let first = await bench.transport.next()
    first.answer(headers: [HTTPField("Retry-After", "3")])
    first.send(body)
    first.end()
    try #require(await waitForRetry(bench, &updates) == .seconds(3))
    bench.clock.advance(by: .seconds(3))
    let second = await bench.transport.next()
    second.answer()
    second.send(body)
    second.end()
    let result = try #require(await bench.result(&updates))
    #expect([.server, .rateLimit].contains(result.error?.kind))
  }

  @Test(
    arguments: [
      #"{"error":{"message":"no","code":400}}"#, #"{"error":{"message":"no","code":404},"status":503}"#,
      #"{"error":{"message":"no","type":"server_error","code":"x"}}"#, #"{"error":"no"}"#, #"{"detail":"no"}"#,
      #"{"error":{"message":"no","code":401}}"#, #"{"error":{"message":"no","code":"content_filter","status":500}}"#,
    ]) func aWholeReplyThatTellsNoPassingStatusIsNotAskedForAgain(body: String) async throws
  {
    let bench = Bench(retries: 1)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(body)
    transfer.end()
    #expect(await waitForRetry(bench, &updates) == nil)
  }

  @Test func theServersWaitCountsAndALongOneIsTold() async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    refuse(await bench.transport.next(), status: 429, headers: [HTTPField("retry-after-ms", "6540")])
    #expect(await waitForRetry(bench, &updates) == .milliseconds(6540))
    bench.clock.advance(by: .milliseconds(6540))
    refuse(await bench.transport.next(), status: 429, headers: [HTTPField("retry-after", "90")])
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.retryAfter == 90)
    #expect(result.error?.remedy == "The service asks to wait 90 s before the next try")
  }

  @Test func onceContentCameNothingIsRepeated() async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("Hel"))
    await bench.waitForEvents(&updates)
    transfer.end(refused)
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .truncated)
    #expect(result.content == "Hel")
  }

  @Test(arguments: [
    "", "\n", ": hello\n\n", "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n",
  ])
  func aStreamThatEndsBeforeTheAnswerIsTriedAgain(_ body: String) async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    for wait in [Duration.milliseconds(500), .seconds(1)] {
      let transfer = await bench.transport.next()
      transfer.answer()
      transfer.send(body)
      transfer.end()
      #expect(await waitForRetry(bench, &updates) == wait)
      bench.clock.advance(by: wait)
    }
    let last = await bench.transport.next()
    last.answer()
    last.send(body)
    last.end()
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .failed && result.error?.kind == .protocolViolation)
    #expect(bench.transport.requestCount == 3)
  }

  @Test(arguments: ["<html><title>Log in</title></html>", #"{"error":{"message":"no"}}"#, "{}", "data: {\n\n"])
  func aReplyThatIsNoAnswerIsNotTriedAgain(_ body: String) async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(body)
    transfer.end()
    #expect(await waitForRetry(bench, &updates) == nil)
    #expect(bench.transport.requestCount == 1)
  }

  @Test func escEndsTheWait() async throws {
    let bench = Bench(retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    await bench.transport.next().end(refused)
    _ = await waitForRetry(bench, &updates)
    await bench.session.cancel()
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .cancelled)
    #expect(result.error == nil)
  }

  @Test func aWaitThatWouldOutlastTheTotalIsNotBegun() async throws {
    let bench = Bench(timeouts: Timeouts(total: .seconds(5)), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    refuse(await bench.transport.next(), status: 503, headers: [HTTPField("retry-after", "5")])
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.status == 503)
    #expect(result.timing.total == .zero)
  }
}

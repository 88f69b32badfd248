import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Streams of responses in the background that break off, and are taken up again.
@Suite(.timeLimit(.minutes(1))) struct TakeUpTests {
  private typealias Updates = AsyncStream<SessionUpdate>.Iterator

  /// A whole stream, an element for each event; their numbers are their places.
  private static let events: [String] = [
    #""type":"response.created","response":{"id":"resp_1","model":"m","status":"queued"}"#,
    #""type":"response.queued","response":{"id":"resp_1","model":"m","status":"queued"}"#,
    #""type":"response.in_progress","response":{"id":"resp_1","model":"m","status":"in_progress"}"#,
    #""type":"response.reasoning_summary_text.delta","delta":"Hmm""#,
    #""type":"response.output_text.delta","delta":"aa""#,
    #""type":"response.output_text.delta","delta":"aa""#,
    #""type":"response.output_text.delta","delta":"né 🙂\n""#,
    #""type":"response.output_item.added","output_index":1,"item":{"type":"function_call","id":"f","call_id":"c","name":"n"}"#,
    #""type":"response.function_call_arguments.delta","item_id":"f","output_index":1,"delta":"{\"a\":""#,
    #""type":"response.function_call_arguments.delta","item_id":"f","output_index":1,"delta":"1}""#,
    #""type":"response.completed","response":{"id":"resp_1","status":"completed","usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}"#,
  ].enumerated().map { "event: e\ndata: {\"sequence_number\":\($0),\($1)}\n\n" }

  private static func provider(inBackground: Bool = true, kind: ProviderKind = .openaiResponses) -> Provider {
    var provider = openAI()
    provider.kind = kind
    provider.runsInBackground = inBackground
    return provider
  }

  /// Sends the first bytes of what the request asks for, then breaks off where that is not all.
  private func serve(_ transfer: ScriptedTransfer, bytes count: Int, end: StreamEnd = .closed, replays: Bool = false) {
    let last = transfer.request.url.split(separator: "starting_after=").dropFirst().first.flatMap { Int($0) }
    let bytes = Array(Self.events.dropFirst(replays ? 0 : last.map { $0 + 1 } ?? 0).joined().utf8)
    transfer.answer()
    transfer.send(bytes: Array(bytes.prefix(count)))
    if count < bytes.count { transfer.end(end) }
  }

  /// The result of a turn whose connections bring so many bytes each, the last one all.
  private func result(
    _ counts: [Int], retries: Int = 20, end: StreamEnd = .closed, replays: Bool = false
  ) async -> (result: TurnResult?, requests: [HTTPRequest]) {
    let bench = Bench(Self.provider(), timeouts: Timeouts(total: nil), retries: retries)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    var left = counts[...]
    var result: TurnResult?
    serve(await bench.transport.next(), bytes: left.popFirst() ?? .max, end: end, replays: replays)
    while let update = await updates.next() {
      if case .retrying(_, let wait) = update.change {
        bench.clock.advance(by: wait)
        serve(await bench.transport.next(), bytes: left.popFirst() ?? .max, end: end, replays: replays)
      }
      if case .finished(let last) = update.change { result = last }
    }
    result?.timing = TurnTiming(firstChunk: nil, total: .zero)
    return (result, bench.transport.requests)
  }

  private func waitForRetry(_ updates: inout Updates, _ bench: Bench) async -> Duration? {
    while let update = await updates.next() {
      if case .retrying(_, let wait) = update.change { return wait }
      if case .finished = update.change { return nil }
    }
    return nil
  }

  @Test func whereverItBreaksOffNothingIsLostOrDoubled() async throws {
    let whole = try #require(await result([]).result)
    #expect(whole.status == .complete && whole.content == "aaaané 🙂\n" && whole.reasoning == "Hmm")
    #expect(whole.toolCalls.map(\.arguments) == [#"{"a":1}"#])
    let length = Self.events.joined().utf8.count
    // Before the response has a name there is nothing to take up: the request is made again.
    for count in 1..<length {
      let end: StreamEnd = count.isMultiple(of: 2) ? .closed : .cut(ChatError(.network, "reset"))
      let (broken, requests) = await result([count], end: end)
      #expect(broken == whole, "after \(count) bytes")
      #expect(requests.count == 2)
      #expect(requests.last?.method == (count < Self.events[0].utf8.count ? "POST" : "GET"), "after \(count) bytes")
    }
  }

  @Test(arguments: [1, 2, 3]) func brokenOffAgainAndAgainItIsTheSame(seed: UInt64) async throws {
    let whole = try #require(await result([]).result)
    var random = SeededGenerator(state: seed)
    for _ in 0..<20 {
      let counts = (0..<Int.random(in: 2...12, using: &random)).map { _ in Int.random(in: 0...160, using: &random) }
      #expect(await result([300] + counts).result == whole, "\(counts)")
    }
    // Some servers send all of it again.
    #expect(await result([300, 700, 900], replays: true).result == whole)
  }

  @Test func itIsAskedForFromWhereItWasReadTo() async throws {
    let bench = Bench(Self.provider(), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let first = await bench.transport.next()
    #expect(first.bodyText.contains(#""background":true"#) && first.bodyText.contains(#""store":true"#))
    serve(first, bytes: Self.events[...4].joined().utf8.count)
    bench.clock.advance(by: try #require(await waitForRetry(&updates, bench)))
    let second = await bench.transport.next()
    #expect(second.request.url == "https://api.example/v1/responses/resp_1?stream=true&starting_after=4")
    #expect(second.request.method == "GET" && second.request.body == nil)
    #expect(second.request.credentials.map(\.name) == ["Authorization"])
    serve(second, bytes: .max)
    #expect(await bench.result(&updates)?.status == .complete)
  }

  @Test func whatCannotBeTakenUpEndsAsItBrokeOff() async throws {
    let bench = Bench(Self.provider(), retries: 5)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    serve(await bench.transport.next(), bytes: Self.events[...4].joined().utf8.count)
    for status in [503, 404] {
      bench.clock.advance(by: try #require(await waitForRetry(&updates, bench)))
      let transfer = await bench.transport.next()
      transfer.answer(status: status)
      transfer.send(#"{"error":{"message":"no"}}"#)
      transfer.end()
    }
    let result = try #require(await bench.result(&updates))
    #expect(result.status == .truncated && result.content == "aa")
    #expect(result.error?.kind == .truncated)
  }

  @Test func theRetriesLimitIt() async throws {
    let bench = Bench(Self.provider(), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    serve(await bench.transport.next(), bytes: Self.events[...4].joined().utf8.count)
    for _ in 0..<2 {
      bench.clock.advance(by: try #require(await waitForRetry(&updates, bench)))
      await bench.transport.next().end(.cut(ChatError(.network, "refused")))
    }
    #expect(await bench.result(&updates)?.status == .truncated)
  }

  @Test func theTotalLimitsIt() async throws {
    let bench = Bench(Self.provider(), timeouts: Timeouts(total: .milliseconds(400)), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    serve(await bench.transport.next(), bytes: Self.events[...4].joined().utf8.count)
    #expect(await bench.result(&updates)?.status == .truncated)
  }

  @Test func withoutTheBackgroundNothingIsTakenUp() async throws {
    let bench = Bench(Self.provider(inBackground: false), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    #expect(!transfer.bodyText.contains("background"))
    serve(transfer, bytes: Self.events[...4].joined().utf8.count)
    #expect(await bench.result(&updates)?.status == .truncated)
    #expect(bench.transport.requestCount == 1)
  }

  @Test func aFailureThatTheServiceTellsIsNotTakenUp() async throws {
    let bench = Bench(Self.provider(), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(Self.events[...4].joined())
    transfer.send(
      """
      data: {"sequence_number":5,"type":"response.failed","response":{"id":"resp_1","status":"failed","error":\
      {"code":"server_error","message":"broken"}}}\n\n
      """)
    #expect(await bench.result(&updates)?.status == .failed)
    #expect(bench.transport.requestCount == 1)
  }

  @Test(arguments: [false, true]) func aStopIsToldToTheService(whileWaiting: Bool) async throws {
    let bench = Bench(Self.provider(kind: .azureOpenAIResponses), retries: 2)
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let first = await bench.transport.next()
    first.answer()
    first.send(Self.events[...4].joined())
    await bench.wait(&updates) { if case .events(let new) = $0 { new.contains(.text("aa")) } else { false } }
    if whileWaiting {
      first.end()
      _ = await waitForRetry(&updates, bench)
    }
    await bench.session.cancel()
    let farewell = await bench.transport.next()
    #expect(farewell.request.method == "POST")
    #expect(farewell.request.url.hasSuffix("/openai/v1/responses/resp_1/cancel"))
    farewell.answer()
    farewell.send(#"{"id":"resp_1","status":"cancelled"}"#)
    farewell.end()
    await bench.session.finishFarewells()
    #expect(await bench.result(&updates)?.status == .cancelled)
    #expect(bench.transport.requestCount == 2)
  }
}

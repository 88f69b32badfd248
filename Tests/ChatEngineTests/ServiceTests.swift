import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Another service takes a talk over.
@Suite(.timeLimit(.minutes(1))) struct ServiceTests {
  private let first = openAI("https://first.example/v1", key: "sk-first")

  private func second(_ kind: ProviderKind = .openai) -> Provider {
    var provider = Provider(name: "second", kind: kind, endpoint: "https://second.example/v1")
    provider.model = "m2"
    provider.credential = .apiKey(Secret("sk-second"))
    return provider
  }

  private func answer(_ transfer: ScriptedTransfer, _ text: String) {
    transfer.answer()
    transfer.send(chunk(text, finish: "stop") + done)
  }

  private func keys(_ transfer: ScriptedTransfer) -> [String] { transfer.request.credentials.map { $0.value.reveal() } }

  @Test func theNextTurnGoesThereWithTheWholeTalkAndItsOwnKeyAlone() async throws {
    let bench = Bench(first)
    var updates = await bench.session.send("one").makeAsyncIterator()
    let before = await bench.transport.next()
    answer(before, "1st")
    _ = await bench.result(&updates)
    await bench.session.setService(
      ChatService(provider: second(), parameters: Parameters(temperature: 0.5)))
    updates = await bench.session.send("two").makeAsyncIterator()
    let after = await bench.transport.next()
    answer(after, "2nd")
    _ = await bench.result(&updates)
    #expect(before.request.url.hasPrefix("https://first.example/") && keys(before) == ["Bearer sk-first"])
    #expect(after.request.url.hasPrefix("https://second.example/") && keys(after) == ["Bearer sk-second"])
    #expect(!after.request.headers.contains { $0.value.contains("sk-first") })
    for part in ["\"one\"", "\"1st\"", "\"two\"", "\"m2\"", "\"temperature\":0.5"] {
      #expect(after.bodyText.contains(part), "\(part) in \(after.bodyText)")
    }
  }

  @Test func aRunningTurnStaysWhereItIs() async throws {
    let bench = Bench(first, retries: 1)
    var updates = await bench.session.send("one").makeAsyncIterator()
    let running = await bench.transport.next()
    await bench.session.setService(ChatService(provider: second()))
    #expect(await bench.session.provider.name == "second")
    // What fails is asked for again where it was asked.
    running.answer(status: 503, headers: [])
    running.end()
    await bench.wait(&updates) { if case .retrying = $0 { true } else { false } }
    bench.clock.advance(by: .seconds(60))
    let again = await bench.transport.next()
    #expect(again.request.url.hasPrefix("https://first.example/") && keys(again) == ["Bearer sk-first"])
    answer(again, "1st")
    _ = await bench.result(&updates)
    updates = await bench.session.send("two").makeAsyncIterator()
    let next = await bench.transport.next()
    #expect(next.request.url.hasPrefix("https://second.example/") && keys(next) == ["Bearer sk-second"])
  }

  @Test func whatAnotherServiceStoredIsNotReliedOn() async throws {
    let bench = Bench(second(.openaiResponses))
    var updates = await bench.session.send("one").makeAsyncIterator()
    let stored = await bench.transport.next()
    stored.answer()
    stored.send(
      """
      data: {"type":"response.created","response":{"id":"resp_1"}}

      data: {"type":"response.output_text.delta","delta":"1st"}

      data: {"type":"response.completed","response":{"id":"resp_1","status":"completed"}}


      """)
    _ = await bench.result(&updates)
    var other = second(.openaiResponses)
    other.name = "third"
    other.endpoint = "https://third.example/v1"
    await bench.session.setService(ChatService(provider: other))
    _ = await bench.session.send("two")
    let next = await bench.transport.next()
    #expect(!next.bodyText.contains("previous_response_id") && next.bodyText.contains("\"one\""))
  }

  @Test func theSameServiceAskedOtherwiseGoesOnFromWhatItStored() async throws {
    let bench = Bench(second(.openaiResponses))
    var updates = await bench.session.send("one").makeAsyncIterator()
    let stored = await bench.transport.next()
    stored.answer()
    stored.send(
      """
      data: {"type":"response.output_text.delta","delta":"1st"}

      data: {"type":"response.completed","response":{"id":"resp_1","status":"completed"}}


      """)
    _ = await bench.result(&updates)
    await bench.session.setService(
      ChatService(provider: second(.openaiResponses), parameters: Parameters(temperature: 0)))
    _ = await bench.session.send("two")
    let next = await bench.transport.next()
    #expect(next.bodyText.contains(#""previous_response_id":"resp_1""#) && next.bodyText.contains("temperature"))
  }

  @Test func theModelsOfAnotherAreAskedForWithItsKey() async throws {
    let bench = Bench(first)
    async let models = bench.session.listModels(of: ChatService(provider: second()))
    let transfer = await bench.transport.next()
    transfer.answer(status: 200, headers: [HTTPField("Content-Type", "application/json")])
    transfer.send(#"{"data":[{"id":"a"},{"id":"b"}]}"#)
    transfer.end()
    #expect(try await models == ["a", "b"])
    #expect(transfer.request.url == "https://second.example/v1/models" && keys(transfer) == ["Bearer sk-second"])
    #expect(await bench.session.provider.name == "openai")
  }
}

import ChatEngine
import ChatModel
import TestSupport
import Testing

/// A reader who asks for it hears when a service is silent, and can wait longer.
@Suite(.timeLimit(.minutes(1))) struct SilenceTests {
  private let bench = Bench(announcesSilence: true)

  private func silence(_ updates: inout AsyncStream<SessionUpdate>.Iterator) async -> Duration?? {
    while let update = await updates.next() {
      if case .silent(let left) = update.change { return .some(left) }
      if case .finished = update.change { return nil }
    }
    return nil
  }

  @Test func itIsToldAfterAThirdOfTheLimitThatComesNext() async throws {
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    bench.clock.advance(by: .seconds(4))
    // Ten seconds to connect; told at the first look after a third of it.
    #expect(await silence(&updates) == .some(.some(.seconds(6))))
    transfer.connect()
    #expect(await silence(&updates) == .some(nil))
    bench.clock.advance(by: .seconds(36))
    #expect(await silence(&updates) == .some(.some(.seconds(80))))
    transfer.answer()
    transfer.send(chunk("So"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .seconds(10))
    #expect(await silence(&updates) == .some(.some(.seconds(20))))
    bench.clock.advance(by: .seconds(20))
    let result = try #require(await bench.result(&updates))
    #expect(result.error?.kind == .timeoutChunk && result.error?.message.contains("for 30 s") == true)
  }

  @Test func moreTimeIsGivenAndSaid() async throws {
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("So"))
    await bench.waitForEvents(&updates)
    bench.clock.advance(by: .seconds(10))
    #expect(await silence(&updates) == .some(.some(.seconds(20))))
    await bench.session.extend(by: .seconds(30))
    #expect(await silence(&updates) == .some(.some(.seconds(50))))
    bench.clock.advance(by: .seconds(49))
    #expect(await bench.session.isRunning)
    transfer.send(chunk(" on"))
    await bench.waitForEvents(&updates)
    // What was given was given once.
    bench.clock.advance(by: .seconds(10))
    #expect(await silence(&updates) == .some(.some(.seconds(20))))
    await bench.session.extend(by: .seconds(30))
    bench.clock.advance(by: .seconds(50))
    let result = try #require(await bench.result(&updates))
    #expect(result.content == "So on" && result.error?.message.contains("for 60 s") == true)
  }

  @Test func whoDoesNotAskIsNotTold() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    transfer.connect()
    bench.clock.advance(by: .seconds(120))
    let (told, result) = await updates.collect()
    #expect(told.count == 1 && result?.error?.kind == .timeoutFirstChunk)
  }
}

import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Cancelling a turn in each of its states. Cancelled is a finish, not an error.
@Suite(.timeLimit(.minutes(1))) struct CancelTests {
  /// Brings a turn into a state, cancels it, and returns its result with what was told after the cancel.
  private func cancelled(
    _ provider: Provider = openAI(), _ advance: (ScriptedTransfer) async -> Void
  ) async throws -> TurnResult {
    let bench = Bench(provider)
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    await advance(transfer)
    await bench.session.cancel()
    #expect(await !bench.session.isRunning)
    #expect(transfer.isCancelled)
    let kept = await bench.session.conversation.turns.last?.result
    // What comes too late changes nothing.
    transfer.answer()
    transfer.send(chunk("late", finish: "stop") + done)
    await bench.session.cancel()
    let (_, result) = await updates.collect()
    #expect(result == kept)
    #expect(result?.error == nil)
    #expect(bench.transport.requestCount == 1)
    #expect(bench.clock.sleeperCount == 0)
    return try #require(result)
  }

  @Test func whileConnecting() async throws {
    let result = try await cancelled { _ in }
    #expect(result.status == .cancelled)
    #expect(result.content == "")
  }

  @Test func whileWaitingForTheFirstPiece() async throws {
    let result = try await cancelled {
      $0.answer()
      await $0.waitForTake()
    }
    #expect(result.status == .cancelled)
  }

  @Test func whileStreaming() async throws {
    let result = try await cancelled {
      $0.answer()
      $0.send(chunk("kept"))
      await $0.waitForTake()
    }
    #expect(result.status == .cancelled)
    #expect(result.content == "kept")
    #expect(result.chunks == ["kept"])
  }

  @Test func whileListingModels() async throws {
    let result = try await cancelled(openAI(model: nil)) {
      $0.answer()
      await $0.waitForTake()
    }
    #expect(result.status == .cancelled)
  }

  @Test func whileABurstIsDecoded() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(String(repeating: chunk("x"), count: 100_000))
    var result: TurnResult?
    for await update in updates {
      if case .events = update.change { await bench.session.cancel() }
      if case .finished(let last) = update.change { result = last }
    }
    #expect(result?.status == .cancelled)
    // The cancel did not have to wait for the whole of it.
    #expect(result?.chunks.isEmpty == false)
    #expect(try #require(result?.chunks.count) < 50_000)
  }

  @Test func afterTheEnd() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a", finish: "stop") + done)
    let result = await updates.result()
    await bench.session.cancel()
    #expect(await bench.session.conversation.turns.last?.result == result)
    #expect(result?.status == .complete)
  }

  @Test func withoutATurn() async {
    let bench = Bench()
    await bench.session.cancel()
    #expect(await bench.session.conversation.turns.isEmpty)
  }

  @Test func theNextTurnMayBeginAtOnce() async throws {
    let bench = Bench()
    let first = await bench.session.send("one")
    await bench.session.cancel()
    let second = await bench.session.send("two")
    let stale = await bench.transport.next()
    let transfer = await bench.transport.next()
    stale.send(chunk("stale", finish: "stop") + done)
    transfer.answer()
    transfer.send(chunk("fresh", finish: "stop") + done)
    #expect(await first.result()?.status == .cancelled)
    #expect(await second.result()?.content == "fresh")
  }

  @Test func aDroppedConsumerCancels() async throws {
    let bench = Bench()
    var updates: TurnUpdates? = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    #expect(!transfer.isCancelled)
    _ = updates
    updates = nil
    await transfer.waitForCancel()
    #expect(await bench.session.conversation.turns.last?.result?.status == .cancelled)
  }

  @Test func aCancelledConsumerCancels() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    let consumer = Task { await updates.result() }
    transfer.answer()
    transfer.send(chunk("kept"))
    await transfer.waitForTake()
    consumer.cancel()
    await transfer.waitForCancel()
    let result = await bench.session.conversation.turns.last?.result
    #expect(result?.status == .cancelled)
    #expect(result?.content == "kept")
  }
}

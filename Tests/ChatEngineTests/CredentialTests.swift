import ChatEngine
import ChatModel
import ChatWire
import Synchronization
import TestSupport
import Testing

/// Credentials that a source gives: when it is asked, what happens on a 401, and how the asking ends.
@Suite(.timeLimit(.minutes(1))) struct CredentialTests {
  /// A source that a test answers by hand.
  private final class Source: CredentialSource {
    let asked = Inbox<Credential?>()
    let answers = Inbox<Result<Credential, ChatError>>()
    let cancelled = Inbox<Void>()

    func credential(insteadOf refused: Credential?) async throws(ChatError) -> Credential {
      asked.put(refused)
      let outcome = await withTaskCancellationHandler {
        await answers.next()
      } onCancel: {
        cancelled.put(())
        answers.put(.failure(ChatError(.config, "stopped")))
      }
      return try outcome.get()
    }

    func give(_ token: String) { answers.put(.success(.accessToken(Secret(token)))) }
  }

  private let source = Source()
  private let clock = TestClock()
  private let transport = ScriptedTransport()
  private let session: ChatSession

  init() { session = Self.session(source, clock, transport) }

  private static func session(_ source: Source, _ clock: TestClock, _ transport: ScriptedTransport) -> ChatSession {
    var provider = openAI(key: nil)
    provider.keyVariable = "providers.work.token_command"
    return ChatSession(
      provider: provider, transport: transport, clock: TurnClock(clock), retries: 0, chance: { 0 }, credentials: source)
  }

  private func expect(_ transfer: ScriptedTransfer, _ token: String, _ line: SourceLocation = #_sourceLocation) {
    #expect(
      transfer.request.credentials.map { $0.value.reveal() } == ["Bearer \(token)"], sourceLocation: line)
  }

  @Sendable private func refuse(_ transfer: ScriptedTransfer, status: Int = 401, _ token: String = "") {
    transfer.answer(status: status, headers: [])
    transfer.send(#"{"error":{"message":"The token \#(token) is not good"}}"#)
    transfer.end()
  }

  @Sendable private func accept(_ transfer: ScriptedTransfer) {
    transfer.answer()
    transfer.send(chunk("hi", finish: "stop") + done)
  }

  @Test func eachRequestAsksBefore() async {
    for token in ["one-token", "two-token"] {
      let updates = await session.send("a")
      #expect(await source.asked.next() == nil)
      source.give(token)
      let transfer = await transport.next()
      expect(transfer, token)
      accept(transfer)
      #expect(await updates.result()?.status == .complete)
    }
  }

  @Test func aRefusedTokenIsRenewedOnce() async {
    let transport = ScriptedTransport(playing: [{ refuse($0, "old-token") }, accept])
    let session = Self.session(source, clock, transport)
    for token in ["old-token", "new-token"] { source.give(token) }
    let (changes, result) = await session.send("a").collect()
    #expect(result?.status == .complete && result?.content == "hi")
    #expect(!"\(changes)".contains("old-token"))
    #expect(source.asked.drain() == [nil, .accessToken(Secret("old-token"))])
    let sent = transport.requests.map { $0.credentials.map { $0.value.reveal() } }
    #expect(sent == [["Bearer old-token"], ["Bearer new-token"]])
  }

  @Test func twoRefusalsAreAnError() async {
    let transport = ScriptedTransport(playing: [{ refuse($0) }, { refuse($0, "new-token") }])
    for token in ["old-token", "new-token"] { source.give(token) }
    let error = await Self.session(source, clock, transport).send("a").result()?.error
    #expect(error?.kind == .auth && error?.status == 401)
    #expect(error?.remedy?.contains("providers.work.token_command") == true)
    #expect(error?.message.contains("new-token") == false)
    #expect(transport.requestCount == 2)
  }

  @Test func theSameTokenIsNotSentTwice() async {
    let updates = await session.send("a")
    for _ in 0..<2 { source.give("same-token") }
    refuse(await transport.next())
    #expect(await updates.result()?.error?.kind == .auth)
    #expect(transport.requestCount == 1)
  }

  @Test func aForbiddenTokenIsNotRenewed() async {
    let updates = await session.send("a")
    source.give("some-token")
    refuse(await transport.next(), status: 403)
    let error = await updates.result()?.error
    #expect(error?.kind == .auth && error?.remedy?.contains("providers.work.token_command") == true)
    #expect(transport.requestCount == 1)
  }

  @Test func anErrorOfTheSourceIsTheTurns() async {
    let updates = await session.send("a")
    source.answers.put(.failure(ChatError(.config, "it failed", remedy: "mend it")))
    #expect(await updates.result()?.error == ChatError(.config, "it failed", remedy: "mend it"))
    #expect(transport.requestCount == 0)
  }

  @Test func escapeEndsTheAsking() async {
    let updates = await session.send("a")
    _ = await source.asked.next()
    await session.cancel()
    await source.cancelled.next()
    #expect(await updates.result()?.status == .cancelled)
    #expect(transport.requestCount == 0)
  }

  @Test func theAskingCountsForTheTotalOnly() async {
    let updates = await session.send("a")
    _ = await source.asked.next()
    while clock.sleeperCount == 0 { await Task.yield() }
    // Longer than the limits of connecting and of the first piece.
    clock.advance(by: .seconds(299))
    source.give("slow-token")
    let transfer = await transport.next()
    transfer.connect()
    while clock.sleeperCount == 0 { await Task.yield() }
    clock.advance(by: .seconds(1))
    #expect(await updates.result()?.error?.kind == .timeoutTotal)
  }

  @Test func anAskingWithoutEndTimesOut() async {
    let updates = await session.send("a")
    _ = await source.asked.next()
    while clock.sleeperCount == 0 { await Task.yield() }
    clock.advance(by: .seconds(300))
    let result = await updates.result()
    #expect(result?.status == .timedOut && result?.error?.kind == .timeoutTotal)
    await source.cancelled.next()
  }

  @Test func theListOfModelsAsksToo() async throws {
    let list: ScriptedTransport.Reply = {
      $0.answer(headers: [])
      $0.send(#"{"data":[{"id":"a"}]}"#)
      $0.end()
    }
    let transport = ScriptedTransport(playing: [{ refuse($0) }, list])
    for token in ["old-token", "new-token"] { source.give(token) }
    #expect(try await Self.session(source, clock, transport).listModels() == ["a"])
    #expect(source.asked.drain() == [nil, .accessToken(Secret("old-token"))])
    #expect(transport.requests.map { $0.credentials.map { $0.value.reveal() } }.last == ["Bearer new-token"])
  }
}

import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// Older turns become a summary, or stay as they are.
@Suite(.timeLimit(.minutes(1))) struct CompactTests {
  /// A talk of so many turns: `question 1`, `answer 1`, …
  private func talk(_ count: Int, length: Int = 1) -> Conversation {
    Conversation(
      turns: (1...count).map { number in
        var result = TurnResult()
        result.content = Array(repeating: "answer \(number)", count: length).joined(separator: "\n")
        result.finishReason = "stop"
        return Turn(id: TurnID(number), prompt: "question \(number)", result: result)
      })
  }

  /// Plays the server that writes a summary.
  @Sendable private func write(_ summary: String, to transfer: ScriptedTransfer) {
    transfer.answer()
    transfer.send(chunk(summary, finish: "stop") + done)
  }

  /// Plays the server that finds a request too long.
  @Sendable private func refuse(_ transfer: ScriptedTransfer) {
    transfer.answer(status: 400)
    transfer.send(#"{"error":{"message":"Too long","code":"context_length_exceeded"}}"#)
    transfer.end()
  }

  @Test func theOlderTurnsBecomeASummary() async throws {
    let bench = Bench(conversation: talk(5))
    let updates = try #require(await bench.session.compact())
    let transfer = await bench.transport.next()
    for number in 1...3 { #expect(transfer.bodyText.contains("question \(number)")) }
    #expect(!transfer.bodyText.contains("question 4") && transfer.bodyText.contains("You summarise"))
    write("In short.", to: transfer)
    let (changes, result) = await updates.collect()
    #expect(changes.last == .compacted(messages: 6, characters: 9))
    #expect(result?.content == "In short.")
    let conversation = await bench.session.conversation
    #expect(conversation.turns == talk(5).turns)
    #expect(
      conversation.messages.dropFirst().map(\.content) == ["question 4", "answer 4", "question 5", "answer 5"])
    #expect(conversation.messages.first?.content.hasSuffix("In short.") == true)
    _ = await bench.session.send("next")
    let next = await bench.transport.next().bodyText
    #expect(next.contains("In short.") && next.contains("question 4") && !next.contains("question 3"))
  }

  @Test func aSummaryIsFoldedIntoTheNext() async throws {
    var conversation = talk(4)
    conversation.summary = ConversationSummary(text: "Old times.", through: TurnID(2), writtenIn: TurnID(4))
    let bench = Bench(conversation: conversation)
    let updates = try #require(await bench.session.compact())
    let transfer = await bench.transport.next()
    #expect(transfer.bodyText.contains("Old times.") && transfer.bodyText.contains("question 3"))
    #expect(!transfer.bodyText.contains("question 2"))
    write("All.", to: transfer)
    _ = await updates.result()
    #expect(await bench.session.conversation.summary?.through == TurnID(3))
  }

  @Test func whatIsTooLongIsSummarisedInPieces() async throws {
    let transport = ScriptedTransport(playing: [
      refuse, { write("First half.", to: $0) }, { write("Both halves.", to: $0) },
    ])
    let bench = Bench(conversation: talk(2, length: 100), transport: transport)
    let updates = try #require(await bench.session.compact())
    #expect(await updates.result()?.status == .complete)
    #expect(await bench.session.conversation.summary?.text == "Both halves.")
    let bodies = transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) }
    try #require(bodies.count == 3)
    #expect(bodies[1].contains("question 1") && bodies[1].utf8.count < bodies[0].utf8.count)
    #expect(bodies[2].contains("First half.") && !bodies[2].contains("question 1"))
    // Nothing is left out on the way: 100 answers, the first half's and the second's.
    #expect(bodies.map { $0.count(of: "answer 1") }.suffix(2).reduce(0, +) == bodies[0].count(of: "answer 1"))
  }

  @Test func aServiceThatFindsEverythingTooLongIsAskedOnlySoOften() async throws {
    let transport = ScriptedTransport(playing: Array(repeating: refuse, count: 10))
    let bench = Bench(conversation: talk(2, length: 100), transport: transport)
    let updates = try #require(await bench.session.compact())
    #expect(await updates.result()?.error?.contextExcess != nil)
    // 920 characters, 460, 230.
    #expect(bench.transport.requestCount == 3)
    #expect(await bench.session.conversation == talk(2, length: 100))
  }

  @Test(arguments: ["cancel", "error", "cut", "empty"])
  func whateverFailsLeavesTheTalk(_ how: String) async throws {
    var before = talk(3)
    before.threadID = "kept"
    let bench = Bench(conversation: before)
    let updates = try #require(await bench.session.compact())
    #expect(await bench.session.compact() == nil)
    let transfer = await bench.transport.next()
    if how == "error" {
      transfer.answer(status: 500)
      transfer.end()
    } else {
      transfer.answer()
      if how != "empty" { transfer.send(chunk("In sh")) } else { transfer.send(chunk(" ", finish: "stop") + done) }
      if how == "cut" { transfer.end() }
      if how == "cancel" { await bench.session.cancel() }
    }
    let changes = await updates.collect().updates
    #expect(!changes.contains { if case .compacted = $0 { true } else { false } })
    #expect(await bench.session.conversation == before)
    #expect(await !bench.session.isRunning)
  }

  @Test(arguments: ["length", "content_filter"]) func halfASummaryIsNone(_ reason: String) async throws {
    let bench = Bench(conversation: talk(3))
    let updates = try #require(await bench.session.compact())
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("In sh", finish: reason) + done)
    let (changes, result) = await updates.collect()
    #expect(!changes.contains { if case .compacted = $0 { true } else { false } })
    #expect(result?.summaryShortcoming != nil)
    #expect(await bench.session.conversation == talk(3))
  }

  @Test func aLimitForShortAnswersIsNotOneForSummaries() async throws {
    for (kind, asked, sent) in [
      (.openai, 20, nil), (.openai, 4000, 4000), (.openaiCompletions, 20, 1024), (.openaiCompletions, nil, 1024),
    ] as [(ProviderKind, Int?, Int?)] {
      var provider = openAI()
      provider.kind = kind
      let bench = Bench(provider, parameters: Parameters(maxTokens: asked), conversation: talk(3))
      _ = try #require(await bench.session.compact())
      let body = await bench.transport.next().bodyText
      if let sent { #expect(body.contains("_tokens\":\(sent)")) } else { #expect(!body.contains("_tokens\"")) }
    }
  }

  @Test func aShortTalkHasNothingToFold() async throws {
    #expect(await Bench().session.compact() == nil)
    #expect(await Bench(conversation: talk(1)).session.compact() == nil)
  }

  @Test func whatTheServiceStoredBeforeIsNotContinued() {
    var conversation = talk(3)
    conversation.turns[2].result?.responseID = "resp"
    conversation.turns[2].result?.threadID = "t"
    conversation.threadID = "t"
    #expect(conversation.storedResponse?.messageCount == 7 && conversation.continuedThreadID == "t")
    conversation.summary = ConversationSummary(text: "s", through: TurnID(2), writtenIn: TurnID(4))
    #expect(conversation.storedResponse == nil && conversation.continuedThreadID == nil)
    conversation.turns.append(Turn(id: TurnID(5), prompt: "q", result: conversation.turns[2].result))
    #expect(conversation.storedResponse?.messageCount == 5 && conversation.continuedThreadID == "t")
  }
}

extension String {
  /// How often a word stands in it.
  fileprivate func count(of word: String) -> Int { ranges(of: word).count }
}

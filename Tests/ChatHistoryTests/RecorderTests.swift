import ChatHistory
import ChatModel
import Foundation
import Synchronization
import TestSupport
import Testing

/// What a session's talk leaves on the disk.
@Suite struct RecorderTests {
  /// Sleepers that a test wakes.
  private final class Pause: Sendable {
    private let (stream, ticks) = AsyncStream.makeStream(of: Void.self)
    private let asleep: AsyncStream<Void>
    private let fall: AsyncStream<Void>.Continuation

    init() { (asleep, fall) = AsyncStream.makeStream(of: Void.self) }

    func sleep(_ time: Duration) async {
      // How long a question waits at most is not asked for here.
      if time >= .seconds(1) { return await forever() }
      fall.yield()
      for await _ in stream { return }
    }

    /// Until the task is cancelled.
    private func forever() async {
      let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
      for await _ in stream {}
      continuation.finish()
    }

    /// Wakes the sleeper, once there is one.
    func end() async {
      for await _ in asleep { break }
      ticks.yield()
    }
  }

  private let shelf = Shelf()
  private let pause = Pause()
  private let troubles = Inbox<String>()

  private func recorder(keeps: Bool = true) -> ConversationRecorder {
    ConversationRecorder(
      shelf.store(), answerer: .init(provider: "openai", model: "m", parameters: Parameters(temperature: 0.5)),
      systemPrompt: .helpful, isPromptChosen: false, keeps: keeps, now: { [shelf] in shelf.time.withLock { $0 } },
      sleep: { [pause] in await pause.sleep($0) }, onTrouble: { [troubles] in troubles.put($0.message) })
  }

  private func saved() async throws -> SavedConversation {
    let store = shelf.store()
    return try await store.load(try #require(try await store.latest()))
  }

  private func update(_ turn: Int, _ change: SessionUpdate.Change) -> SessionUpdate {
    SessionUpdate(turn: TurnID(turn), change: change)
  }

  private func result(_ content: String, _ status: TurnStatus = .complete) -> TurnResult {
    var result = TurnResult()
    result.content = content
    result.chunks = [content]
    result.status = status
    return result
  }

  private func answer(_ recorder: ConversationRecorder, _ turn: Int, _ content: String) async {
    await recorder.began(TurnID(turn))
    await recorder.note(update(turn, .started(prompt: "")))
    await recorder.note(update(turn, .events([.text(content)])))
    await recorder.note(update(turn, .finished(result(content))))
  }

  @Test func aQuestionIsOnTheDiskBeforeItIsAsked() async throws {
    await recorder().ask("What is this?")
    let saved = try await saved()
    #expect(saved.title == "What is this?")
    #expect(saved.path.map(\.role) == [.system, .user])
    #expect(saved.path.map(\.content) == [SystemPrompt.helpful.text, "What is this?"])
    #expect(saved.path.first?.isChosen == false)
  }

  @Test func aStreamingAnswerIsWrittenByAndBy() async throws {
    let recorder = recorder()
    await recorder.ask("Begin")
    await recorder.began(TurnID(1))
    await recorder.note(update(1, .events([.reasoning("Hm. "), .text("Once upon")])))
    await pause.end()
    while try await saved().path.last?.content != "Once upon" {}
    await recorder.note(update(1, .events([.text(" a time")])))
    await pause.end()
    while try await saved().path.last?.content != "Once upon a time" {}
    // A third write is asked for, which comes after what the second one wrote.
    await recorder.note(update(1, .events([.text(" there")])))
    await recorder.finish()
    let answer = try #require(try await saved().path.last)
    #expect(answer.content == "Once upon a time there" && answer.answer?.reasoning == "Hm. ")
    #expect(answer.answer?.status == nil && answer.answer?.model == "m")
    #expect(answer.answer?.parameters.temperature == 0.5)
    await recorder.note(update(1, .finished(result("Once upon a time there was.", .cancelled))))
    await recorder.finish()
    let whole = try #require(try await saved().path.last)
    #expect(whole.content == "Once upon a time there was." && whole.answer?.status == .cancelled)
    #expect(try await saved().messages.count == 3)
  }

  @Test func answersSideBySideAreSiblings() async throws {
    let recorder = recorder()
    await recorder.ask("Which?")
    await recorder.began([-1, -2, -3].map { (TurnID($0), .init(provider: "p", model: "m\($0)")) })
    for number in [-2, -1] {
      await recorder.note(update(number, .events([.text("half \(number)")])))
      await pause.end()
      while try await !saved().messages.contains(where: { $0.content == "half \(number)" }) {}
    }
    // A program that is killed here leaves both beside each other, and goes on with the first.
    let killed = try await saved()
    #expect(killed.path.last?.content == "half -1" && killed.path.last?.answer?.status == nil)
    #expect(killed.alternatives.count == 2)
    for number in [-2, -1] { await recorder.note(update(number, .finished(result("whole \(number)")))) }
    await recorder.note(update(-3, .finished(result("", .cancelled))))
    let end = try #require(await recorder.end(of: TurnID(-2)))
    _ = await recorder.show(end, of: killed.id)
    await recorder.ask("On")
    await recorder.finish()
    let whole = try await saved()
    #expect(whole.path.dropFirst().map(\.content) == ["Which?", "whole -2", "On"])
    #expect(whole.messages.filter { $0.role == .assistant }.map(\.answer?.model) == ["m-1", "m-2"])
  }

  @Test func toolsThatRanAreMessagesOfTheirOwn() async throws {
    let recorder = recorder()
    await recorder.ask("Weather?")
    await recorder.began(TurnID(1))
    var first = result("Let me see. ")
    first.toolCalls = [ToolCall(id: "c1", name: "look", arguments: "{}")]
    let whole = first.answered(with: ["rain"]).followed(by: result("It rains."))
    await recorder.note(update(1, .events([.text("Let me see. ")])))
    await recorder.note(update(1, .toolsAnswered(whole.rounds[0])))
    await recorder.note(update(1, .events([.text("It ")])))
    await recorder.note(update(1, .finished(whole)))
    await recorder.finish()
    let saved = try await saved()
    #expect(saved.path.map(\.role) == [.system, .user, .assistant, .tool, .assistant])
    #expect(saved.path.dropFirst(2).map(\.content) == ["Let me see. ", "rain", "It rains."])
    #expect(saved.path[2].answer?.toolCalls == first.toolCalls && saved.path[3].toolCallID == "c1")
    let turn = try #require(saved.conversation().turns.first?.result)
    #expect(turn.rounds == whole.rounds && turn.content == whole.content && turn.toolCalls == whole.toolCalls)
    await recorder.askAgain()
    await answer(recorder, 3, "Sunny.")
    await recorder.finish()
    #expect(try await self.saved().path.map(\.content).suffix(2) == ["Weather?", "Sunny."])
  }

  @Test func anAnswerThatIsAskedAnewStandsBesideTheOld() async throws {
    let recorder = recorder()
    await recorder.ask("Which?")
    await answer(recorder, 1, "This.")
    await recorder.askAgain()
    await answer(recorder, 2, "That.")
    await recorder.finish()
    let saved = try await saved()
    let answers = saved.messages.filter { $0.role == .assistant }
    #expect(answers.map(\.content) == ["This.", "That."])
    #expect(Set(answers.map(\.parent)).count == 1)
    #expect(saved.path.last?.content == "That.")
  }

  @Test func whatIsTakenBackIsAnotherWay() async throws {
    let recorder = recorder()
    await recorder.ask("One")
    await answer(recorder, 1, "1")
    await recorder.ask("Two")
    await answer(recorder, 2, "2")
    await recorder.takeBack(1)
    await recorder.finish()
    #expect(try await saved().path.map(\.content) == [SystemPrompt.helpful.text, "One", "1"])
    await recorder.ask("Zwei")
    await answer(recorder, 3, "zwei")
    await recorder.takeBack(9)
    await recorder.finish()
    let talk = try await saved()
    #expect(talk.path.map(\.content).suffix(4) == ["One", "1", "Zwei", "zwei"])
    #expect(talk.messages.count == 7)
    #expect(await recorder.present?.messages == talk.messages)
    // The way before is gone again, and goes on.
    let end = try #require(talk.ways.first { !$0.isCurrent }?.end)
    #expect(await recorder.show(end, of: talk.id)?.path.last?.content == "2")
    await recorder.ask("Three")
    await recorder.finish()
    #expect(try await saved().path.map(\.content).suffix(5) == ["One", "1", "Two", "2", "Three"])
    #expect(await recorder.show(MessageID("nosuch"), of: talk.id) == nil)
    // Nothing of the talk is left before its first question.
    await recorder.takeBack(3)
    await recorder.finish()
    #expect(try await saved().path.map(\.role) == [.system])
  }

  @Test func theEndOfAnAnswerThatWasLeftDoesNotMoveTheTalk() async throws {
    let recorder = recorder()
    await recorder.ask("One")
    await recorder.began(TurnID(1))
    // Its end is told after the talk went another way: with the old answer neither on the disk nor known.
    await recorder.takeBack(1)
    await recorder.ask("Eins")
    await recorder.note(update(1, .finished(result("1", .cancelled))))
    await recorder.finish()
    #expect(try await saved().path.map(\.content).suffix(2) == [SystemPrompt.helpful.text, "Eins"])
    #expect(await recorder.present?.path.last?.content == "Eins")
    await recorder.askAgain("other")
    await answer(recorder, 2, "eins")
    await recorder.finish()
    let talk = try await saved()
    #expect(talk.path.map(\.content).suffix(2) == ["Eins", "eins"])
    #expect(talk.path.last?.answer?.model == "other")
    #expect(talk.messages.contains { $0.content == "1" && $0.answer?.status == .cancelled })
  }

  @Test func theWaysOfAnUnwrittenTalkAreKnownToo() async throws {
    let recorder = recorder(keeps: false)
    await recorder.ask("Secret")
    await answer(recorder, 1, "Hush")
    await recorder.askAgain()
    await answer(recorder, 2, "Psst")
    let first = try #require(await recorder.present)
    #expect(first.ways.count == 2)
    await recorder.begin()
    #expect(await recorder.present == nil)
    await recorder.keep(true)
    await recorder.ask("Public")
    #expect(await recorder.unwritten.map(\.title) == ["Secret"])
    // It is as private as it was when one comes back to it.
    _ = await recorder.show(first.head, of: first.id)
    #expect(await recorder.unwritten == [])
    #expect(await !recorder.keeps)
    await recorder.ask("More")
    await recorder.finish()
    #expect(try await shelf.store().list(limit: 9).map(\.title) == ["Public"])
    #expect(try await saved().messages.map(\.content) == [SystemPrompt.helpful.text, "Public"])
  }

  @Test func anAnswerThatIsCarriedOnIsOne() async throws {
    let recorder = recorder()
    await recorder.ask("Begin")
    await recorder.began(TurnID(1))
    await recorder.note(update(1, .events([.text("Once upon a ti")])))
    await recorder.note(update(1, .finished(result("Once upon a ti", .truncated))))
    await recorder.carryOn()
    await recorder.began(TurnID(2))
    await recorder.note(update(2, .events([.text("me.")])))
    await recorder.finish()
    #expect(try await saved().path.last?.content == "Once upon a time.")
    await recorder.note(update(2, .finished(result("Once upon a time."))))
    await recorder.finish()
    #expect(try await saved().path.map(\.content).suffix(2) == ["Begin", "Once upon a time."])
    #expect(try await saved().path.last?.answer?.status == .complete)
  }

  @Test func aSwitchedPromptStandsAtItsPlace() async throws {
    let recorder = recorder()
    await recorder.ask("One")
    await answer(recorder, 1, "1")
    await recorder.setSystemPrompt(SystemPrompt(name: "brief", text: "Be brief."))
    await recorder.ask("Two")
    await recorder.finish()
    let path = try await saved().path.map(\.content)
    #expect(path == [SystemPrompt.helpful.text, "One", "1", "Be brief.", "Two"])
    #expect(try await saved().conversation().systemPrompt.name == "brief")
  }

  @Test func aSavedTalkGoesOn() async throws {
    let first = recorder()
    await first.ask("One")
    await answer(first, 1, "1")
    await first.finish()
    let second = recorder()
    let talk = try await saved()
    await second.takeUp(talk)
    await second.ask("Two")
    await answer(second, 2, "2")
    await second.note(
      update(3, .compacted(messages: 2, characters: 4)),
      summary: ConversationSummary(text: "Sums", through: TurnID(1), writtenIn: TurnID(3)))
    await second.finish()
    let saved = try await saved()
    #expect(saved.id == talk.id && saved.path.map(\.content).suffix(4) == ["One", "1", "Two", "2"])
    #expect(saved.summary?.text == "Sums" && saved.summary?.through == talk.head)
  }

  @Test func aTalkThatIsLeftInMidAnswerIsWrittenToItsEnd() async throws {
    let recorder = recorder()
    await recorder.ask("One")
    await recorder.began(TurnID(1))
    await recorder.note(update(1, .events([.text("so f")])))
    let left = await recorder.id
    await recorder.begin()
    await recorder.ask("Two")
    await recorder.began(TurnID(2))
    // The end of the first turn is told after the second has begun.
    await recorder.note(update(1, .finished(result("so far", .cancelled))))
    await recorder.note(update(2, .finished(result("2"))))
    await recorder.finish()
    let first = try await shelf.store().load(try #require(left))
    #expect(first.path.last?.content == "so far" && first.path.last?.answer?.status == .cancelled)
    #expect(try await shelf.store().count() == 2)
  }

  @Test func whatOthersWroteInTheSameTalkStays() async throws {
    let recorder = recorder()
    await recorder.ask("One")
    await answer(recorder, 1, "1")
    await recorder.finish()
    let talk = try await saved()
    let other = shelf.store()
    try await other.append(SavedMessage("theirs", after: talk.head?.text, .user, "Theirs"), to: talk.id)
    try await other.delete(talk.id)
    // What was deleted elsewhere cannot be added to: it comes back, with all that was in it.
    await recorder.ask("Two")
    #expect(await troubles.next().hasPrefix("This chat was deleted elsewhere"))
    await answer(recorder, 2, "2")
    shelf.pass(60_000)
    await recorder.finish()
    let whole = try await saved()
    #expect(whole.path.map(\.content).suffix(4) == ["One", "1", "Two", "2"])
    #expect(whole.messages.contains { $0.content == "Theirs" })
  }

  @Test func aFileThatIsOverwrittenIsSetAsideAndTheTalkWrittenAnew() async throws {
    let recorder = recorder()
    await recorder.ask("One")
    await answer(recorder, 1, "1")
    await recorder.ask("Two")
    // In place, while it is open: the pages in memory are as they were.
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: shelf.path))
    var random = SeededGenerator(state: 7)
    try file.write(contentsOf: Data((0..<65536).map { _ in UInt8.random(in: 0...255, using: &random) }))
    try file.close()
    await answer(recorder, 2, "2")
    await recorder.finish()
    #expect(shelf.notices.withLock { $0.count } == 1)
    #expect(shelf.names.contains { $0.contains(".damaged-") })
    #expect(try await saved().path.map(\.content).suffix(4) == ["One", "1", "Two", "2"])
  }

  @Test func nothingIsKeptOfAPrivateTalk() async throws {
    let recorder = recorder(keeps: false)
    await recorder.ask("Secret")
    await answer(recorder, 1, "Hush")
    await recorder.finish()
    #expect(!FileManager.default.fileExists(atPath: shelf.path))
    await recorder.keep(true)
    await recorder.ask("Public")
    await recorder.keep(false)
    await recorder.ask("Secret again")
    await recorder.finish()
    #expect(try await shelf.store().count() == 1)
    #expect(try await saved().path.last?.content == "Public")
  }

  @Test func whatCouldNotBeSavedIsSavedLater() async throws {
    // A file where the directory is to be.
    let place = shelf.directory + "/data"
    #expect(FileManager.default.createFile(atPath: place, contents: nil))
    let recorder = recorder()
    await recorder.ask("One")
    await answer(recorder, 1, "1")
    await recorder.ask("Two")
    await recorder.finish()
    #expect(await troubles.next().hasPrefix("This chat is not being saved: "))
    try FileManager.default.removeItem(atPath: place)
    // Nothing is tried for a while.
    shelf.pass(60_000)
    await answer(recorder, 2, "2")
    await recorder.finish()
    #expect(await troubles.next() == "This chat is being saved again, with all of it")
    #expect(try await saved().path.map(\.content).suffix(4) == ["One", "1", "Two", "2"])
    #expect(try await saved().messages.count == 5)
  }
}

import ChatModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ChatHistory

/// Two programs that have one talk open, and a database that cannot be written for a while.
@Suite struct SharedTalkTests {
  private let shelf = Shelf()
  private let troubles = Inbox<String>()
  /// How long recorders slept to try again; `wake` ends it.
  private let sleeps = Inbox<Duration>()
  private let wake = Inbox<Void>()

  private func recorder() -> ConversationRecorder {
    ConversationRecorder(
      shelf.store(), answerer: .init(provider: "openai", model: "m"), systemPrompt: .helpful, isPromptChosen: false,
      now: { [shelf] in shelf.time.withLock { $0 } },
      sleep: { [sleeps, wake] time in
        guard time >= .seconds(3), time != .seconds(5) else { return await Self.forever() }
        sleeps.put(time)
        await wake.next()
      }, onTrouble: { [troubles] in troubles.put($0.message) })
  }

  /// Until the task is cancelled.
  private static func forever() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    for await _ in stream {}
    continuation.finish()
  }

  private func saved() async throws -> SavedConversation {
    let store = shelf.store()
    return try await store.load(try #require(try await store.latest()))
  }

  private func end(_ content: String, _ status: TurnStatus, of turn: Int) -> SessionUpdate {
    var result = TurnResult()
    result.content = content
    result.chunks = [content]
    result.status = status
    return SessionUpdate(turn: TurnID(turn), change: .finished(result))
  }

  @Test func whatOneHasInHandIsNoOthers() async throws {
    let (one, other) = (shelf.store(), shelf.store())
    try await one.open()
    var third: HistoryStore? = shelf.store()
    let place = Claim.draft(ConversationID("c"), slot: 0)
    #expect(one.claim(place))
    #expect(one.claim(place))
    #expect(!other.claim(place))
    #expect(other.claim(.draft(ConversationID("c"), slot: 1)))
    #expect(!one.claim(.draft(ConversationID("c"), slot: 1)))
    one.giveUp(place)
    #expect(third?.claim(place) == true)
    #expect(!one.claim(place))
    // A program that is gone has nothing in hand.
    third = nil
    #expect(one.claim(place))
  }

  @Test func eachProgramHasADraftOfItsOwn() async throws {
    let id = ConversationID("c")
    let store = shelf.store()
    try await store.merge(SavedConversation("c", "Hello"))
    try await store.setDraft("one", of: id)
    try await store.setDraft("two", of: id, slot: 1)
    try await store.setDraft("no chat yet", of: nil, slot: 1)
    #expect(try await store.drafts(of: id) == [0: "one", 1: "two"])
    // Only what still is as it was left is forgotten.
    try await store.forgetDraft("another", of: id, slot: 1)
    #expect(try await store.drafts(of: id) == [0: "one", 1: "two"])
    try await store.forgetDraft("two", of: id, slot: 1)
    #expect(try await store.drafts(of: id) == [0: "one"])
    try await store.setDraft("three", of: id, slot: 2)
    try await store.delete(id)
    await store.close()
    #expect(try await store.drafts(of: id) == [:])
    #expect(try await store.drafts(of: nil) == [1: "no chat yet"])
  }

  @Test func anAnswerThatAnotherProgramWritesIsNotCarriedOn() async throws {
    let (one, other) = (recorder(), recorder())
    await one.ask("Tell me")
    await one.began(TurnID(1))
    await one.note(SessionUpdate(turn: TurnID(1), change: .events([.text("Once")])))
    // What has come is written down, and more comes.
    await one.finish()
    await other.takeUp(try await saved())
    #expect(await other.obstacleToCarryOn() == "This answer is still being written by another window")
    await one.note(end("Once upon a", .truncated, of: 1))
    await one.finish()
    let gone = "This answer went on in another window: open the chat again to see it"
    #expect(await other.obstacleToCarryOn() == gone)
    await other.takeUp(try await saved())
    #expect(await other.obstacleToCarryOn() == nil)
    await other.carryOn()
    await other.began(TurnID(1))
    #expect(await one.obstacleToCarryOn() == "This answer is still being written by another window")
    await other.note(end("Once upon a time.", .complete, of: 1))
    await other.finish()
    #expect(await one.obstacleToCarryOn() == gone)
    #expect(try await saved().path.last?.content == "Once upon a time.")
  }

  @Test func savingGoesOnByItself() async throws {
    // A file where the directory is to be.
    let place = shelf.directory + "/data"
    #expect(FileManager.default.createFile(atPath: place, contents: nil))
    let recorder = recorder()
    await recorder.ask("One")
    #expect(await troubles.next().hasPrefix("This chat is not being saved: "))
    #expect(await sleeps.next() == .seconds(3))
    wake.put(())
    // Each time it waits for longer.
    #expect(await sleeps.next() == .seconds(6))
    try FileManager.default.removeItem(atPath: place)
    wake.put(())
    #expect(await troubles.next() == "This chat is being saved again, with all of it")
    #expect(try await saved().path.last?.content == "One")
  }

  @Test func aMessageOnAnotherWayIsFound() {
    var talk = SavedConversation("c", "Question", "Answer", "Next", "End")
    talk.messages += [
      SavedMessage("b1", after: "0", .assistant, "Another answer"),
      SavedMessage("b2", after: "b1", .user, "Other"), SavedMessage("b3", after: "b2", .assistant, "Other end"),
    ]
    #expect(talk.end(behind: MessageID("1")) == nil)
    #expect(talk.end(behind: MessageID("b1")) == MessageID("b3"))
    talk.head = MessageID("b3")
    #expect(talk.end(behind: MessageID("2")) == MessageID("3"))
    #expect(talk.end(behind: MessageID("none")) == nil)
  }
}

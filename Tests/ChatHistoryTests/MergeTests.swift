import ChatHistory
import ChatModel
import Testing

/// What a program knows of a talk goes beside what others wrote into it.
@Suite struct MergeTests {
  private let shelf = Shelf()
  private let id = ConversationID("c")

  @Test func whatIsMissingIsWritten() async throws {
    let (store, talk) = (shelf.store(), SavedConversation("c", "one", "1", "two"))
    try await store.merge(talk)
    #expect(try await store.load(id) == talk)
    let listing = try #require(try await store.list(limit: 1).first)
    #expect(listing.turns == 2 && listing.model == "m")
    // Once more changes nothing.
    try await store.merge(talk)
    #expect(try await store.load(id) == talk)
    #expect(try await store.search("one", limit: 5).count == 1)
  }

  @Test func messagesOfOthersStay() async throws {
    let (ours, others) = (shelf.store(), shelf.store())
    var talk = SavedConversation("c", "one", "1")
    try await ours.merge(talk)
    try await others.append(SavedMessage("x", after: "1", .user, "theirs"), to: id)
    try await others.append(
      SavedMessage("y", after: "x", .assistant, "to them", answer: SavedAnswer(model: "other")), to: id)
    try await others.rename(id, to: "Named")
    try await others.setPinned(true, id)
    try await others.setDraft("half a", of: id)
    talk.messages += [
      SavedMessage("2", after: "1", .user, "ours"),
      SavedMessage("3", after: "2", .assistant, "to us", answer: SavedAnswer(model: "mine", status: .complete)),
    ]
    talk.head = MessageID("3")
    talk.updated = Timestamp(milliseconds: Shelf.start.milliseconds + 7)
    try await ours.merge(talk)
    let saved = try await others.load(id)
    #expect(saved.messages.map(\.content) == ["one", "1", "theirs", "to them", "ours", "to us"])
    #expect(saved.path.map(\.content) == ["one", "1", "ours", "to us"] && saved.updated == talk.updated)
    #expect(saved.title == "Named" && saved.isTitleChosen && saved.isPinned)
    #expect(try await others.draft(of: id) == "half a")
    #expect(try await others.search("theirs", limit: 5).count == 1)
    let listing = try #require(try await others.list(limit: 1).first)
    #expect(listing.model == "mine" && listing.turns == 2)
  }

  @Test func whatWasDeletedComesBackWithAllOfIt() async throws {
    let (ours, others) = (shelf.store(), shelf.store())
    let talk = SavedConversation("c", "one", "1")
    try await ours.merge(talk)
    try await others.append(SavedMessage("x", after: "1", .user, "theirs"), to: id)
    try await others.delete(id)
    try await ours.merge(talk)
    #expect(try await ours.load(id).messages.map(\.content) == ["one", "1", "theirs"])
    await others.close()
    #expect(try await ours.load(id).messages.count == 3)
    // For good, as well.
    try await ours.delete(id)
    await ours.close()
    try await others.merge(talk)
    #expect(try await others.load(id) == talk)
  }

  @Test func answersAreWrittenAnew() async throws {
    let store = shelf.store()
    var talk = SavedConversation("c", "one")
    try await store.merge(talk)
    var answer = SavedMessage("a", after: "0", .assistant, "It ", answer: SavedAnswer(provider: "p"))
    try await store.append(answer, to: id)
    try await store.extend(answer.id, of: id, content: "is…", reasoning: "Hm.")
    answer.content = "It was."
    answer.answer?.status = .complete
    talk.messages.append(answer)
    talk.head = answer.id
    try await store.merge(talk)
    #expect(try await store.load(id) == talk)
    #expect(try await store.search("was", limit: 5).count == 1)
  }

  /// Composed and decomposed letters are equal, and not the same.
  @Test func toTheLastByte() async throws {
    let store = shelf.store()
    try await store.merge(SavedConversation("c", "e\u{301}"))
    try await store.merge(SavedConversation("c", "\u{E9}"))
    #expect(try await Array(store.load(id).messages[0].content.utf8) == [0xC3, 0xA9])
  }

  @Test func whatOthersCarriedOnIsNotCutOff() async throws {
    let (ours, others) = (shelf.store(), shelf.store())
    let talk = SavedConversation("c", "one", "a beginning")
    try await ours.merge(talk)
    try await others.extend(MessageID("1"), of: id, content: " and an end")
    var longer = talk.messages[1]
    longer.content += " and an end"
    try await others.update(longer, of: id, at: Shelf.start)
    try await ours.merge(talk)
    #expect(try await ours.load(id).messages[1].content == "a beginning and an end")
  }

  /// Who has only the end of a talk in memory can save that.
  @Test func theParentMayBeThereAlready() async throws {
    let store = shelf.store()
    try await store.merge(SavedConversation("c", "one", "1", "two", "2"))
    var end = try await store.loadEnd(of: id, count: 1)
    end.messages.append(SavedMessage("4", after: "3", .user, "three"))
    end.head = MessageID("4")
    try await store.merge(end)
    #expect(try await store.load(id).path.map(\.content) == ["one", "1", "two", "2", "three"])
    #expect(try await store.list(limit: 1).first?.turns == 3)
    end.messages.append(SavedMessage("6", after: "?", .user, "of nobody"))
    await #expect(throws: HistoryError.self) { try await store.merge(end) }
    #expect(try await store.load(id).messages.count == 5)
  }
}

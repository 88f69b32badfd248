import ChatHistory
import ChatModel
import Testing

/// What a file holds goes beside what is here.
@Suite struct TakeInTests {
  private let shelf = Shelf()
  private let id = ConversationID("c")
  private let day = 24 * 3600 * 1000

  private func time(_ milliseconds: Int) -> Timestamp {
    Timestamp(milliseconds: Shelf.start.milliseconds + milliseconds)
  }

  /// A file of OpenAI messages, read at a time.
  private func undated(at now: Timestamp) throws -> SavedConversation {
    var reading = ConversationImport(now: now)
    try reading.read(Array(#"[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]"#.utf8))
    return try #require(reading.conversations.first)
  }

  private func take(
    _ conversation: SavedConversation, _ store: HistoryStore, at now: Timestamp? = nil
  ) async throws -> ImportOutcome? {
    try await store.takeIn([conversation], undated: now ?? time(9 * day)).first
  }

  @Test func aFileWithoutDatesIsTheSameAgain() async throws {
    let store = shelf.store()
    #expect(try await take(undated(at: time(0)), store, at: time(0)) == .imported)
    let first = try await store.list(limit: 5)
    #expect(try await take(undated(at: time(day)), store, at: time(day)) == .unchanged)
    #expect(try await store.list(limit: 5) == first)
  }

  @Test func whatWentOnInAChatWithoutDatesStays() async throws {
    let store = shelf.store()
    let file = try undated(at: time(0))
    _ = try await take(file, store, at: time(0))
    var question = SavedMessage("q", after: file.head?.text, .user, "And then?")
    question.created = time(5)
    try await store.append(question, to: file.id)
    try await store.rename(file.id, to: "Mine")
    let here = try await store.load(file.id)
    #expect(try await take(undated(at: time(day)), store, at: time(day)) == .kept)
    #expect(try await store.load(file.id) == here && here.messages.count == 3)
  }

  @Test func anAnswerThatWasCarriedOnHereStays() async throws {
    let store = shelf.store()
    let file = try undated(at: time(0))
    _ = try await take(file, store, at: time(0))
    var answer = file.messages[1]
    answer.content = "Hello, hello"
    try await store.update(answer, of: file.id, at: time(5))
    #expect(try await take(undated(at: time(day)), store, at: time(day)) == .kept)
    #expect(try await store.load(file.id).messages[1].content == "Hello, hello")
  }

  /// Also of a file that was written to later.
  @Test func bothWentOn() async throws {
    let store = shelf.store()
    let before = SavedConversation("c", "one", "1")
    _ = try await take(before, store)
    var question = SavedMessage("x", after: "1", .user, "here")
    question.created = time(5)
    try await store.append(question, to: id)
    #expect(try await take(before, store) == .kept)
    let older = SavedConversation("c", "one", "1", "there", updated: 3)
    #expect(try await take(older, store) == .updated)
    var saved = try await store.load(id)
    #expect(saved.messages.map(\.content) == ["one", "1", "here", "there"] && saved.head == question.id)
    #expect(saved.updated == time(5))
    #expect(try await take(older, store) == .kept)
    #expect(try await take(SavedConversation("c", "one", "1", "there", "3", updated: 8), store) == .updated)
    saved = try await store.load(id)
    #expect(saved.messages.map(\.content) == ["one", "1", "here", "there", "3"])
    #expect(saved.path.map(\.content) == ["one", "1", "there", "3"] && saved.updated == time(8))
  }

  @Test func aNewerFileWithNothingNewLeavesThePathHere() async throws {
    let store = shelf.store()
    _ = try await take(SavedConversation("c", "one", "1"), store)
    try await store.append(SavedMessage("x", after: "1", .user, "here"), to: id)
    try await store.setPinned(true, id)
    var renamed = SavedConversation("c", "one", "1", updated: 50)
    renamed.title = "Named there"
    #expect(try await take(renamed, store) == .updated)
    let saved = try await store.load(id)
    #expect(saved.title == "Named there" && saved.head == MessageID("x") && saved.isPinned)
  }

  @Test func aDeletedChatComesBackAsItWas() async throws {
    let store = shelf.store()
    let before = SavedConversation("c", "one", "1")
    _ = try await take(before, store)
    var question = SavedMessage("x", after: "1", .user, "here")
    question.created = time(5)
    try await store.append(question, to: id)
    let whole = try await store.load(id)
    try await store.delete(id)
    #expect(try await take(before, store) == .restored)
    #expect(try await store.load(id) == whole)
    await store.close()
    #expect(try await store.load(id) == whole)
  }

  @Test func chatsOfOneTimeKeepTheirOrder() async throws {
    let store = shelf.store()
    let file = (0..<7).map { SavedConversation("c\($0 * 5 % 7)", "x", updated: $0 / 4) }
    _ = try await store.takeIn(file, undated: time(day))
    let list = try await store.list(limit: 10).map(\.id)
    let other = Shelf()
    var back: [SavedConversation] = []
    for id in list { back.append(try await store.load(id)) }
    _ = try await other.store().takeIn(back, undated: time(day))
    #expect(try await other.store().list(limit: 10).map(\.id) == list)
  }
}

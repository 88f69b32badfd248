import ChatModel
import Foundation
import Testing

@testable import ChatHistory

@Suite struct DeletionTests {
  private let shelf = Shelf()
  private let id = ConversationID("c")

  /// Whether the files hold a text anywhere.
  private func isOnDisk(_ text: String) -> Bool {
    shelf.names.contains { name in
      let data = FileManager.default.contents(atPath: "\(shelf.file.directoryPath)/\(name)") ?? Data()
      return data.range(of: Data(text.utf8)) != nil
    }
  }

  @Test func aDeletionCanBeUndone() async throws {
    let store = shelf.store()
    let saved = SavedConversation("c", "question", "answer")
    try await store.save([saved])
    try await store.delete(id)
    #expect(try await store.list(limit: 5).isEmpty)
    #expect(try await store.search("answer", limit: 5).isEmpty)
    #expect(try await store.latest() == nil)
    await #expect(throws: HistoryError.self) { try await store.load(id) }
    await #expect(throws: HistoryError.self) {
      try await store.append(SavedMessage("x", after: nil, .user, ""), to: id)
    }
    // Another program that starts does not take the way back.
    try await shelf.store().open()
    try await store.restore(id)
    #expect(try await store.load(id) == saved)
    #expect(try await store.search("answer", limit: 5).count == 1)
    await store.close()
    #expect(try await store.load(id) == saved)
  }

  @Test func nothingIsLeftOfWhatWasDeleted() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "zanzibar?", "of cinnamon"), SavedConversation("d", "kept")])
    try await store.addInput("zanzibar!", to: id)
    try await store.setDraft("zanzibar…", of: id)
    try await store.append(SavedMessage("2", after: "1", .assistant, "", answer: SavedAnswer()), to: id)
    try await store.extend(MessageID("2"), of: id, content: "zanzibar again")
    #expect(isOnDisk("zanzibar") && isOnDisk("cinnamon"))
    try await store.delete(id)
    await store.close()
    #expect(!isOnDisk("zanzibar") && !isOnDisk("cinnamon"))
    #expect(isOnDisk("kept"))
    #expect(try await store.list(limit: 5).map(\.id.text) == ["d"])
  }

  @Test func whatAProgramLeftDeletedGoesAfterADay() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "zanzibar")])
    try await store.delete(id)
    shelf.pass(23 * 3600 * 1000)
    try await shelf.store().restore(id)
    try await store.delete(id)
    shelf.pass(25 * 3600 * 1000)
    let late = shelf.store()
    await #expect(throws: HistoryError.self) { try await late.restore(id) }
    while try await late.hasChores { await Task.yield() }
    #expect(!isOnDisk("zanzibar"))
  }

  @Test func anAnswerThatWasNeverFinishedIsFoundInTheEnd() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "question")])
    try await store.append(SavedMessage("1", after: "0", .assistant, "", answer: SavedAnswer()), to: id)
    try await store.extend(MessageID("1"), of: id, content: "the cardamom ", reasoning: "hm")
    #expect(try await shelf.store().search("cardamom", limit: 5).isEmpty)
    shelf.pass(2 * 3600 * 1000)
    let later = shelf.store()
    #expect(try await later.search("cardamom", limit: 5).count == 1)
    // The program was only stopped.
    try await store.extend(MessageID("1"), of: id, content: "grows")
    let answer = try #require(try await later.load(id).messages.last)
    #expect(answer.content == "the cardamom grows" && answer.answer?.reasoning == "hm" && answer.answer?.status == nil)
  }
}

extension HistoryStore {
  fileprivate var hasChores: Bool {
    get throws { try read { (database) throws(HistoryError) in try database.number("SELECT 1 FROM chores") != nil } }
  }
}

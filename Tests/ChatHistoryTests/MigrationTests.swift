import ChatModel
import Foundation
import TestSupport
import Testing

@testable import ChatHistory

/// Testing has a type of that name, too.
private typealias Attachment = ChatModel.Attachment

@Suite struct MigrationTests {
  private let shelf = Shelf()

  private func database() throws -> Database {
    try shelf.file.prepareDirectory()
    try shelf.file.prepare()
    return try Database(path: shelf.path)
  }

  /// What the tables and indexes are, whatever the spaces.
  private func shape(of database: Database) throws -> [String] {
    try database.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name") { (row) in
      row.text(0).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private func fixture(_ name: String) throws -> String {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: tests.appendingPathComponent("Fixtures/history/\(name)"), encoding: .utf8)
  }

  /// Each version's tables with two chats in them, as that version wrote them.
  @Test(arguments: 1...Schema.steps.count)
  func everyVersionIsBroughtUpToDate(_ version: Int) async throws {
    try database().execute(fixture("version\(version).sql"))
    let store = shelf.store()
    let saved = try await store.load(ConversationID("01karyz7r3lighthouse000001"))
    #expect(saved.title == "About lighthouses" && saved.isTitleChosen && saved.isPinned)
    #expect(saved.path.map(\.content) == ["Be brief.", "What is a lighthouse?", "A tower with a light."])
    #expect(saved.messages.map(\.role) == [.system, .user, .assistant, .assistant])
    let files = version < 2 ? [] : [Attachment(name: "towers.md", content: .text("Pharos"))]
    #expect(saved.messages.map(\.attachments) == [[], files, [], []])
    let service = version < 3 ? nil : ChosenService(provider: "openai", model: "gpt-4o")
    #expect(try await store.service(of: saved.id) == service)
    let answer = try #require(saved.path.last?.answer)
    #expect(answer.provider == "openai" && answer.usage?.totalTokens == 21 && answer.status == .complete)
    #expect(saved.summary?.text == "Talk of towers")
    #expect(try await store.load(ConversationID("01karyz7r3streaming0000002")).messages.last?.content == "It was inter")
    #expect(try await store.list(limit: 5).map(\.turns) == [1, 1])
    #expect(try await store.search("tower", limit: 5).map(\.hit?.message?.text) == ["m3"])
    #expect(try await store.inputs(limit: 5) == ["What is a lighthouse?"])
    #expect(try await store.draft(of: nil) == "half a thou")
    try await store.append(SavedMessage("new", after: "m3", .user, "And now?"), to: saved.id)
    #expect(try await store.list(limit: 5).map(\.turns) == [2, 1])
    let old = try Database(path: shelf.path)
    try old.execute("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
    let other = Shelf()
    // Who closes has the database alone for a moment.
    let others = other.store()
    try await others.open()
    await others.close()
    #expect(try shape(of: old) == shape(of: Database(path: other.path)))
  }

  @Test func stepsAreTakenInTurnAndOnce() throws {
    let database = try database()
    try database.migrate()
    let steps = Schema.steps + ["CREATE TABLE later (a)", "ALTER TABLE later ADD COLUMN b"]
    try database.migrate(steps: steps)
    try database.migrate(steps: steps)
    #expect(try database.number("PRAGMA user_version") == Schema.steps.count + 2)
    try database.execute("SELECT a, b FROM later")
  }

  @Test func aStepThatFailsChangesNothing() throws {
    let database = try database()
    try database.migrate()
    let steps = Schema.steps + ["CREATE TABLE later (a)", "no SQL"]
    #expect(throws: HistoryError.self) { try database.migrate(steps: steps) }
    #expect(try database.number("PRAGMA user_version") == Schema.steps.count)
    #expect(try database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'later'") == 0)
  }
}

import CSQLite
import ChatModel
import Foundation
import TestSupport
import Testing

@testable import ChatHistory

@Suite struct SafetyTests {
  private let shelf = Shelf()
  private let id = ConversationID("c")

  private func kind(_ body: () async throws -> Void) async -> HistoryError.Kind? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? HistoryError)?.kind
    }
  }

  private func put(_ text: String) throws {
    try FileManager.default.createDirectory(atPath: shelf.file.directoryPath, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: shelf.path))
  }

  /// Runs statements on the file as another program would.
  private func execute(_ sql: String) throws {
    try Database(path: shelf.path).execute(sql)
  }

  @Test(arguments: ["000", "022", "077", "777"])
  func onlyTheOwnerMayRead(_ mask: String) async throws {
    let probe = try Probe(["umask", shelf.path, "c", mask])
    #expect(probe.lines() == ["1"])
    let store = shelf.store()
    try await store.append(SavedMessage("x", after: nil, .user, "x"), to: id)
    #expect(shelf.names == ["history.sqlite", "history.sqlite-shm", "history.sqlite-wal"])
    for name in shelf.names { #expect(mode("\(shelf.file.directoryPath)/\(name)") == 0o600, "\(name)") }
    #expect(mode(shelf.file.directoryPath) == 0o700)
    #expect(mode(shelf.directory + "/data") == 0o700)
    #expect(try await store.load(id).messages.map(\.content) == ["message 1 of c", "x"])
  }

  @Test func whatOthersMightReadIsTakenFromThem() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "x")])
    await store.close()
    chmod(shelf.file.directoryPath, 0o755)
    chmod(shelf.path, 0o644)
    try await shelf.store().open()
    #expect(mode(shelf.path) == 0o600 && mode(shelf.file.directoryPath) == 0o700)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func places() {
    #expect(HistoryFile(environment: ["XDG_DATA_HOME": "/d", "HOME": "/h"])?.path == "/d/aichat-tui/history.sqlite")
    #expect(
      HistoryFile(environment: ["XDG_DATA_HOME": "d", "HOME": "/h"])?.path
        == "/h/.local/share/aichat-tui/history.sqlite")
    #expect(HistoryFile(environment: ["HOME": ""]) == nil)
  }

  @Test func withoutAHomeNothingIsSaved() async {
    let store = HistoryStore(nil, now: { Shelf.start })
    #expect(await kind { try await store.save([SavedConversation("c", "x")]) } == .noHome)
  }

  @Test func aHomeThatCannotBeWritten() async throws {
    // No rights are needed to be refused here, and none help.
    for path in ["/proc/self/aichat-tui/history.sqlite", "/dev/null/data/history.sqlite"] {
      let store = HistoryStore(HistoryFile(path: path), now: { Shelf.start })
      #expect(await kind { try await store.save([SavedConversation("c", "x")]) } == .unwritable)
    }
  }

  @Test(arguments: [false, true])
  func whatCannotBeWrittenCanBeRead(isOpenElsewhere: Bool) async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "a message", updated: 1)])
    if !isOpenElsewhere { await store.close() }
    let root = geteuid() == 0
    for name in shelf.names { chmod("\(shelf.file.directoryPath)/\(name)", root ? 0o444 : 0o400) }
    for directory in [shelf.directory, shelf.directory + "/data"] { chmod(directory, 0o755) }
    chmod(shelf.file.directoryPath, root ? 0o555 : 0o500)
    defer { chmod(shelf.file.directoryPath, 0o700) }
    let lines = try Probe(["look", shelf.path, "c"]).lines()
    #expect(lines == ["list [c]", "load [\"a message\"]", "search [c]", "write unwritable"])
    chmod(shelf.file.directoryPath, 0o700)
    for name in shelf.names { chmod("\(shelf.file.directoryPath)/\(name)", 0o600) }
    try await store.rename(id, to: "Named")
  }

  @Test func aHomeThatIsMissingIsNotMade() async throws {
    let home = shelf.directory + "/home"
    let file = try #require(HistoryFile(environment: ["HOME": home]))
    let store = HistoryStore(file, now: { Shelf.start })
    #expect(await kind { try await store.save([SavedConversation("c", "x")]) } == .unwritable)
    #expect(access(home, F_OK) != 0)
    #expect(mkdir(home, 0o700) == 0)
    try await store.save([SavedConversation("c", "x")])
    #expect(mode(home + "/.local/share/aichat-tui/history.sqlite") == 0o600)
  }

  @Test func itGoesOnWhereTheTroublePasses() async throws {
    let (store, blocked) = (shelf.store(), shelf.directory + "/data")
    try Data().write(to: URL(fileURLWithPath: blocked))
    #expect(await kind { try await store.save([SavedConversation("c", "x")]) } == .unwritable)
    try FileManager.default.removeItem(atPath: blocked)
    try await store.save([SavedConversation("c", "x")])
    #expect(try await store.load(id).messages.count == 1)
  }

  @Test(arguments: ["no database at all, only text", "SQLite format 3\0 and then nothing that fits"])
  func aDamagedFileIsSetAside(_ content: String) async throws {
    let long = content + String(repeating: "?", count: 4096)
    try put(long)
    let store = shelf.store()
    try await store.save([SavedConversation("c", "x")])
    #expect(try await store.load(id).messages.count == 1)
    let name = shelf.file.path + ".damaged-20251121T105221Z"
    #expect(shelf.notices.withLock { $0 } == [.setAside(path: name)])
    #expect(FileManager.default.contents(atPath: name) == Data(long.utf8))
    // Another one at the same time gets a name of its own.
    await store.close()
    try put(long)
    try await store.open()
    #expect(shelf.names.contains("history.sqlite.damaged-20251121T105221Z-2"))
  }

  @Test func damageThatComesLaterIsSetAsideToo() async throws {
    let (store, other) = (shelf.store(), shelf.store())
    try await store.save((0..<50).map { SavedConversation("c\($0)", String(repeating: "word ", count: 500)) })
    try await other.open()
    try execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: shelf.path))
    for page in 1..<60 {
      try file.seek(toOffset: UInt64(page * 4096))
      try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    }
    try file.close()
    // The pages that are still in memory may answer; new ones cannot.
    await store.close()
    #expect(try await store.list(limit: 100).isEmpty)
    #expect(shelf.notices.withLock { $0.count } == 1)
    try await store.save([SavedConversation("c", "new")])
    // The other program has the old file open: it changes over.
    #expect(try await other.list(limit: 100).map(\.id) == [id])
    try await other.append(SavedMessage("x", after: "0", .user, "more"), to: id)
    await other.close()
    #expect(try await store.load(id).messages.count == 2)
    #expect(shelf.notices.withLock { $0.count } == 1)
  }

  @Test func aDamagedIndexIsMadeAnew() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "lighthouse")])
    try execute("UPDATE message_index_data SET block = x'00ff00ff' WHERE id > 1")
    await store.close()
    #expect(try await store.search("lighthouse", limit: 5).count == 1)
    #expect(shelf.notices.withLock { $0 }.isEmpty)
  }

  @Test func aFileThatWasRemovedIsBegunAnew() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "x")])
    for name in shelf.names { try FileManager.default.removeItem(atPath: "\(shelf.file.directoryPath)/\(name)") }
    #expect(await kind { try await store.append(SavedMessage("1", after: "0", .user, "y"), to: id) } == .notFound)
    try await store.save([SavedConversation("c", "x", "y")])
    #expect(try await shelf.store().load(id).messages.count == 2)
  }

  @Test func aNewerDatabaseIsLeftAlone() async throws {
    try await shelf.store().open()
    try execute("PRAGMA user_version = 1000")
    let before = FileManager.default.contents(atPath: shelf.path)
    do {
      try await shelf.store().save([SavedConversation("c", "x")])
      Issue.record("it was written")
    } catch {
      #expect(
        error.kind == .newer && error.remedy?.contains("format 1000, this one knows \(Schema.steps.count)") == true)
    }
    #expect(FileManager.default.contents(atPath: shelf.path) == before)
  }

  @Test func anotherProgramsDatabaseIsLeftAlone() async throws {
    try put("")
    try execute("CREATE TABLE logs (id); PRAGMA user_version = 1")
    #expect(await kind { try await shelf.store().open() } == .foreign)
    try execute("SELECT count(*) FROM logs")
  }

  @Test func whoWaitsTooLongIsTold() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "x")])
    await store.setPatience(20)
    let other = try Database(path: shelf.path)
    try other.execute("BEGIN IMMEDIATE")
    #expect(await kind { try await store.append(SavedMessage("1", after: "0", .user, "y"), to: id) } == .locked)
    // Reading needs no lock.
    #expect(try await store.load(id).messages.count == 1)
    try other.execute("ROLLBACK")
    try await store.append(SavedMessage("1", after: "0", .user, "y"), to: id)
    #expect(try await store.load(id).messages.count == 2)
  }

  @Test func overTheNetworkThereIsARollbackJournal() throws {
    try shelf.file.prepareDirectory()
    try shelf.file.prepare()
    let database = try Database(path: shelf.path)
    try database.configure(isOnLocalDisk: false)
    try database.migrate()
    #expect(try database.row("PRAGMA journal_mode") { (row) in row.text(0) } == "delete")
    #expect(try database.number("PRAGMA synchronous") == 3)
    #expect(shelf.file.isOnLocalDisk)
  }
}

extension HistoryStore {
  func setPatience(_ milliseconds: Int) { try? read { (database) in database.setPatience(milliseconds) } }
}

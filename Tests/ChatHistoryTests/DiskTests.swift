import CLossyDisk
import ChatModel
import Glibc
import TestSupport
import Testing

@testable import ChatHistory

/// Disks that are full, and power that fails: writes that were not synced are lost, or are there in part.
@Suite(.serialized) struct DiskTests {
  private let id = ConversationID("c")

  private func store(_ shelf: Shelf) -> HistoryStore {
    HistoryStore(
      shelf.file, system: "lossy", now: { Shelf.start },
      onNotice: { notice in shelf.notices.withLock { $0.append(notice) } })
  }

  /// Talks until the power fails; returns what was said to be on the disk, in the words of the probe.
  private func talk(_ store: HistoryStore, _ random: inout SeededGenerator) async -> [String] {
    var said: [String] = []
    do {
      try await store.save([SavedConversation(id: id, created: Shelf.start)])
      for turn in 1...1000 {
        let last = turn == 1 ? nil : "a\(turn - 1)"
        try await store.append(SavedMessage("q\(turn)", after: last, .user, "question \(turn)"), to: id)
        said.append("question \(turn)")
        var answer = SavedMessage("a\(turn)", after: "q\(turn)", .assistant, "", answer: SavedAnswer(provider: "p"))
        try await store.append(answer, to: id)
        for _ in 0..<3 {
          let piece = String(repeating: "word ", count: Int.random(in: 1...2000, using: &random))
          try await store.extend(answer.id, of: id, content: piece)
          answer.content += piece
          said.append("answer \(turn) \(answer.content.utf8.count)")
        }
        answer.answer?.status = .complete
        try await store.update(answer, of: id, at: Shelf.start)
        said.append("end \(turn) \(answer.content.utf8.count)")
      }
      Issue.record("the power never failed")
    } catch {
      // The power is gone.
    }
    return said
  }

  @Test func thePowerFails() async throws {
    let failures = cases(20, thorough: 1000)
    var random = SeededGenerator(state: UInt64(failures))
    for cycle in 0..<failures {
      let shelf = Shelf()
      lossy_begin()
      // From the first page of a new file to after the log was taken over into it, which is done each thousand pages.
      lossy_cut_after(.random(in: 1...(cycle % 2 == 0 ? 100 : 3000), using: &random))
      let store = store(shelf)
      let said = await talk(store, &random)
      await store.close()
      lossy_fail(UInt64(cycle))
      let later = shelf.store()
      if said.isEmpty {
        try await later.open()
      } else {
        let messages = try await later.load(id).messages
        #expect(messages.isTold(by: said), "cycle \(cycle): \(said.suffix(2))")
      }
      #expect(shelf.notices.withLock { $0 }.isEmpty, "cycle \(cycle)")
      let database = try Database(path: shelf.path)
      #expect(try database.row("PRAGMA integrity_check") { (row) in row.text(0) } == "ok", "cycle \(cycle)")
    }
  }

  @Test func aFullDiskIsToldAndPasses() async throws {
    let shelf = Shelf()
    lossy_begin()
    let store = store(shelf)
    try await store.save([SavedConversation("c", "x")])
    let long = SavedMessage("1", after: "0", .assistant, String(repeating: "word ", count: 100_000))
    lossy_set_room(20_000)
    do {
      try await store.append(long, to: id)
      Issue.record("there was room")
    } catch {
      #expect(error.kind == .full && error.mayPass && error.message.contains(shelf.path))
    }
    // What is there can be read, and nothing of the rest is.
    #expect(try await store.load(id).messages.map(\.content) == ["x"])
    lossy_set_room(-1)
    try await store.append(long, to: id)
    #expect(try await store.load(id).messages.last == long)
    #expect(shelf.notices.withLock { $0 }.isEmpty)
  }

  @Test func aDiskThatIsFullFromTheBeginning() async throws {
    let shelf = Shelf()
    lossy_begin()
    lossy_set_room(5000)
    let store = store(shelf)
    do {
      try await store.save([SavedConversation("c", "x")])
      Issue.record("there was room")
    } catch {
      #expect(error.kind == .full)
    }
    lossy_set_room(-1)
    try await store.save([SavedConversation("c", "x")])
    #expect(try await store.load(id).messages.count == 1)
    #expect(shelf.notices.withLock { $0 }.isEmpty)
  }
}

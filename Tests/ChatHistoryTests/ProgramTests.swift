import ChatModel
import Glibc
import TestSupport
import Testing

@testable import ChatHistory

/// Several programs on one database, and programs that are killed. `make soak` runs the whole length.
@Suite(.serialized) struct ProgramTests {
  private let shelf = Shelf()

  private func integrity() throws -> [String] {
    let database = try Database(path: shelf.path)
    try database.execute("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
    try database.execute("INSERT INTO title_index (title_index) VALUES ('integrity-check')")
    return try database.rows("PRAGMA integrity_check") { (row) in row.text(0) }
      + database.rows("PRAGMA foreign_key_check") { (row) in row.text(0) }
  }

  @Test func eightProgramsAtOnce() async throws {
    let count = cases(40, thorough: 1000)
    let probes = try (0..<8).map { try Probe(["append", shelf.path, "c\($0)", "\(count)"]) }
    for probe in probes { #expect(probe.lines() == (1...count).map(String.init)) }
    let store = shelf.store()
    for number in 0..<8 {
      let messages = try await store.load(ConversationID("c\(number)")).path
      #expect(messages.map(\.content) == (1...count).map { "message \($0) of c\(number)" })
    }
    #expect(try await store.count() == 8)
    #expect(try integrity() == ["ok"])
  }

  @Test func allBeginTheDatabaseAtOnce() async throws {
    for _ in 0..<cases(3, thorough: 200) {
      let shelf = Shelf()
      let probes = try (0..<8).map { try Probe(["append", shelf.path, "c\($0)", "1"]) }
      for probe in probes { #expect(probe.lines() == ["1"]) }
      #expect(try await shelf.store().count() == 8)
    }
  }

  @Test func killedAtRandomMoments() async throws {
    let kills = cases(12, thorough: 1000)
    var random = SeededGenerator(state: UInt64(kills))
    let store = shelf.store()
    for cycle in 0..<kills {
      let id = ConversationID("c\(cycle)")
      let probe = try Probe(["stream", shelf.path, id.text, "\(cycle)"])
      var said: [String] = []
      for _ in 0..<Int.random(in: 1...60, using: &random) { if let line = probe.line() { said.append(line) } }
      probe.kill()
      // What it had said before it was killed counts too.
      said += probe.lines()
      let messages = try await store.load(id).messages
      #expect(messages.isTold(by: said), "cycle \(cycle): \(said.suffix(2))")
      #expect(try integrity() == ["ok"], "cycle \(cycle)")
      // The whole is looked through each time; it is kept small.
      if cycle % 20 == 19 {
        for old in cycle - 19...cycle { try await store.delete(ConversationID("c\(old)")) }
        await store.close()
      }
    }
  }
}

extension [SavedMessage] {
  /// Whether they hold all that the probe said was on the disk.
  func isTold(by lines: [String]) -> Bool {
    let messages = Dictionary(map { ($0.id.text, $0) }) { first, _ in first }
    guard messages.count == count else { return false }
    return lines.allSatisfy { line in
      let words = line.split(separator: " ").map(String.init)
      switch words[0] {
      case "question": return messages["q\(words[1])"]?.content == "question \(words[1])"
      case "answer": return (messages["a\(words[1])"]?.content.utf8.count ?? -1) >= Int(words[2]) ?? 0
      case "end":
        let answer = messages["a\(words[1])"]
        return answer?.content.utf8.count == Int(words[2]) && answer?.answer?.status == .complete
      default: return false
      }
    }
  }
}

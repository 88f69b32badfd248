import ChatHistory
import ChatModel
import Glibc

/// `history import`.
extension HistoryCommand {
  /// What fits into memory without harm.
  private static let largestFile = 1 << 30
  /// Problems that are told one by one.
  private static let mostProblems = 20

  /// How many of a file's conversations went where.
  private struct Count: Encodable {
    enum CodingKeys: String, CodingKey {
      case imported, updated, unchanged, kept, empty, marks
      case leftOut = "left_out"
    }
    var imported = 0
    var updated = 0
    var unchanged = 0
    /// Went on here since they were exported.
    var kept = 0
    var empty = 0
    var marks: [String: Int] = [:]
    var leftOut: [String] = []
  }

  func take(_ path: String, isLenient: Bool, now: Timestamp) async throws(CommandFailure) -> ExitCode {
    let reading = try Self.read(path, isLenient: isLenient, now: now)
    var count = Count(
      empty: reading.empty, marks: reading.marks, leftOut: reading.leftOut.map(\.description))
    var wanted: [SavedConversation] = []
    for conversation in reading.conversations {
      switch try await saved(conversation.id) {
      case nil: count.imported += 1
      case conversation?:
        count.unchanged += 1
        continue
      case let saved? where saved.updated > conversation.updated:
        count.kept += 1
        continue
      case _?: count.updated += 1
      }
      wanted.append(conversation)
    }
    let ready = wanted
    try await reporting { () async throws(HistoryError) in try await store.save(ready) }
    if isJSON { return print(HistoryJSON.text(count, isPretty: false) + "\n") }
    for problem in count.leftOut.prefix(Self.mostProblems) { console.complain("Left out: \(EndLine.oneLine(problem))") }
    if count.leftOut.count > Self.mostProblems {
      console.complain("Left out: \(count.leftOut.count - Self.mostProblems) more")
    }
    return print(Self.sentence(count) + "\n")
  }

  private func saved(_ id: ConversationID) async throws(CommandFailure) -> SavedConversation? {
    do { return try await store.load(id) } catch {
      if error.kind == .notFound { return nil }
      throw CommandFailure(error)
    }
  }

  private static func read(_ path: String, isLenient: Bool, now: Timestamp) throws(CommandFailure) -> ConversationImport
  {
    let name = path == "-" ? "stdin" : path
    let bytes: [UInt8]
    do throws(FileContent.ReadError) {
      bytes =
        path == "-"
        ? try FileContent.readAll(STDIN_FILENO, limit: largestFile)
        : try FileContent.read(path, limit: largestFile).bytes
    } catch {
      let reason = error.code == EFBIG ? "is larger than 1 GiB; split it" : error.reason
      throw .configuration("\(name): \(reason)")
    }
    var reading = ConversationImport(isLenient: isLenient, now: now)
    do throws(ImportProblem) {
      if ConversationImport.isDatabase(bytes) {
        if path == "-" { throw ImportProblem("a database is read by its path, not from stdin") }
        try reading.readDatabase(at: path)
      } else {
        try reading.read(bytes)
      }
    } catch {
      let way = isLenient ? "" : ". Nothing was imported; --lenient takes in what is whole"
      throw CommandFailure(code: .refusedRequest, message: "\(name): \(error)\(way)")
    }
    return reading
  }

  private static func sentence(_ count: Count) -> String {
    var parts = ["\(count.imported) \(count.imported == 1 ? "conversation" : "conversations") imported"]
    if count.updated > 0 { parts.append("\(count.updated) updated") }
    if count.unchanged > 0 { parts.append("\(count.unchanged) unchanged") }
    if count.kept > 0 { parts.append("\(count.kept) kept, since they went on here") }
    if count.empty > 0 { parts.append("\(count.empty) without a message passed over") }
    if !count.leftOut.isEmpty { parts.append("\(count.leftOut.count) left out") }
    let marks = count.marks.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
    let note = marks.isEmpty ? "" : "; a mark stands for what the file only names: \(marks.joined(separator: ", "))"
    return parts.joined(separator: ", ") + note
  }
}

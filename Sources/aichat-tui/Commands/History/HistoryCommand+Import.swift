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
      case imported, updated, unchanged, kept, restored, empty, undated, marks
      case leftOut = "left_out"
    }
    var imported = 0
    var updated = 0
    var unchanged = 0
    /// Went on here since they were exported.
    var kept = 0
    /// Had been deleted here.
    var restored = 0
    var empty = 0
    /// Counts as of now, for want of a date.
    var undated = 0
    var marks: [String: Int] = [:]
    var leftOut: [String] = []

    mutating func add(_ outcome: ImportOutcome) {
      switch outcome {
      case .imported: imported += 1
      case .updated: updated += 1
      case .unchanged: unchanged += 1
      case .kept: kept += 1
      case .restored: restored += 1
      }
    }
  }

  func take(_ path: String, isLenient: Bool, now: Timestamp) async throws(CommandFailure) -> ExitCode {
    let reading = try Self.read(path, isLenient: isLenient, now: now)
    var count = Count(
      empty: reading.empty, undated: reading.undated, marks: reading.marks, leftOut: reading.leftOut.map(\.description))
    let outcomes = try await reporting { () async throws(HistoryError) in
      try await store.takeIn(reading.conversations, undated: now)
    }
    for outcome in outcomes { count.add(outcome) }
    if isJSON { return print(HistoryJSON.text(count, isPretty: false) + "\n") }
    for problem in count.leftOut.prefix(Self.mostProblems) { console.complain("Left out: \(EndLine.oneLine(problem))") }
    if count.leftOut.count > Self.mostProblems {
      console.complain("Left out: \(count.leftOut.count - Self.mostProblems) more")
    }
    return print(Self.sentence(count) + "\n")
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
    do throws(ImportProblem) { return try read(bytes, of: path, isLenient: isLenient, now: now) } catch {
      // Only where that would help.
      let lenient = isLenient ? nil : try? read(bytes, of: path, isLenient: true, now: now)
      let way =
        lenient?.conversations.isEmpty == false
        ? ". Nothing was imported; --lenient takes in what is whole"
        : ""
      throw CommandFailure(code: .refusedRequest, message: "\(name): \(error)\(way)")
    }
  }

  private static func read(
    _ bytes: [UInt8], of path: String, isLenient: Bool, now: Timestamp
  ) throws(ImportProblem) -> ConversationImport {
    var reading = ConversationImport(isLenient: isLenient, now: now)
    if ConversationImport.isDatabase(bytes) {
      if path == "-" { throw ImportProblem("a database is read by its path, not from stdin") }
      try reading.readDatabase(at: path)
    } else {
      try reading.read(bytes)
    }
    return reading
  }

  private static func sentence(_ count: Count) -> String {
    var parts = ["\(count.imported) \(count.imported == 1 ? "conversation" : "conversations") imported"]
    if count.updated > 0 { parts.append("\(count.updated) updated") }
    if count.unchanged > 0 { parts.append("\(count.unchanged) unchanged") }
    if count.kept > 0 { parts.append("\(count.kept) kept, since they went on here") }
    if count.restored > 0 { parts.append("\(count.restored) that had been deleted brought back") }
    if count.empty > 0 { parts.append("\(count.empty) without a message passed over") }
    if count.undated > 0 { parts.append("\(count.undated) without a date, which count as of now") }
    if !count.leftOut.isEmpty { parts.append("\(count.leftOut.count) left out") }
    let marks = count.marks.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
    let note = marks.isEmpty ? "" : "; a mark stands for what the file only names: \(marks.joined(separator: ", "))"
    return parts.joined(separator: ", ") + note
  }
}

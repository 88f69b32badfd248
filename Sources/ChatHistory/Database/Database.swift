import CSQLite
import Glibc

/// One connection to a SQLite database, for one thread at a time. Statements are prepared once and kept.
final class Database {
  let path: String
  /// Which file it is, whatever lies at the path by now.
  let identity: FileIdentity?
  /// Whether nothing can be written by this connection.
  let isForReading: Bool
  private let handle: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]

  /// What a connection is for.
  enum Purpose {
    case writing
    case reading
    /// Reading a file that nobody writes meanwhile: nothing is put beside it, and nothing that lies there is looked at.
    case readingAlone
  }

  /// Opens a file, which must be there.
  ///
  /// - Parameter system: the name of one of SQLite's file systems (VFS); nil for its own.
  init(path: String, system: String? = nil, for purpose: Purpose = .writing) throws(HistoryError) {
    self.path = path
    isForReading = purpose != .writing
    identity = HistoryFile(path: path).identity
    var handle: OpaquePointer?
    let flags = isForReading ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE
    let name = isForReading ? Self.address(of: path, isAlone: purpose == .readingAlone) : path
    let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_NOMUTEX, system)
    guard let handle else { throw HistoryError(.io, "There is no memory for a database") }
    guard code == SQLITE_OK else {
      let error = Self.error(of: handle, path: path)
      sqlite3_close_v2(handle)
      throw error
    }
    self.handle = handle
    sqlite3_extended_result_codes(handle, 1)
    SearchableText.register(with: handle)
  }

  /// The path as https://www.sqlite.org/uri.html wants it.
  private static func address(of path: String, isAlone: Bool) -> String {
    var address = "file:"
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%": address += "%25"
      case "?": address += "%3F"
      case "#": address += "%23"
      default: address.unicodeScalars.append(scalar)
      }
    }
    return address + (isAlone ? "?immutable=1" : "")
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    // SQLite removes its log at the end, by name: where another database lies at the path by now, that is the other's.
    if identity != HistoryFile(path: path).identity {
      var isKept: Int32 = 1
      sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &isKept)
    }
    sqlite3_close_v2(handle)
  }

  /// Whether the file still begins as databases do, which the pages that are in memory do not tell: somebody may have written
  /// something else over it.
  var isWhole: Bool { csqlite_begins_as_database(handle) != 0 }

  /// How long a statement waits for other programs, in milliseconds.
  func setPatience(_ milliseconds: Int) { sqlite3_busy_timeout(handle, Int32(clamping: milliseconds)) }

  /// Runs statements that have no values and whose rows are of no interest.
  func execute(_ sql: String) throws(HistoryError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error }
  }

  /// Runs one statement to its end; returns how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ values: SQLValue...) throws(HistoryError) -> Int {
    try each(sql, values) { (_) throws(HistoryError) in true }
    return Int(sqlite3_changes(handle))
  }

  /// The rows of a statement, each read by `read`.
  func rows<Value>(
    _ sql: String, _ values: SQLValue..., read: (Row) throws(HistoryError) -> Value
  ) throws(HistoryError) -> [Value] {
    var result: [Value] = []
    try each(sql, values) { (row) throws(HistoryError) in
      result.append(try read(row))
      return true
    }
    return result
  }

  /// The first row of a statement; nil where it has none.
  func row<Value>(
    _ sql: String, _ values: SQLValue..., read: (Row) throws(HistoryError) -> Value
  ) throws(HistoryError) -> Value? {
    var result: Value?
    try each(sql, values) { (row) throws(HistoryError) in
      result = try read(row)
      return false
    }
    return result
  }

  /// The first column of the first row, as a number.
  func number(_ sql: String, _ values: SQLValue...) throws(HistoryError) -> Int? {
    var result: Int?
    try each(sql, values) { (row) throws(HistoryError) in
      result = row.optionalInteger(0)
      return false
    }
    return result
  }

  /// Steps through a statement's rows until `body` returns false.
  func each(
    _ sql: String, _ values: [SQLValue], body: (Row) throws(HistoryError) -> Bool
  ) throws(HistoryError) {
    let statement = try prepare(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), of: statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: if try !body(Row(statement: statement)) { return }
      case SQLITE_DONE: return
      default: throw error
      }
    }
  }

  private func prepare(_ sql: String) throws(HistoryError) -> OpaquePointer {
    if let statement = statements[sql] { return statement }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw error }
    statements[sql] = statement
    return statement
  }

  private func bind(_ value: SQLValue, at index: Int32, of statement: OpaquePointer) throws(HistoryError) {
    let code: Int32
    switch value {
    case .integer(let number): code = sqlite3_bind_int64(statement, index, Int64(number))
    case .null: code = sqlite3_bind_null(statement, index)
    case .text(var text):
      code = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { bytes in
          // An empty text has no address, which SQLite would take for NULL.
          bytes.baseAddress.map { csqlite_bind_text(statement, index, $0, UInt64(bytes.count)) }
            ?? csqlite_bind_text(statement, index, "", 0)
        }
      }
    }
    guard code == SQLITE_OK else { throw error }
  }

  /// Runs `body` as one transaction that writes: all of it is on the disk when this returns, or nothing of it was done.
  func transaction<Value>(_ body: () throws(HistoryError) -> Value) throws(HistoryError) -> Value {
    try wrapped("BEGIN IMMEDIATE", body)
  }

  /// Runs `body` on the database as it is now, whatever others write meanwhile.
  func snapshot<Value>(_ body: () throws(HistoryError) -> Value) throws(HistoryError) -> Value {
    try wrapped("BEGIN", body)
  }

  private func wrapped<Value>(
    _ beginning: String, _ body: () throws(HistoryError) -> Value
  ) throws(HistoryError) -> Value {
    try run(beginning)
    do {
      let value = try body()
      try run("COMMIT")
      return value
    } catch {
      // SQLite has gone back of itself after some failures.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      throw error
    }
  }

  private var error: HistoryError { Self.error(of: handle, path: path) }

  private static func error(of handle: OpaquePointer, path: String) -> HistoryError {
    HistoryError(
      sqlite: sqlite3_extended_errcode(handle), system: sqlite3_system_errno(handle),
      message: String(cString: sqlite3_errmsg(handle)), path: path)
  }
}

/// The row that a statement stands on; of no use after the next step.
struct Row {
  fileprivate let statement: OpaquePointer

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }
  func optionalInteger(_ column: Int32) -> Int? { isNull(column) ? nil : integer(column) }
  func flag(_ column: Int32) -> Bool { integer(column) != 0 }
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// Empty for NULL.
  func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}

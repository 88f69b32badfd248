import CSQLite

/// Another program's database, opened for reading alone. Nothing in it is trusted: neither its schema, nor its values.
final class ForeignDatabase {
  private let handle: OpaquePointer
  /// The columns of its real tables; views and virtual tables may be anything.
  private(set) var tables: [String: Set<String>] = [:]

  init(path: String) throws(ImportProblem) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard let handle else { throw ImportProblem("there is no memory for a database") }
    self.handle = handle
    guard code == SQLITE_OK else { throw problem }
    sqlite3_busy_timeout(handle, 2000)
    for setting in ["trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"] {
      sqlite3_exec(handle, "PRAGMA \(setting)", nil, nil, nil)
    }
    var names: [String] = []
    try each("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'") { row in
      names.append(row.text(0) ?? "")
    }
    for name in names {
      try each("SELECT name FROM pragma_table_info(?)", [name]) { row in
        tables[name, default: []].insert(row.text(0) ?? "")
      }
    }
  }

  deinit { sqlite3_close_v2(handle) }

  /// Whether there is a table with these columns.
  func has(_ table: String, _ columns: String...) -> Bool { tables[table]?.isSuperset(of: columns) ?? false }

  /// A column in a statement; NULL where this version of the table has none.
  func column(_ name: String, of table: String) -> String {
    tables[table]?.contains(name) == true ? "\(table).\"\(name)\"" : "NULL"
  }

  /// Hands over the rows of a statement, one by one.
  func each(
    _ sql: String, _ values: [String] = [], _ body: (ForeignRow) throws(ImportProblem) -> Void
  ) throws(ImportProblem) {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw problem }
    defer { sqlite3_finalize(statement) }
    for (index, value) in values.enumerated() {
      csqlite_bind_text(statement, Int32(index + 1), value, UInt64(value.utf8.count))
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try body(ForeignRow(statement: statement))
      case SQLITE_DONE: return
      default: throw problem
      }
    }
  }

  /// The rows of a statement.
  func rows<Value>(
    _ sql: String, _ values: [String] = [], _ read: (ForeignRow) throws(ImportProblem) -> Value
  ) throws(ImportProblem) -> [Value] {
    var rows: [Value] = []
    try each(sql, values) { (row) throws(ImportProblem) in rows.append(try read(row)) }
    return rows
  }

  private var problem: ImportProblem {
    ImportProblem("the database cannot be read: \(String(cString: sqlite3_errmsg(handle)))")
  }
}

/// The row that a statement stands on.
struct ForeignRow {
  fileprivate let statement: OpaquePointer

  /// A text, also a number as one; nil for NULL.
  func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(statement, column) != SQLITE_NULL, let bytes = sqlite3_column_text(statement, column)
    else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// A text with something in it.
  func filled(_ column: Int32) -> String? { text(column).flatMap { $0.isEmpty ? nil : $0 } }

  func integer(_ column: Int32) -> Int? {
    sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : Int(sqlite3_column_int64(statement, column))
  }
}

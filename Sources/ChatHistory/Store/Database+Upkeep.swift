import ChatModel

/// What is done to the database as a whole.
extension Database {
  /// Sets what SQLite keeps with the connection, not with the file.
  func configure(isOnLocalDisk: Bool) throws(HistoryError) {
    // Before the first page is written; what is removed is overwritten, which compacting would undo.
    try execute("PRAGMA auto_vacuum = NONE")
    // As FULL with a write-ahead log. With a rollback journal, as at the first page even of a database with a log, a commit is
    // its removal, which only EXTRA brings to the disk.
    try execute("PRAGMA synchronous = EXTRA")
    try execute(isOnLocalDisk ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE")
    try execute(
      """
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = ON;
      PRAGMA journal_size_limit = 4194304;
      PRAGMA temp_store = MEMORY;
      """)
  }

  /// Makes the indexes anew from the texts.
  func rebuildIndexes() throws(HistoryError) {
    try transaction { () throws(HistoryError) in
      try run("INSERT INTO message_index (message_index) VALUES ('rebuild')")
      try run("INSERT INTO title_index (title_index) VALUES ('rebuild')")
    }
  }

  /// Removes what was deleted long ago, and makes whole what programs left that are gone.
  func tidy(at time: Timestamp) throws(HistoryError) {
    let limit = time.milliseconds - HistoryStore.graceOfDeleted
    let deleted = try rows("SELECT id FROM conversations WHERE deleted < ?", .integer(limit)) { (row) in
      ConversationID(row.text(0))
    }
    if !deleted.isEmpty { try purge(Set(deleted)) }
    let streaming = time.milliseconds - HistoryStore.graceOfStreaming
    let left = try rows(
      "SELECT DISTINCT p.message FROM pieces p JOIN messages m ON m.number = p.message WHERE m.created < ?",
      .integer(streaming)
    ) { (row) in row.integer(0) }
    for number in left { try transaction { () throws(HistoryError) in try fold(number) } }
  }

  /// Removes deleted conversations for good, with every word of theirs.
  func purge(_ ids: Set<ConversationID>) throws(HistoryError) {
    for id in ids.sorted() {
      try transaction { () throws(HistoryError) in
        if try run("DELETE FROM conversations WHERE id = ? AND deleted IS NOT NULL", .text(id.text)) > 0 {
          try run("DELETE FROM drafts WHERE " + HistoryStore.isSlot, .text(id.text))
        }
        // The indexes only mark words as gone, until their parts are merged.
        for index in Self.indexes { try run("INSERT OR REPLACE INTO chores VALUES (?, 'begin')", .text(index)) }
      }
    }
  }

  private static let indexes = ["message_index", "title_index"]

  /// Does a part of what is left to be done with the indexes; so little that nobody who wants to write waits for long.
  ///
  /// - Returns: true when nothing is left.
  func doChore() throws(HistoryError) -> Bool {
    let chore = try row("SELECT name, state FROM chores LIMIT 1") { (row) in (index: row.text(0), state: row.text(1)) }
    guard let chore else { return true }
    let isLast = try transaction { () throws(HistoryError) in
      let before = try number("SELECT total_changes()") ?? 0
      // https://www.sqlite.org/fts5.html#the_merge_command: below zero all parts are to become one, above it goes on.
      let pages = chore.state == "begin" ? -Self.pagesOfChore : Self.pagesOfChore
      try run("INSERT INTO \(chore.index) (\(chore.index), rank) VALUES ('merge', \(pages))")
      if (try number("SELECT total_changes()") ?? 0) - before < 2 {
        try run("DELETE FROM chores WHERE name = ?", .text(chore.index))
        return try number("SELECT 1 FROM chores") == nil
      }
      try run("UPDATE chores SET state = 'go on' WHERE name = ?", .text(chore.index))
      return false
    }
    // The log still has the old pages.
    if isLast { try execute("PRAGMA wal_checkpoint(TRUNCATE)") }
    return isLast
  }

  /// Pages of an index that one chore writes, more or less.
  private static let pagesOfChore = 50

  /// Adds an answer's pieces to its text.
  private func fold(_ number: Int) throws(HistoryError) {
    guard
      let message = try row(
        MessageRow.select + " WHERE m.number = ?", .integer(number),
        read: { (row) throws(HistoryError) in try MessageRow(row) })
    else { return }
    let whole = try withPieces(message)
    try run(
      "UPDATE messages SET content = ?, answer = ? WHERE number = ?", .text(whole.content),
      .optional(try whole.answer.map(AnswerText.encode)), .integer(number))
    try run("DELETE FROM pieces WHERE message = ?", .integer(number))
  }
}

import ChatModel

/// What is done to the database as a whole.
extension Database {
  /// Sets what SQLite keeps with the connection, not with the file.
  func configure(isOnLocalDisk: Bool) throws(HistoryError) {
    // Before the first page is written; what is removed is overwritten, which compacting would undo.
    try execute("PRAGMA auto_vacuum = NONE")
    try execute(isOnLocalDisk ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE")
    // With a rollback journal a commit is its removal, which only EXTRA brings to the disk.
    try execute(isOnLocalDisk ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = EXTRA")
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
        _ = try run("DELETE FROM conversations WHERE id = ? AND deleted IS NOT NULL", .text(id.text))
      }
    }
    // The index only marks words as gone until its parts are merged, which is done in small steps: others write in between.
    for index in ["message_index", "title_index"] {
      var pages = -500
      while true {
        let before = try number("SELECT total_changes()") ?? 0
        try run("INSERT INTO \(index) (\(index), rank) VALUES ('merge', \(pages))")
        if (try number("SELECT total_changes()") ?? 0) - before < 2 { break }
        pages = 500
      }
    }
    // The log still has the old pages.
    try execute("PRAGMA wal_checkpoint(TRUNCATE)")
  }

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

import ChatModel

/// What was typed: drafts and earlier inputs.
extension HistoryStore {
  /// Earlier inputs that are kept.
  private static let mostInputs = 10_000

  /// What was typed and not sent; empty for nothing.
  ///
  /// - Parameter id: nil for the conversation that is not begun.
  public func draft(of id: ConversationID?) throws(HistoryError) -> String {
    try read { (database) throws(HistoryError) in
      try database.row("SELECT text FROM drafts WHERE id = ?", .text(id?.text ?? "")) { (row) in row.text(0) } ?? ""
    }
  }

  /// Keeps what was typed and not sent; an empty text forgets it.
  public func setDraft(_ text: String, of id: ConversationID?) throws(HistoryError) {
    let time = now()
    try write { (database) throws(HistoryError) in
      if text.isEmpty {
        try database.run("DELETE FROM drafts WHERE id = ?", .text(id?.text ?? ""))
      } else {
        try database.run(
          "INSERT OR REPLACE INTO drafts (id, text, updated) VALUES (?, ?, ?)", .text(id?.text ?? ""), .text(text),
          .integer(time.milliseconds))
      }
    }
  }

  /// Keeps an input, unless it is the last one again. It goes when its conversation goes.
  public func addInput(_ text: String, to id: ConversationID? = nil) throws(HistoryError) {
    let time = now()
    try write { (database) throws(HistoryError) in
      let last = try database.row("SELECT text FROM inputs ORDER BY number DESC LIMIT 1") { (row) in row.text(0) }
      guard last != text else { return }
      try database.run(
        """
        INSERT INTO inputs (conversation, text, created)
        VALUES ((SELECT number FROM conversations WHERE id = ?), ?, ?)
        """, .optional(id?.text), .text(text), .integer(time.milliseconds))
      try database.run(
        "DELETE FROM inputs WHERE number <= (SELECT max(number) FROM inputs) - ?", .integer(Self.mostInputs))
    }
  }

  /// The last inputs of all conversations, the newest first, each text once.
  public func inputs(limit: Int) throws(HistoryError) -> [String] {
    try read { (database) throws(HistoryError) in
      var seen: Set<String> = []
      var inputs: [String] = []
      try database.each(
        """
        SELECT i.text FROM inputs i LEFT JOIN conversations c ON c.number = i.conversation
        WHERE c.deleted IS NULL ORDER BY i.number DESC
        """, []
      ) { (row) in
        let text = row.text(0)
        if seen.insert(text).inserted { inputs.append(text) }
        return inputs.count < limit
      }
      return inputs
    }
  }
}

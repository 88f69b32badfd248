import ChatModel

/// What was typed: drafts and earlier inputs.
extension HistoryStore {
  /// Earlier inputs that are kept.
  private static let mostInputs = 10_000

  /// What was typed and not sent; empty for nothing.
  ///
  /// - Parameter id: nil for the conversation that is not begun.
  public func draft(of id: ConversationID?) throws(HistoryError) -> String { try drafts(of: id)[0] ?? "" }

  /// What was typed and not sent, by slot: each program that had the conversation open has one of its own.
  ///
  /// - Parameter id: nil for the conversation that is not begun.
  public func drafts(of id: ConversationID?) throws(HistoryError) -> [Int: String] {
    let name = id?.text ?? ""
    return try read { (database) throws(HistoryError) in
      let drafts = try database.rows(
        "SELECT id, text FROM drafts WHERE id = ?1 OR " + Self.isSlot, .text(name)
      ) { (row) in (name: row.text(0), text: row.text(1)) }
      var slots: [Int: String] = [:]
      for draft in drafts {
        let slot = draft.name == name ? 0 : Int(draft.name.dropFirst(name.count + 1))
        if let slot { slots[slot] = draft.text }
      }
      return slots
    }
  }

  /// A draft's name is its conversation's; with a slot that is not the first one, that stands behind it.
  private static func name(_ id: ConversationID?, _ slot: Int) -> String {
    (id?.text ?? "") + (slot == 0 ? "" : "/\(slot)")
  }

  /// True for the further slots of the conversation that is the first value.
  static let isSlot = "substr(id, 1, length(?1) + 1) = ?1 || '/'"

  /// Keeps what was typed and not sent; an empty text forgets it.
  public func setDraft(_ text: String, of id: ConversationID?, slot: Int = 0) throws(HistoryError) {
    let time = now()
    let name = SQLValue.text(Self.name(id, slot))
    try write { (database) throws(HistoryError) in
      if text.isEmpty {
        try database.run("DELETE FROM drafts WHERE id = ?", name)
      } else {
        try database.run(
          "INSERT OR REPLACE INTO drafts (id, text, updated) VALUES (?, ?, ?)", name, .text(text),
          .integer(time.milliseconds))
      }
    }
  }

  /// Forgets what was typed and not sent, where it still is `text`: what another program put there since stays.
  public func forgetDraft(_ text: String, of id: ConversationID?, slot: Int = 0) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      try database.run("DELETE FROM drafts WHERE id = ? AND text = ?", .text(Self.name(id, slot)), .text(text))
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

import ChatModel

extension HistoryStore {
  /// Saved conversations, the pinned ones first, the newest first among each.
  ///
  /// - Parameter last: the last one of the page before; nil for the first page.
  public func list(after last: ConversationListing? = nil, limit: Int) throws(HistoryError) -> [ConversationListing] {
    try read { (database) throws(HistoryError) in
      guard let last else {
        return try database.rows(Self.listed + Self.order, .integer(limit)) { (row) in Self.listing(row) }
      }
      let number = try database.number("SELECT number FROM conversations WHERE id = ?", .text(last.id.text)) ?? 0
      return try database.rows(
        Self.listed + " AND (pinned, updated, number) < (?, ?, ?)" + Self.order, .flag(last.isPinned),
        .integer(last.updated.milliseconds), .integer(number), .integer(limit)
      ) { (row) in Self.listing(row) }
    }
  }

  private static let order = " ORDER BY pinned DESC, updated DESC, number DESC LIMIT ?"
  static let listed = """
    SELECT id, title, created, updated, provider, model, turns, pinned FROM conversations WHERE deleted IS NULL
    """

  static func listing(_ row: Row) -> ConversationListing {
    ConversationListing(
      id: ConversationID(row.text(0)), title: row.text(1), created: Timestamp(milliseconds: row.integer(2)),
      updated: Timestamp(milliseconds: row.integer(3)), provider: row.optionalText(4), model: row.optionalText(5),
      turns: row.integer(6), isPinned: row.flag(7))
  }

  /// The conversation that was written to last; nil where there is none.
  public func latest() throws(HistoryError) -> ConversationID? {
    try read { (database) throws(HistoryError) in
      try database.row("SELECT id FROM conversations WHERE deleted IS NULL ORDER BY updated DESC, number DESC LIMIT 1")
      {
        (row) in ConversationID(row.text(0))
      }
    }
  }

  /// The conversation whose id begins so, in small letters or in capitals; for `last` the one that was written to last.
  ///
  /// - Parameter isDeleted: whether one that was deleted is meant; `last` is the one that was deleted last then.
  /// - Throws: `.notFound` where there is none, `.ambiguous` where there are several.
  public func conversation(
    beginningWith text: String, isDeleted: Bool = false
  ) throws(HistoryError) -> ConversationID {
    if text == "last" {
      if let latest = try isDeleted ? lastDeleted() : latest() { return latest }
      throw HistoryError(
        .notFound,
        isDeleted ? "There is no deleted chat that could be brought back" : "There is no last chat: none are saved")
    }
    var found = try ids(beginningWith: text, isDeleted)
    if found.isEmpty { found = try ids(beginningWith: text.lowercased(), isDeleted) }
    if let first = found.first, first == text || first == text.lowercased() || found.count == 1 {
      return ConversationID(first)
    }
    guard !found.isEmpty else { throw isDeleted ? .noDeleted(text) : .noConversation(text) }
    throw HistoryError(
      .ambiguous,
      "Several \(isDeleted ? "deleted" : "saved") chats begin with \(text): \(found.joined(separator: ", "))",
      remedy: "Give more characters of the id")
  }

  /// The first few ids that begin so.
  private func ids(beginningWith text: String, _ isDeleted: Bool) throws(HistoryError) -> [String] {
    try read { (database) throws(HistoryError) in
      try database.rows(
        """
        SELECT id FROM conversations WHERE id >= ? AND id < ? AND (deleted IS NOT NULL) = ? ORDER BY id LIMIT 3
        """, .text(text), .text(text + "\u{10FFFF}"), .flag(isDeleted)
      ) { (row) in row.text(0) }
    }
  }

  private func lastDeleted() throws(HistoryError) -> ConversationID? {
    try read { (database) throws(HistoryError) in
      try database.row(
        "SELECT id FROM conversations WHERE deleted IS NOT NULL ORDER BY deleted DESC, number DESC LIMIT 1"
      ) { (row) in ConversationID(row.text(0)) }
    }
  }

  /// A whole conversation.
  public func load(_ id: ConversationID) throws(HistoryError) -> SavedConversation {
    try read { (database) throws(HistoryError) in try database.load(id) }
  }

  /// A message, with all that it has gained up to now.
  public func message(_ message: MessageID, of id: ConversationID) throws(HistoryError) -> SavedMessage {
    try read { (database) throws(HistoryError) in
      let place = try database.place(of: message, in: try database.conversationNumber(id))
      guard let found = try database.path(to: place.number, count: 1).last else { throw .noMessage(message.text) }
      return found
    }
  }

  /// A conversation with no more than the last messages of the path that is shown: what a screen needs to begin with.
  public func loadEnd(of id: ConversationID, count: Int) throws(HistoryError) -> SavedConversation {
    try read { (database) throws(HistoryError) in
      var (conversation, _, head) = try database.header(id)
      if let head { conversation.messages = try database.path(to: head, count: count) }
      return conversation
    }
  }

  /// What a chat begins and ends with: its first question, and the last messages of the path that is shown.
  public func excerpt(of id: ConversationID, count: Int) throws(HistoryError) -> [SavedMessage] {
    try read { (database) throws(HistoryError) in
      let (_, number, head) = try database.header(id)
      let end = try head.map { (head) throws(HistoryError) in try database.path(to: head, count: count) } ?? []
      let first = try database.row(
        MessageRow.select + " WHERE m.conversation = ? AND m.role = 'user' ORDER BY m.number LIMIT 1", .integer(number)
      ) { (row) throws(HistoryError) in try MessageRow(row).message }
      guard let first, !end.contains(where: { $0.id == first.id }) else { return end }
      return [first] + end
    }
  }

  /// The messages of a path that stand before one of its messages, the nearest of them, in the order in which they were said.
  public func messages(
    before message: MessageID, of id: ConversationID, count: Int
  ) throws(HistoryError) -> [SavedMessage] {
    try read { (database) throws(HistoryError) in
      let place = try database.place(of: message, in: try database.conversationNumber(id))
      return try database.path(to: place.number, count: count + 1).dropLast()
    }
  }

  /// How many conversations there are.
  public func count() throws(HistoryError) -> Int {
    try read { (database) throws(HistoryError) in
      try database.number("SELECT count(*) FROM conversations WHERE deleted IS NULL") ?? 0
    }
  }
}

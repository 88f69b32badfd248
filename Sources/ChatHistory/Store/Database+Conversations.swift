import ChatModel

/// Conversations and messages, within a transaction of the caller's.
extension Database {
  /// - Throws: `.notFound` where there is none, or it was deleted.
  func conversationNumber(_ id: ConversationID) throws(HistoryError) -> Int {
    let number = try number("SELECT number FROM conversations WHERE id = ? AND deleted IS NULL", .text(id.text))
    guard let number else { throw .noConversation(id.text) }
    return number
  }

  func place(of id: MessageID, in conversation: Int) throws(HistoryError) -> (number: Int, turns: Int) {
    let place = try row(
      "SELECT number, turns FROM messages WHERE conversation = ? AND id = ?", .integer(conversation), .text(id.text)
    ) { (row) in (number: row.integer(0), turns: row.integer(1)) }
    guard let place else { throw .noMessage(id.text) }
    return place
  }

  /// Writes a message, anew where it is there.
  func insert(
    _ message: SavedMessage, after parent: (number: Int, turns: Int)?, in conversation: Int
  ) throws(HistoryError) -> (number: Int, turns: Int) {
    let turns = (parent?.turns ?? 0) + (message.role == .user ? 1 : 0)
    let number = try number(
      """
      INSERT INTO messages (conversation, id, parent, turns, role, name, chosen, tool_call_id, created, answer, content,
        attachments)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (conversation, id) DO UPDATE SET
        role = excluded.role, name = excluded.name, chosen = excluded.chosen, tool_call_id = excluded.tool_call_id,
        created = excluded.created, answer = excluded.answer, content = excluded.content,
        attachments = excluded.attachments
      RETURNING number
      """, .integer(conversation), .text(message.id.text), .optional(parent?.number), .integer(turns),
      .text(message.role.rawValue), .optional(message.name), .flag(message.isChosen), .optional(message.toolCallID),
      .integer(message.created.milliseconds), .optional(try message.answer.map(AnswerText.encode)),
      .text(message.content),
      .optional(message.attachments.isEmpty ? nil : try AnswerText.encode(message.attachments)))
    guard let number else { throw HistoryError(.unexpected, "A message was not written") }
    try run("DELETE FROM pieces WHERE message = ?", .integer(number))
    return (number, turns)
  }

  /// Notes who answered last, for lists.
  func noteAnswerer(_ answer: SavedAnswer?, of conversation: Int) throws(HistoryError) {
    guard let answer, answer.provider != nil || answer.model != nil else { return }
    try run(
      "UPDATE conversations SET provider = ?, model = ? WHERE number = ?", .optional(answer.provider),
      .optional(answer.model), .integer(conversation))
  }

  /// A whole conversation.
  func load(_ id: ConversationID) throws(HistoryError) -> SavedConversation {
    var (conversation, number, _) = try header(id)
    conversation.messages = try messages(of: number)
    return conversation
  }

  /// All messages of a conversation, parents before their children.
  func messages(of conversation: Int) throws(HistoryError) -> [SavedMessage] {
    let rows = try rows(MessageRow.select + " WHERE m.conversation = ? ORDER BY m.number", .integer(conversation)) {
      (row) throws(HistoryError) in try MessageRow(row)
    }
    var messages: [SavedMessage] = []
    for row in rows { messages.append(try withPieces(row)) }
    return messages
  }

  /// A conversation without its messages, its number, and its head's.
  func header(
    _ id: ConversationID
  ) throws(HistoryError) -> (conversation: SavedConversation, number: Int, head: Int?) {
    let found = try row(
      """
      SELECT c.number, c.title, c.title_chosen, c.pinned, c.created, c.updated, m.id, c.thread_id, c.summary, c.head
      FROM conversations c LEFT JOIN messages m ON m.number = c.head WHERE c.id = ? AND c.deleted IS NULL
      """, .text(id.text)
    ) { (row) throws(HistoryError) in
      let conversation = SavedConversation(
        id: id, title: row.text(1), isTitleChosen: row.flag(2), isPinned: row.flag(3),
        created: Timestamp(milliseconds: row.integer(4)), updated: Timestamp(milliseconds: row.integer(5)),
        head: row.optionalText(6).map { MessageID($0) }, threadID: row.optionalText(7),
        summary: try row.optionalText(8).map { (text) throws(HistoryError) in
          try AnswerText.decode(SavedConversation.Summary.self, text)
        })
      return (conversation: conversation, number: row.integer(0), head: row.optionalInteger(9))
    }
    guard let found else { throw .noConversation(id.text) }
    return found
  }

  /// The last messages of the path to a message, itself among them, in the order in which they were said.
  func path(to last: Int, count: Int) throws(HistoryError) -> [SavedMessage] {
    let rows = try rows(
      """
      WITH RECURSIVE path (number, parent, depth) AS (
        SELECT number, parent, 1 FROM messages WHERE number = ?
        UNION ALL
        SELECT m.number, m.parent, depth + 1 FROM path JOIN messages m ON m.number = path.parent WHERE depth < ?)
      \(MessageRow.select) JOIN path ON path.number = m.number ORDER BY path.depth DESC
      """, .integer(last), .integer(count)
    ) { (row) throws(HistoryError) in try MessageRow(row) }
    var messages: [SavedMessage] = []
    for row in rows { messages.append(try withPieces(row)) }
    return messages
  }
}

import ChatModel

/// Conversations that several programs write into, within a transaction of the caller's.
extension Database {
  /// Writes what is known of a conversation beside what is there, of which nothing is removed.
  func merge(_ conversation: SavedConversation) throws(HistoryError) {
    let number = try mergeHeader(conversation)
    let known = try messages(of: number)
    let places = Dictionary(known.indices.map { (known[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    for message in conversation.messages {
      // Most of a long talk is there as it is.
      if let place = places[message.id], !message.hasNews(for: known[place]) { continue }
      var parent: (number: Int, turns: Int)?
      if let id = message.parent { parent = try place(of: id, in: number) }
      _ = try insert(message, after: parent, in: number)
    }
    guard let head = conversation.head else { return }
    try show(head, of: number)
  }

  /// Writes all but the messages and the head; returns the conversation's number.
  private func mergeHeader(_ conversation: SavedConversation) throws(HistoryError) -> Int {
    // A title that was chosen there, the pin, the draft and the inputs stay. The thread goes with the head.
    let number = try number(
      """
      INSERT INTO conversations (id, title, title_chosen, pinned, created, updated, turns, thread_id, summary)
      VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        title = CASE WHEN title_chosen OR excluded.title = '' THEN title ELSE excluded.title END,
        title_chosen = max(title_chosen, excluded.title_chosen), updated = max(updated, excluded.updated),
        thread_id = excluded.thread_id, summary = coalesce(excluded.summary, summary), deleted = NULL
      RETURNING number
      """, .text(conversation.id.text), .text(conversation.title), .flag(conversation.isTitleChosen),
      .flag(conversation.isPinned), .integer(conversation.created.milliseconds),
      .integer(conversation.updated.milliseconds), .optional(conversation.threadID),
      .optional(try conversation.summary.map(AnswerText.encode)))
    guard let number else { throw HistoryError(.unexpected, "A conversation was not written") }
    return number
  }

  /// Shows the path to a message, and notes who answered last on it.
  func show(_ head: MessageID, of conversation: Int) throws(HistoryError) {
    let place = try place(of: head, in: conversation)
    let answer = try row(
      """
      WITH RECURSIVE path (number, parent) AS (
        SELECT number, parent FROM messages WHERE number = ?
        UNION ALL SELECT m.number, m.parent FROM path JOIN messages m ON m.number = path.parent)
      SELECT m.answer FROM path CROSS JOIN messages m ON m.number = path.number WHERE m.answer IS NOT NULL LIMIT 1
      """, .integer(place.number)
    ) { (row) throws(HistoryError) in try AnswerText.decode(row.text(0)) }
    try run(
      "UPDATE conversations SET head = ?, turns = ?, provider = ?, model = ? WHERE number = ?",
      .integer(place.number), .integer(place.turns), .optional(answer?.provider), .optional(answer?.model),
      .integer(conversation))
  }

  /// Takes in a conversation of a file beside what is here.
  ///
  /// - Parameter now: the time that stands for those that the file does not tell.
  func takeIn(_ conversation: SavedConversation, undated now: Timestamp) throws(HistoryError) -> ImportOutcome {
    let name = SQLValue.text(conversation.id.text)
    let isThere = try number("SELECT 1 FROM conversations WHERE id = ?", name) != nil
    guard isThere else {
      try merge(conversation)
      return .imported
    }
    let wasDeleted = try run("UPDATE conversations SET deleted = NULL WHERE id = ? AND deleted IS NOT NULL", name) > 0
    let here = try load(conversation.id)
    let arrival = Arrival(conversation, here: here, undated: now)
    if arrival.merged != here {
      try merge(arrival.merged)
      try run(
        "UPDATE conversations SET title = ?, title_chosen = ?, pinned = ? WHERE id = ?", .text(arrival.merged.title),
        .flag(arrival.merged.isTitleChosen), .flag(arrival.merged.isPinned), name)
    }
    if wasDeleted { return .restored }
    if arrival.merged != here { return .updated }
    return arrival.file == here ? .unchanged : .kept
  }
}

extension SavedMessage {
  /// Whether it is to be written in place of what is there by its name: not where that is the same, or goes on where this one
  /// ends, as somebody else had it carried on.
  fileprivate func hasNews(for known: SavedMessage) -> Bool {
    let (ours, theirs) = (content.utf8, known.content.utf8)
    if theirs.count > ours.count, theirs.starts(with: ours) { return false }
    return self != known || !ours.elementsEqual(theirs)
  }
}

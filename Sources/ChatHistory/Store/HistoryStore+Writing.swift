import ChatModel

extension HistoryStore {
  /// Saves whole conversations, each in place of what went by its id: a new one, one that was taken from elsewhere, or one
  /// that could not be saved before. All of them or, when it throws, none.
  ///
  /// - Throws: `.notFound` where a message's parent does not stand before it.
  public func save(_ conversations: [SavedConversation]) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      for conversation in conversations { try database.insert(conversation) }
    }
    for conversation in conversations { deleted.remove(conversation.id) }
  }

  /// Adds a message, which the path shown ends in from then on; a first question gives the conversation its title. A
  /// message that is there already is written anew: who does not know whether it was saved may save it again.
  ///
  /// - Throws: `.notFound` where there is no such conversation, or no such parent.
  public func append(_ message: SavedMessage, to id: ConversationID) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let conversation = try database.conversationNumber(id)
      var parent: (number: Int, turns: Int)?
      if let id = message.parent { parent = try database.place(of: id, in: conversation) }
      let place = try database.insert(message, after: parent, in: conversation)
      let title = message.role == .user ? SavedConversation.title(from: message.content) : ""
      try database.run(
        """
        UPDATE conversations SET head = ?, turns = ?, updated = max(updated, ?),
          title = CASE WHEN title_chosen OR title <> '' THEN title ELSE ? END WHERE number = ?
        """, .integer(place.number), .integer(place.turns), .integer(message.created.milliseconds), .text(title),
        .integer(conversation))
      try database.noteAnswerer(message.answer, of: conversation)
    }
  }

  /// Adds to a streaming answer, at the cost of what is new.
  public func extend(
    _ message: MessageID, of id: ConversationID, content: String = "", reasoning: String = ""
  ) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let place = try database.place(of: message, in: try database.conversationNumber(id))
      for (isReasoning, text) in [(true, reasoning), (false, content)] where !text.isEmpty {
        try database.run(
          "INSERT INTO pieces (message, is_reasoning, text) VALUES (?, ?, ?)", .integer(place.number),
          .flag(isReasoning), .text(text))
      }
    }
  }

  /// Writes a message anew, in its place: an answer that is finished. The path shown stays.
  ///
  /// - Parameter time: when that was.
  public func update(_ message: SavedMessage, of id: ConversationID, at time: Timestamp) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let conversation = try database.conversationNumber(id)
      let place = try database.place(of: message.id, in: conversation)
      try database.run(
        "UPDATE messages SET content = ?, answer = ? WHERE number = ?", .text(message.content),
        .optional(try message.answer.map(AnswerText.encode)), .integer(place.number))
      try database.run("DELETE FROM pieces WHERE message = ?", .integer(place.number))
      try database.run(
        "UPDATE conversations SET updated = max(updated, ?) WHERE number = ?", .integer(time.milliseconds),
        .integer(conversation))
      try database.noteAnswerer(message.answer, of: conversation)
    }
  }

  /// Shows the path to another message.
  public func setHead(_ head: MessageID, of id: ConversationID) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let conversation = try database.conversationNumber(id)
      let place = try database.place(of: head, in: conversation)
      let answer = try database.row(
        """
        WITH RECURSIVE path (number, parent) AS (
          SELECT number, parent FROM messages WHERE number = ?
          UNION ALL SELECT m.number, m.parent FROM path JOIN messages m ON m.number = path.parent)
        SELECT m.answer FROM path CROSS JOIN messages m ON m.number = path.number WHERE m.answer IS NOT NULL LIMIT 1
        """, .integer(place.number)
      ) { (row) throws(HistoryError) in try AnswerText.decode(row.text(0)) }
      try database.run(
        "UPDATE conversations SET head = ?, turns = ?, provider = ?, model = ? WHERE number = ?",
        .integer(place.number),
        .integer(place.turns), .optional(answer?.provider), .optional(answer?.model), .integer(conversation))
    }
  }

  /// Notes the thread in which a service keeps the talk, nil for none.
  public func setThread(_ thread: String?, of id: ConversationID) throws(HistoryError) {
    try set("thread_id", to: .optional(thread), of: id)
  }

  /// Notes what stands for the older messages, nil for nothing.
  public func setSummary(_ summary: SavedConversation.Summary?, of id: ConversationID) throws(HistoryError) {
    try set("summary", to: .optional(try summary.map(AnswerText.encode)), of: id)
  }

  /// Gives a conversation a title for good; an empty one is made from the first question again.
  public func rename(_ id: ConversationID, to title: String) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let number = try database.conversationNumber(id)
      var made = title
      if title.isEmpty {
        let question = try database.row(
          "SELECT content FROM messages WHERE conversation = ? AND role = 'user' ORDER BY number LIMIT 1",
          .integer(number)
        ) { (row) in row.text(0) }
        made = SavedConversation.title(from: question ?? "")
      }
      try database.run(
        "UPDATE conversations SET title = ?, title_chosen = ? WHERE number = ?", .text(made), .flag(!title.isEmpty),
        .integer(number))
    }
  }

  /// Lists a conversation before the others, or among them again.
  public func setPinned(_ isPinned: Bool, _ id: ConversationID) throws(HistoryError) {
    try set("pinned", to: .flag(isPinned), of: id)
  }

  /// Copies a conversation. The copy goes on in a thread of its own.
  ///
  /// - Returns: the copy's id.
  @discardableResult
  public func duplicate(_ id: ConversationID) throws(HistoryError) -> ConversationID {
    let time = now()
    let copy = ConversationID(at: time)
    try write { (database) throws(HistoryError) in
      var conversation = try database.load(id)
      conversation.id = copy
      conversation.title += " (copy)"
      conversation.isPinned = false
      conversation.threadID = nil
      conversation.created = time
      conversation.updated = time
      try database.insert(conversation)
    }
    return copy
  }

  /// Deletes a conversation. `restore` brings it back, until this store is closed, or for a day where it never is.
  public func delete(_ id: ConversationID) throws(HistoryError) {
    let time = now()
    try set("deleted", to: .integer(time.milliseconds), of: id)
    deleted.insert(id)
  }

  /// Undoes a deletion.
  public func restore(_ id: ConversationID) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      guard try database.run("UPDATE conversations SET deleted = NULL WHERE id = ?", .text(id.text)) > 0 else {
        throw .noConversation(id.text)
      }
    }
    deleted.remove(id)
  }

  private func set(_ column: String, to value: SQLValue, of id: ConversationID) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let number = try database.conversationNumber(id)
      try database.run("UPDATE conversations SET \(column) = ? WHERE number = ?", value, .integer(number))
    }
  }
}

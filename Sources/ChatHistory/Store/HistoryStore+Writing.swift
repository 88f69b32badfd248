import ChatModel

extension HistoryStore {
  /// Saves what this program knows of a conversation, and removes nothing of what others wrote into it: a conversation that is
  /// missing is written, one that was deleted comes back, messages that are missing are added. A message that is there is
  /// written anew, unless somebody carried it on. The path shown ends in ours from then on.
  ///
  /// - Throws: `.notFound` where a message's parent is neither there nor stands before it.
  public func merge(_ conversation: SavedConversation) throws(HistoryError) {
    try write { (database) throws(HistoryError) in try database.merge(conversation) }
    deleted.remove(conversation.id)
  }

  /// Takes in what a file holds, beside what is here. All of it or, when it throws, nothing.
  ///
  /// - Parameter now: the time that stands in `conversations` for those that the file does not tell.
  /// - Returns: what became of each.
  public func takeIn(
    _ conversations: [SavedConversation], undated now: Timestamp
  ) throws(HistoryError) -> [ImportOutcome] {
    let outcomes = try write { (database) throws(HistoryError) in
      var outcomes: [ImportOutcome] = []
      // From the last on: of those written to at the same time, lists show the one first that came last.
      for conversation in conversations.reversed() { outcomes.append(try database.takeIn(conversation, undated: now)) }
      return outcomes
    }
    for conversation in conversations { deleted.remove(conversation.id) }
    return outcomes.reversed()
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

  /// Shows the path to another message, nil for none of them. A thread of the service's holds the path that was left.
  public func setHead(_ head: MessageID?, of id: ConversationID) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      let conversation = try database.conversationNumber(id)
      try database.run(
        """
        UPDATE conversations SET head = NULL, turns = 0, provider = NULL, model = NULL, thread_id = NULL
        WHERE number = ?
        """, .integer(conversation))
      if let head { try database.show(head, of: conversation) }
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
      try database.merge(conversation)
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

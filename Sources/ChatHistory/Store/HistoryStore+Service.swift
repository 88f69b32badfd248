import ChatModel

/// Who is to answer in a conversation.
extension HistoryStore {
  /// Nil where nobody noted it.
  public func service(of id: ConversationID) throws(HistoryError) -> ChosenService? {
    try read { (database) throws(HistoryError) in
      let text = try database.row("SELECT service FROM conversations WHERE id = ?", .text(id.text)) { (row) in
        row.optionalText(0)
      }
      return try (text ?? nil).map { (text) throws(HistoryError) in try AnswerText.decode(ChosenService.self, text) }
    }
  }

  /// Notes it.
  public func setService(_ service: ChosenService, of id: ConversationID) throws(HistoryError) {
    try write { (database) throws(HistoryError) in
      try database.run(
        "UPDATE conversations SET service = ? WHERE id = ?", .text(try AnswerText.encode(service)), .text(id.text))
    }
  }
}

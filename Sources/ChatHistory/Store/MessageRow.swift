import ChatModel
import FoundationEssentials

/// A message as it lies in the database.
struct MessageRow {
  let number: Int
  let message: SavedMessage

  static let select = """
    SELECT m.number, m.id, p.id, m.role, m.name, m.chosen, m.tool_call_id, m.created, m.answer, m.content, \
    m.attachments \
    FROM messages m LEFT JOIN messages p ON p.number = m.parent
    """

  /// Reads a row of `select`.
  init(_ row: Row) throws(HistoryError) {
    number = row.integer(0)
    guard let role = Role(rawValue: row.text(3)) else {
      throw HistoryError(.unexpected, "A saved message has the role \(row.text(3)), which is none")
    }
    message = SavedMessage(
      id: MessageID(row.text(1)), parent: row.optionalText(2).map { MessageID($0) }, role: role, content: row.text(9),
      name: row.optionalText(4), isChosen: row.flag(5), toolCallID: row.optionalText(6),
      created: Timestamp(milliseconds: row.integer(7)), answer: try row.optionalText(8).map(AnswerText.decode),
      attachments: try row.optionalText(10).map { (text) throws(HistoryError) in
        try AnswerText.decode([Attachment].self, text)
      } ?? [])
  }

  /// Whether more of it may lie in pieces.
  var mayHavePieces: Bool { message.answer.map { $0.status == nil } ?? false }
}

/// What a message has besides its text as JSON, which a later version may add to.
enum AnswerText {
  static func encode(_ answer: SavedAnswer) throws(HistoryError) -> String { try encode(answer as any Encodable) }

  static func encode(_ value: any Encodable) throws(HistoryError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw HistoryError(.unexpected, "What is to be saved cannot be written as JSON: \(error)")
    }
  }

  static func decode(_ text: String) throws(HistoryError) -> SavedAnswer { try decode(SavedAnswer.self, text) }

  static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws(HistoryError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw HistoryError(.unexpected, "What was saved cannot be read: \(error)")
    }
  }
}

extension Database {
  /// The message with what it has gained since it was written.
  func withPieces(_ row: MessageRow) throws(HistoryError) -> SavedMessage {
    var message = row.message
    guard row.mayHavePieces else { return message }
    let pieces = try rows(
      "SELECT is_reasoning, text FROM pieces WHERE message = ? ORDER BY number", .integer(row.number)
    ) { (row) in (isReasoning: row.flag(0), text: row.text(1)) }
    var reasoning = message.answer?.reasoning
    for piece in pieces {
      if piece.isReasoning { reasoning = (reasoning ?? "") + piece.text } else { message.content += piece.text }
    }
    message.answer?.reasoning = reasoning
    return message
  }
}

import ChatModel

/// The lossless form, a conversation a line. Each line says by itself what it is, since lines are cut out and joined.
enum JSONLinesExport {
  private struct Line: Encodable {
    enum CodingKeys: CodingKey { case format, version }
    let conversation: SavedConversation

    func encode(to encoder: any Encoder) throws {
      try conversation.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(HistoryJSON.format, forKey: .format)
      try container.encode(HistoryJSON.version, forKey: .version)
    }
  }

  static func line(of conversation: SavedConversation) -> String {
    HistoryJSON.text(Line(conversation: conversation), isPretty: false) + "\n"
  }
}

/// A saved conversation as a list shows it.
public struct ConversationListing: Equatable, Sendable {
  public var id: ConversationID
  public var title: String
  public var created: Timestamp
  /// When the last message was written.
  public var updated: Timestamp
  /// Who answered last; nil before an answer.
  public var provider: String?
  public var model: String?
  /// Questions on the path that is shown.
  public var turns: Int
  public var isPinned: Bool
  /// Where the words that were searched for stand; nil in a list that nothing was searched in.
  public var hit: SearchHit?

  public init(
    id: ConversationID, title: String, created: Timestamp, updated: Timestamp, provider: String? = nil,
    model: String? = nil, turns: Int = 0, isPinned: Bool = false, hit: SearchHit? = nil
  ) {
    self.id = id
    self.title = title
    self.created = created
    self.updated = updated
    self.provider = provider
    self.model = model
    self.turns = turns
    self.isPinned = isPinned
    self.hit = hit
  }
}

extension ConversationListing: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, title, created, updated, provider, model, turns, hit
    case isPinned = "pinned"
  }
}

/// A place in a saved conversation that holds what was searched for.
public struct SearchHit: Equatable, Sendable, Codable {
  /// A run of the text around the place.
  public struct Piece: Equatable, Sendable, Codable {
    public var text: String
    /// True for a word that was searched for.
    public var isMatch: Bool

    public init(text: String, isMatch: Bool) {
      self.text = text
      self.isMatch = isMatch
    }

    private enum CodingKeys: String, CodingKey {
      case text
      case isMatch = "match"
    }
  }

  /// The message; nil where only the title matches.
  public var message: MessageID?
  /// Some words around the place; joined, they are one text.
  public var snippet: [Piece]

  public init(message: MessageID?, snippet: [Piece]) {
    self.message = message
    self.snippet = snippet
  }
}

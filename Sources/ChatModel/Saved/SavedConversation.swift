/// A conversation as it is kept: a tree of messages, of which one path is shown.
///
/// A system prompt that was switched to is a message at its place. An answer that was asked for anew is a sibling of the
/// old one under the same question, and an edited question a sibling of the first: nothing is destroyed.
public struct SavedConversation: Equatable, Sendable {
  /// What stands in requests for the older messages, once the talk was compacted.
  public struct Summary: Equatable, Sendable {
    public var text: String
    /// The last message that it stands for.
    public var through: MessageID
    /// The last message that there was when it was written; those after it were held with the summary in place.
    public var writtenAfter: MessageID

    public init(text: String, through: MessageID, writtenAfter: MessageID) {
      self.text = text
      self.through = through
      self.writtenAfter = writtenAfter
    }
  }

  public var id: ConversationID
  public var title: String
  /// False while the title is made from the first message.
  public var isTitleChosen: Bool
  public var isPinned: Bool
  public var created: Timestamp
  public var updated: Timestamp
  /// The last message of the path that is shown; nil before the first message.
  public var head: MessageID?
  /// The thread in which the service keeps this talk (OpenAI Assistants).
  public var threadID: String?
  public var summary: Summary?
  /// Parents before their children, siblings in the order in which they were written.
  public var messages: [SavedMessage]

  public init(
    id: ConversationID, title: String = "", isTitleChosen: Bool = false, isPinned: Bool = false, created: Timestamp,
    updated: Timestamp? = nil, head: MessageID? = nil, threadID: String? = nil, summary: Summary? = nil,
    messages: [SavedMessage] = []
  ) {
    self.id = id
    self.title = title
    self.isTitleChosen = isTitleChosen
    self.isPinned = isPinned
    self.created = created
    self.updated = updated ?? created
    self.head = head
    self.threadID = threadID
    self.summary = summary
    self.messages = messages
  }

  /// The messages from the first to `head`. Ends early where a parent is missing.
  public var path: [SavedMessage] { pathPlaces.map { messages[$0] } }

  /// The places of the path's messages in the list.
  var pathPlaces: [Int] {
    guard let head else { return [] }
    var path: [Int] = []
    // Each step goes back in the list, since parents come first: a ring of parents has an end here too.
    var place = messages.lastIndex { $0.id == head }
    while let current = place {
      path.append(current)
      // Mostly it is the one before.
      place = messages[current].parent.flatMap { parent in messages[..<current].lastIndex { $0.id == parent } }
    }
    return path.reversed()
  }

  /// A title made from the first question: its first line with anything in it, at most 60 characters.
  public static func title(from question: String) -> String {
    let line = question.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } } ?? ""
    // No more is looked at than could matter: a pasted log may be one line.
    let words = line.drop(while: \.isWhitespace).prefix(400).split(whereSeparator: \.isWhitespace)
    let title = words.joined(separator: " ")
    return title.count <= 60 ? title : title.prefix(59) + "…"
  }
}

extension SavedConversation.Summary: Codable {
  private enum CodingKeys: String, CodingKey {
    case text, through
    case writtenAfter = "written_after"
  }
}

extension SavedConversation: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, title, created, updated, head, summary, messages
    case isTitleChosen = "title_chosen"
    case isPinned = "pinned"
    case threadID = "thread_id"
  }
}

/// One of the ways through a conversation: from its beginning to a message that nothing follows, or to where it stands.
public struct ConversationWay: Equatable, Sendable {
  /// The last message; nil for the way that has none.
  public var end: MessageID?
  /// The messages from where it parts from all others, system prompts not among them.
  public var own: [SavedMessage]
  /// What it follows where it parts; nil at the beginning.
  public var follows: SavedMessage?
  /// Questions of the whole way, and those before it parts.
  public var turns: Int
  public var sharedTurns: Int
  /// Who answered last.
  public var model: String?
  /// When its last message was written.
  public var updated: Timestamp
  /// It is the one that is shown.
  public var isCurrent: Bool

  public init(
    end: MessageID?, own: [SavedMessage] = [], follows: SavedMessage? = nil, turns: Int = 0, sharedTurns: Int = 0,
    model: String? = nil,
    updated: Timestamp, isCurrent: Bool = false
  ) {
    self.end = end
    self.own = own
    self.follows = follows
    self.turns = turns
    self.sharedTurns = sharedTurns
    self.model = model
    self.updated = updated
    self.isCurrent = isCurrent
  }
}

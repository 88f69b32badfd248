import ChatModel

/// A way through a talk as the menu shows it.
public struct BranchRow: Equatable, Sendable {
  public var conversation: ConversationID
  /// The last message of the way.
  public var end: MessageID?
  public var title: String
  public var detail: String
  public var preview: String
  /// It is the one on the screen.
  public var isCurrent: Bool

  /// The rows of the menu: the ways through the present talk, and behind them the talks of this run that are saved nowhere.
  ///
  /// - Parameter when: a time in words.
  public static func rows(
    of present: SavedConversation?, unsaved: [SavedConversation], when: (Timestamp) -> String
  ) -> [BranchRow] {
    let ways = present.map { talk in talk.ways.map { BranchRow($0, of: talk.id, when: when($0.updated)) } } ?? []
    return ways + unsaved.compactMap { BranchRow(unsaved: $0, when: when($0.updated)) }
  }

  private init(_ way: ConversationWay, of conversation: ConversationID, when: String) {
    self.conversation = conversation
    end = way.end
    isCurrent = way.isCurrent
    let first = way.own.first
    let words = SavedConversation.title(from: first?.content ?? "")
    switch first?.role {
    case nil: title = "(from the beginning)"
    case .user: title = words
    default:
      // Who was asked, as it was chosen: what a service calls its model may be the same for several.
      let names = [first?.answer?.provider, first?.answer?.askedModel ?? first?.answer?.model].compactMap { $0 }
      title = names.joined(separator: "/") + (names.isEmpty ? "" : " ") + "→ " + (words.isEmpty ? Self.noText : words)
    }
    let place = way.sharedTurns == 0 ? "" : "after turn \(way.sharedTurns)"
    detail = Self.detail([when, Self.turns(way.turns), way.model ?? "", place])
    // An answer says little without its question.
    let question = first?.role == .assistant ? way.follows : nil
    preview = MessagePreview.text(of: (question.map { [$0] } ?? []) + way.own)
  }

  private static let noText = "(no text)"

  /// A talk that is saved nowhere; nil for one in which nothing was said.
  private init?(unsaved talk: SavedConversation, when: String) {
    let said = talk.path.filter { $0.role != .system && $0.role != .developer }
    guard !talk.messages.isEmpty else { return nil }
    conversation = talk.id
    end = talk.head
    isCurrent = false
    title = talk.title.isEmpty ? "(no title)" : talk.title
    let turns = said.count { $0.role == .user }
    detail = Self.detail([when, Self.turns(turns), "earlier chat, not saved"])
    preview = MessagePreview.text(of: said)
  }

  private static func detail(_ facts: [String]) -> String { facts.filter { !$0.isEmpty }.joined(separator: " · ") }

  private static func turns(_ count: Int) -> String { "\(count) \(count == 1 ? "turn" : "turns")" }
}

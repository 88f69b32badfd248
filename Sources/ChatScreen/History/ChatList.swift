import ChatModel

/// The saved chats as far as the screen knows them.
struct ChatList: Equatable, Sendable {
  /// Nil until they were listed.
  var rows: [ChatRow]?
  /// What a search brought, and for which words.
  var found: (words: String, rows: [ChatRow])?
  /// The chat that was deleted last; it can be restored.
  var deleted: ConversationID?
  /// The chat that is open, once it is saved and known by name.
  var current: ConversationID?
  /// The chat that is open, while only its end is there.
  var awaited: AppState.Awaited?

  static func == (left: Self, right: Self) -> Bool {
    left.rows == right.rows && left.found?.words == right.found?.words && left.found?.rows == right.found?.rows
      && left.deleted == right.deleted && left.current == right.current && left.awaited == right.awaited
  }

  /// All that the menu lists: every chat, and behind them the places that were found.
  var all: [ChatRow] { (rows ?? []) + (found?.rows ?? []) }

  /// The entries of the menu, in the order of `all`.
  var entries: [MenuEntry] {
    all.enumerated().map { place, row in
      let listing = row.listing
      return MenuEntry(
        id: listing.id.text + (listing.hit?.message?.text ?? ""), title: (listing.isPinned ? "* " : "") + listing.title,
        detail: Self.detail(of: row), preview: listing.hit.map(Self.text) ?? "", isCurrent: listing.id == current,
        isFound: place >= rows?.count ?? 0)
    }
  }

  private static func detail(of row: ChatRow) -> String {
    let turns = row.listing.turns
    return [row.when, "\(turns) \(turns == 1 ? "turn" : "turns")", row.listing.model ?? row.listing.provider ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func text(of hit: SearchHit) -> String { hit.snippet.map(\.text).joined() }
}

import ChatModel

/// The saved chats as far as the screen knows them.
struct ChatList: Equatable, Sendable {
  /// Nil until they were listed.
  var rows: [ChatRow]?
  /// What a search brought, and for which words.
  var found: (words: String, rows: [ChatRow])?
  /// How chats begin and end, of those that were asked for; empty until it is known.
  var previews: [ConversationID: String] = [:]
  /// The chat that was deleted last; it can be restored.
  var deleted: ConversationID?
  /// The chat that is open, once it is saved and known by name.
  var current: ConversationID?
  /// The chat that is open, while only its end is there.
  var awaited: AppState.Awaited?

  static func == (left: Self, right: Self) -> Bool {
    left.rows == right.rows && left.found?.words == right.found?.words && left.found?.rows == right.found?.rows
      && left.deleted == right.deleted && left.current == right.current && left.awaited == right.awaited
      && left.previews == right.previews
  }

  /// All that the menu lists: every chat once, with the place where the words stand in it; behind them those that were found
  /// and are too old to be listed.
  var all: [ChatRow] {
    guard let found else { return rows ?? [] }
    var places = Dictionary(found.rows.map { ($0.listing.id, $0) }, uniquingKeysWith: { first, _ in first })
    let listed = (rows ?? []).map { row in
      var row = row
      row.listing.hit = places.removeValue(forKey: row.listing.id)?.listing.hit
      return row
    }
    return listed + found.rows.filter { places[$0.listing.id] != nil }
  }

  /// The chat of that place in the menu.
  func listing(_ index: Int) -> ConversationListing? {
    let all = all
    return all.indices.contains(index) ? all[index].listing : nil
  }

  /// The entries of the menu, in the order of `all`.
  var entries: [MenuEntry] {
    all.map { row in
      let listing = row.listing
      return MenuEntry(
        id: listing.id.text, title: (listing.isPinned ? "* " : "") + listing.title, detail: Self.detail(of: row),
        preview: listing.hit.map(Self.text) ?? previews[listing.id] ?? "", isCurrent: listing.id == current,
        isFound: listing.hit != nil)
    }
  }

  private static func detail(of row: ChatRow) -> String {
    let turns = row.listing.turns
    return [row.when, "\(turns) \(turns == 1 ? "turn" : "turns")", row.listing.model ?? row.listing.provider ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func text(of hit: SearchHit) -> String { hit.snippet.map(\.text).joined() }
}

import ChatModel

/// The saved chats as far as the screen knows them.
struct ChatList: Equatable, Sendable {
  /// Nil until they were listed.
  var rows: [ChatRow]? { didSet { listed = (rows ?? []).map { Self.entry($0) } } }
  /// What a search brought, and for which words.
  var found: (words: String, rows: [ChatRow])?
  /// The entries of `rows`, as long as nothing is looked for: ten thousand are not made anew at each key.
  private var listed: [MenuEntry] = []
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

  /// The chat of that place in the menu, with the place where the words stand in it.
  func listing(_ index: Int) -> ConversationListing? {
    guard let rows, index >= 0 else { return nil }
    guard index < rows.count else {
      let unlisted = unlisted
      return unlisted.indices.contains(index - rows.count) ? unlisted[index - rows.count].listing : nil
    }
    var listing = rows[index].listing
    listing.hit = found?.rows.first { $0.listing.id == listing.id }?.listing.hit
    return listing
  }

  /// What was found and is not among those that were listed: begun by another program since.
  private var unlisted: [ChatRow] {
    guard let found else { return [] }
    let names = Set(listed.lazy.map(\.id))
    return found.rows.filter { !names.contains($0.listing.id.text) }
  }

  /// The entries of the menu: every chat once, with the place where the words stand in it; behind them those that were found and
  /// are not listed.
  var entries: [MenuEntry] {
    let hits = Dictionary(
      (found?.rows ?? []).compactMap { row in row.listing.hit.map { (row.listing.id.text, $0) } },
      uniquingKeysWith: { first, _ in first })
    var entries = listed
    for index in entries.indices {
      let id = entries[index].id
      if let hit = hits[id] {
        entries[index].preview = Self.text(of: hit)
        entries[index].isFound = true
      }
      if id == current?.text { entries[index].isCurrent = true }
    }
    for (id, preview) in previews {
      guard hits[id.text] == nil, let index = entries.firstIndex(where: { $0.id == id.text }) else { continue }
      entries[index].preview = preview
    }
    return entries + unlisted.map { Self.entry($0) }
  }

  private static func entry(_ row: ChatRow) -> MenuEntry {
    let listing = row.listing
    return MenuEntry(
      id: listing.id.text, title: (listing.isPinned ? "* " : "") + listing.title, detail: detail(of: row),
      preview: listing.hit.map(text) ?? "", isCurrent: false, isFound: listing.hit != nil)
  }

  private static func detail(of row: ChatRow) -> String {
    let turns = row.listing.turns
    return [row.when, "\(turns) \(turns == 1 ? "turn" : "turns")", row.listing.model ?? row.listing.provider ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func text(of hit: SearchHit) -> String { hit.snippet.map(\.text).joined() }
}

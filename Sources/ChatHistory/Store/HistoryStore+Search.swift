import ChatModel

extension HistoryStore {
  /// Messages that are looked at for one search, at most: a word that stands in every message is found in the newest of them.
  private static let mostHits = 20_000
  /// Tokens of a snippet.
  private static let snippetLength = 16

  /// Conversations with all of the words in one message or in the title, the newest first; each with the newest message that has
  /// them and some words around the place. Nothing for a text without letters and digits, and for a task that was cancelled.
  public func search(_ text: String, limit: Int) throws(HistoryError) -> [ConversationListing] {
    guard let expression = SearchQuery(text).expression else { return [] }
    return try read { (database) throws(HistoryError) in
      let places = try Self.places(of: expression, limit: limit, in: database)
      var found: [(number: Int, listing: ConversationListing)] = []
      for number in places.keys {
        let listing = try database.row(Self.listed + " AND number = ?", .integer(number)) { (row) in Self.listing(row) }
        if let listing { found.append((number, listing)) }
      }
      found.sort { ($0.listing.updated, $0.number) > ($1.listing.updated, $1.number) }
      var listings: [ConversationListing] = []
      for (number, var listing) in found.prefix(limit) {
        listing.hit = try Self.hit(expression, of: number, message: places[number] ?? nil, in: database)
        listings.append(listing)
      }
      return listings
    }
  }

  /// Numbers of conversations that have the words, each with the number of the message; nil where it is the title.
  private static func places(
    of expression: String, limit: Int, in database: Database
  ) throws(HistoryError) -> [Int: Int?] {
    var places: [Int: Int?] = [:]
    var count = 0
    // In the order of the index, from its end: the first rows come without the others having been looked for.
    try database.each(
      """
      SELECT m.conversation, m.number FROM message_index i CROSS JOIN messages m ON m.number = i.rowid
      WHERE message_index MATCH ? ORDER BY i.rowid DESC
      """, [.text(expression)]
    ) { (row) in
      count += 1
      if count % 256 == 0, Task.isCancelled { return false }
      if places[row.integer(0)] == nil { places[row.integer(0)] = row.integer(1) }
      // More than are asked for: the order of writing is not quite that of the list, and deleted ones do not count.
      return places.count < 2 * limit && count < mostHits
    }
    if Task.isCancelled { return [:] }
    let titles = try database.rows(
      "SELECT rowid FROM title_index WHERE title_index MATCH ? ORDER BY rowid DESC LIMIT ?", .text(expression),
      .integer(2 * limit)
    ) { (row) in row.integer(0) }
    for number in titles where places[number] == nil { places[number] = .some(nil) }
    return places
  }

  private static func hit(
    _ expression: String, of conversation: Int, message: Int?, in database: Database
  ) throws(HistoryError) -> SearchHit {
    let index = message == nil ? "title_index" : "message_index"
    let marked = try database.row(
      "SELECT snippet(\(index), 0, ?, ?, '…', \(snippetLength)) FROM \(index) WHERE \(index) MATCH ? AND rowid = ?",
      .text(String(SearchableText.matchStart)), .text(String(SearchableText.matchEnd)), .text(expression),
      .integer(message ?? conversation)
    ) { (row) in row.text(0) }
    let id = try message.flatMap { (message) throws(HistoryError) in
      try database.row("SELECT id FROM messages WHERE number = ?", .integer(message)) { (row) in MessageID(row.text(0))
      }
    }
    return SearchHit(message: id, snippet: Snippet.pieces(marked ?? ""))
  }
}

import ChatHistory
import ChatModel
import TerminalModel

/// `history list` and `history search`.
extension HistoryCommand {
  /// Listings that are asked for at a time.
  private static let page = 500

  func list(limit: Int?) async throws(CommandFailure) -> ExitCode {
    let listings = try await listings(limit: limit)
    if isJSON { return print(Self.json(listings)) }
    if listings.isEmpty, limit != 0 { console.complain("No chats are saved.") }
    return print(Self.rows(listings).map { $0 + "\n" }.joined())
  }

  /// The newest, as many as there are where there is no limit.
  func listings(limit: Int?) async throws(CommandFailure) -> [ConversationListing] {
    var listings: [ConversationListing] = []
    while listings.count < limit ?? .max {
      let wanted = min(Self.page, (limit ?? .max) - listings.count)
      let last = listings.last
      let page = try await reporting { () async throws(HistoryError) in try await store.list(after: last, limit: wanted)
      }
      listings += page
      if page.count < wanted { break }
    }
    return listings
  }

  func search(_ words: String, limit: Int) async throws(CommandFailure) -> ExitCode {
    let listings =
      limit == 0
      ? []
      : try await reporting { () async throws(HistoryError) in
        try await store.search(words, limit: limit)
      }
    if isJSON { return print(Self.json(listings)) }
    if listings.isEmpty { console.complain("No saved chat has all of these words: \(EndLine.oneLine(words))") }
    let isTerminal = console.isOutputTerminal
    var text = ""
    for (row, listing) in zip(Self.rows(listings), listings) {
      text += (isTerminal ? Sanitiser.terminalSafe(row) : row) + "\n"
      if let hit = listing.hit { text += "    \(Self.snippet(hit, isTerminal: isTerminal))\n" }
    }
    return console.show(text)
  }

  /// An array, an element a line.
  private static func json(_ listings: [ConversationListing]) -> String {
    let lines = listings.map { HistoryJSON.text($0, isPretty: false) }
    return lines.isEmpty ? "[]\n" : "[\n\(lines.joined(separator: ",\n"))\n]\n"
  }

  /// Id, time, number of questions, model, title: columns that are as wide as they must be.
  private static func rows(_ listings: [ConversationListing]) -> [String] {
    let counts = listings.map { "\($0.turns)" }
    let models = listings.map { oneLine($0.model ?? "-") }
    let (countWidth, modelWidth) = (counts.map(\.count).max() ?? 0, models.map(\.count).max() ?? 0)
    return listings.indices.map { index in
      let count = String(repeating: " ", count: countWidth - counts[index].count) + counts[index]
      let model = models[index] + String(repeating: " ", count: modelWidth - models[index].count)
      let title = oneLine(listings[index].title)
      let mark = listings[index].isPinned ? "* " : ""
      return [
        listings[index].id.text, listings[index].updated.text, count, model,
        mark + (title.isEmpty ? "Untitled" : title),
      ]
      .joined(separator: "  ")
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
  }

  /// The words around a place, what was found in bold, or between asterisks where there is no bold.
  private static func snippet(_ hit: SearchHit, isTerminal: Bool) -> String {
    hit.snippet.map { piece in
      let text = String(piece.text.map { $0.isNewline ? " " : $0 })
      let safe = isTerminal ? Sanitiser.terminalSafe(text) : text
      guard piece.isMatch else { return safe }
      return isTerminal ? "\u{1B}[1m\(safe)\u{1B}[22m" : "*\(safe)*"
    }.joined()
  }
}

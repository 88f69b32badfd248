import ChatModel

/// How many tokens an answer has, as long as the service does not tell: as many as pieces, but what comes in large pieces
/// has more than one in each.
struct TokenEstimate: Equatable, Sendable {
  private var pieces = 0
  private var bytes = 0

  /// Counts what came.
  mutating func count(_ event: ChatEvent) {
    switch event {
    case .text(let piece), .reasoning(let piece), .refusal(let piece): bytes += piece.utf8.count
    case .toolCall(let fragment): bytes += fragment.arguments.utf8.count + (fragment.name?.utf8.count ?? 0)
    default: return
    }
    pieces += 1
  }

  /// Nil where nothing came yet.
  var tokens: Int? { pieces > 0 ? Self.tokens(pieces: pieces, bytes: bytes) : nil }

  /// No fewer than one for five bytes, which is what tokens of English have at most on average; no more than there are bytes.
  static func tokens(pieces: Int, bytes: Int) -> Int { min(max(pieces, (bytes + 4) / 5), max(bytes, 1)) }
}

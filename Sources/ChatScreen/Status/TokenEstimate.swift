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

/// What is going to be sent.
extension TokenEstimate {
  /// Tokens of an image. Services count by its size in pixels, from 85 to some 1,600; this is a rough middle.
  static let image = 1000

  /// About as many tokens as a message comes to with its files: one for four bytes of text.
  static func tokens(of question: Question) -> Int {
    question.attachments.reduce(text(question.text)) { sum, file in
      switch file.content {
      case .text(let content): sum + text(content)
      case .image: sum + image
      }
    }
  }

  private static func text(_ text: String) -> Int { (text.utf8.count + 3) / 4 }
}

extension AppState {
  /// What the messages that wait, and the input, come to, where files go along or more than is seen; nil where it is a few
  /// typed words.
  var tokensToSend: Int? {
    var questions = queue.filter { !$0.attachments.isEmpty }
    if input.hasInsets { questions.append(input.question) }
    return questions.isEmpty ? nil : questions.reduce(0) { $0 + TokenEstimate.tokens(of: $1) }
  }
}

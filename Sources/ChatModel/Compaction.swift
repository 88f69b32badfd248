/// Has a model write a summary of a talk's older turns, in as many requests as its context needs. Pure: replies go in, the
/// next request or the summary comes out.
///
/// The talk is given as one text. Where the service says that a piece is too long, the piece is halved, and the summary of
/// the first half goes along with the second.
public struct Compaction: Equatable, Sendable {
  /// What follows from a reply.
  public enum Step: Equatable, Sendable {
    /// Ask this next.
    case ask([Message])
    case finished(ConversationSummary)
    /// The reply is an error, or no summary; the talk stays as it is.
    case failed
  }

  /// Characters of a piece that is not halved any more.
  private static let smallestPiece = 400

  /// What the model is told to do.
  public static let instruction = """
    You summarise conversations. Write a summary of the conversation that follows, so that it can go on from the summary \
    alone: keep names, numbers, decisions, code that still matters, what the user wants, and questions that are open. \
    Write in the conversation's language, as briefly as that allows, and nothing but the summary.
    """

  /// Messages that the summary stands for.
  public let messageCount: Int
  private let through: TurnID
  private let turn: TurnID
  /// What is still to be summarised, in order.
  private var pieces: [String]
  private var summary: String?

  /// Folds all but the last turns; nil where there is nothing to fold.
  public init?(_ conversation: Conversation, turn: TurnID) {
    let folded = conversation.foldableTurns
    guard let last = folded.last else { return nil }
    through = last.id
    self.turn = turn
    messageCount = 2 * folded.count
    summary = conversation.summary?.text
    pieces = [
      folded.map { "User: \($0.question.text(namingImages: true))\n\nAssistant: \($0.answer)" }.joined(
        separator: "\n\n")
    ]
  }

  /// The request for the first of the pieces that are left.
  public var messages: [Message] {
    var text = summary.map { "What came before, in short:\n\n\($0)\n\n" } ?? ""
    text += "The conversation:\n\n" + (pieces.first ?? "")
    return [Message(role: .system, content: Self.instruction), Message(role: .user, content: text)]
  }

  /// Takes the reply to the last request.
  public mutating func take(_ reply: TurnResult) -> Step {
    if reply.error?.contextExcess != nil { return halve() ? .ask(messages) : .failed }
    guard reply.status == .complete, reply.summaryShortcoming == nil else { return .failed }
    summary = reply.content
    pieces.removeFirst()
    if !pieces.isEmpty { return .ask(messages) }
    return .finished(ConversationSummary(text: reply.content, through: through, writtenIn: turn))
  }

  /// Cuts the first piece in two, at the end of a line near its middle where there is one.
  private mutating func halve() -> Bool {
    guard let piece = pieces.first, piece.count > Self.smallestPiece else { return false }
    let middle = piece.index(piece.startIndex, offsetBy: piece.count / 2)
    let reach = piece.index(middle, offsetBy: -piece.count / 8)
    let cut = piece[reach..<middle].lastIndex(of: "\n") ?? middle
    pieces.replaceSubrange(0...0, with: [String(piece[..<cut]), String(piece[cut...])])
    return true
  }
}

extension TurnResult {
  /// Why a complete answer is no summary that could stand for anything, and what would help; nil where it is one.
  public var summaryShortcoming: String? {
    switch finishReason {
    case "length": "the summary was cut off at a limit of tokens; raise --max-tokens, or the limit of the service"
    case "content_filter": "the service's content filter ended the summary"
    default: content.contains { !$0.isWhitespace } ? nil : "the model wrote no summary"
    }
  }
}

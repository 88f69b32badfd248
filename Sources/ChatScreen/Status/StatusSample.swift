import ChatModel

/// What the status line says of the running or the last turn: a sample, so that it changes at most four times a second.
struct StatusSample: Equatable, Sendable {
  /// Time between two samples.
  static let interval = Duration.milliseconds(250)

  enum State: Equatable, Sendable {
    case starting, ready, connecting, waiting, thinking, streaming, retrying
    case stopped, timedOut, connectionLost, failed
  }

  var state = State.ready
  /// Since the start of the turn; nil before the first turn.
  var elapsed: Duration?
  /// Tokens of the answer.
  var tokens: Int?
  /// The service gave no count yet: pieces were counted instead.
  var isEstimate = false
  /// Tokens per second since the first piece, times ten.
  var rateTenths: Int?
}

/// The turn whose answer comes.
struct RunningTurn: Equatable, Sendable {
  /// Nil until the session says that it started.
  var id: TurnID?
  let startedAt: Duration
  var state = StatusSample.State.connecting
  var firstPieceAt: Duration?
  var pieces = 0
  var usage: Usage?

  init(startedAt: Duration) { self.startedAt = startedAt }

  mutating func count(_ event: ChatEvent, at now: Duration) {
    if case .usage(let usage) = event { self.usage = usage }
    guard event.isPiece else { return }
    pieces += 1
    if firstPieceAt == nil { firstPieceAt = now }
    if case .reasoning = event { state = .thinking } else { state = .streaming }
  }

  func sample(at now: Duration) -> StatusSample {
    let known = usage?.completionTokens
    let tokens = known ?? (pieces > 0 ? pieces : nil)
    var sample = StatusSample(
      state: state, elapsed: max(.zero, now - startedAt), tokens: tokens, isEstimate: known == nil)
    if let tokens, let firstPieceAt {
      let milliseconds = (now - firstPieceAt).wholeMilliseconds
      if milliseconds >= 500 {
        let (product, overflow) = tokens.multipliedReportingOverflow(by: 10_000)
        if !overflow { sample.rateTenths = product / milliseconds }
      }
    }
    return sample
  }
}

extension Duration {
  /// Milliseconds, rounded down.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}

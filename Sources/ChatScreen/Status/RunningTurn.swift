import ChatModel

/// The turn whose answer comes.
struct RunningTurn: Equatable, Sendable {
  /// Nil until the session says that it started.
  var id: TurnID?
  let startedAt: Duration
  var state = StatusSample.State.connecting
  var firstPieceAt: Duration?
  var estimate = TokenEstimate()
  var usage: Usage?
  /// When the request that failed is made again.
  var retryAt: Duration?
  /// When the turn is given up, where the service has been silent for a while.
  var givesUpAt: Duration?
  /// What its service takes.
  var prices: Prices?
  /// Why it failed.
  var retryReason: ChatError?
  /// Another service was chosen since: what this one says of itself is not of the next one.
  var isOfEarlierService = false
  /// Who was asked this once; nil for the chat's model.
  var model: String?
  /// What comes is the rest of an answer that broke off.
  var isGoingOn = false
  /// What comes is a summary of the older messages, and no answer.
  var isCompacting = false
  /// The summary has taken the messages' place.
  var hasCompacted = false

  /// What it says of itself holds for the next ones too.
  var speaksForOthers: Bool { !isOfEarlierService && model == nil }

  /// A turn that was just asked for.
  init(startedAt: Duration) { self.startedAt = startedAt }

  /// Counts what came.
  mutating func count(_ event: ChatEvent, at now: Duration) {
    // Whatever comes, the waiting is over.
    retryAt = nil
    if case .usage(let usage) = event { self.usage = usage }
    guard event.isPiece else { return }
    estimate.count(event)
    if firstPieceAt == nil { firstPieceAt = now }
    if case .reasoning = event { state = .thinking } else { state = .streaming }
  }

  /// The request failed, and is made again after a wait.
  mutating func tryAgain(after wait: Duration, because reason: ChatError, at now: Duration) {
    state = .waiting
    retryAt = now + wait
    givesUpAt = nil
    retryReason = reason
  }

  /// Why the request is about to be made again; nil where it is not.
  func reason(at now: Duration) -> ChatError? { retryAt.flatMap { now < $0 ? retryReason : nil } }

  /// What it cost, where that is known.
  var cost: Double? { usage.flatMap { prices?.cost(of: $0) } }

  /// What the status line says of the turn now.
  func sample(at now: Duration) -> StatusSample {
    let known = usage?.completionTokens
    let tokens = known ?? estimate.tokens
    var sample = StatusSample(
      state: state, elapsed: max(.zero, now - startedAt), tokens: tokens, isEstimate: known == nil)
    if let retryAt, now < retryAt {
      sample.state = .retrying(seconds: ((retryAt - now).wholeMilliseconds + 999) / 1000)
    }
    if let givesUpAt { sample.givesUpIn = max(0, ((givesUpAt - now).wholeMilliseconds + 999) / 1000) }
    if let sent = usage?.promptTokens {
      let (sum, overflow) = sent.addingReportingOverflow(known ?? 0)
      if !overflow { sample.contextUsed = sum }
    }
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

import ChatModel

/// What the transcript says about how a turn ended.
enum TurnEnding {
  /// The lines that close an answer; none after a plain complete one.
  static func blocks(for result: TurnResult) -> [TranscriptBlock] {
    switch result.status {
    case .complete: complete(result)
    case .cancelled: [TranscriptBlock(.mark, stopped)]
    case .timedOut: timedOut(result)
    case .truncated: truncated(result)
    case .failed: failed(result)
    }
  }

  static let stopped = "[Stopped]"
  /// Its program ended before it did, or has not written its end yet.
  static let interrupted = "[Interrupted]"

  private static func complete(_ result: TurnResult) -> [TranscriptBlock] {
    switch result.finishReason {
    case "length":
      [TranscriptBlock(.mark, "[Length limit]")] + (result.isUnfinished ? [TranscriptBlock(.remedy, goesOn)] : [])
    case "content_filter": [TranscriptBlock(.mark, "[Content filter]")]
    default:
      result.hasContent
        ? result.toolLimitMark.map { [TranscriptBlock(.mark, $0)] } ?? []
        : [TranscriptBlock(.mark, "[Empty answer]")]
    }
  }

  private static func timedOut(_ result: TurnResult) -> [TranscriptBlock] {
    let mark = result.hasContent ? "[Timeout - partial response]" : "[Timeout]"
    guard let error = result.error else { return [TranscriptBlock(.mark, mark)] }
    return [
      TranscriptBlock(.mark, "\(mark) \(timeoutName(error.kind)): \(error.message)"), remedy(of: error, in: result),
    ]
  }

  private static func timeoutName(_ kind: ChatError.Kind) -> String {
    switch kind {
    case .timeoutConnect: "connect timeout"
    case .timeoutFirstChunk: "first-chunk timeout"
    case .timeoutChunk: "chunk timeout"
    default: "total timeout"
    }
  }

  private static func truncated(_ result: TurnResult) -> [TranscriptBlock] {
    let mark = result.hasContent ? "[Connection lost - partial response]" : "[Connection lost]"
    guard let error = result.error else { return [TranscriptBlock(.mark, mark)] }
    return [TranscriptBlock(.mark, "\(mark) \(error.message)"), remedy(of: error, in: result)]
  }

  private static func failed(_ result: TurnResult) -> [TranscriptBlock] {
    let error = result.error ?? ChatError(.unexpected, "")
    var blocks: [TranscriptBlock] = []
    if result.hasContent { blocks.append(TranscriptBlock(.mark, "[Response truncated due to error]")) }
    blocks.append(TranscriptBlock(.problem, title(of: error)))
    if !error.message.isEmpty { blocks.append(TranscriptBlock(.problemDetail, error.message)) }
    blocks.append(remedy(of: error, in: result))
    return blocks
  }

  /// What went wrong outside of any turn: there is nothing to ask again.
  static func blocks(for error: ChatError) -> [TranscriptBlock] {
    var blocks = [TranscriptBlock(.problem, title(of: error))]
    if !error.message.isEmpty { blocks.append(TranscriptBlock(.problemDetail, error.message)) }
    if let remedy = error.remedy, !remedy.isEmpty { blocks.append(TranscriptBlock(.remedy, remedy)) }
    return blocks
  }

  /// What happened, in a line: `Sign-in refused (HTTP 401)`.
  static func title(of error: ChatError) -> String {
    let status = error.status.map { " (HTTP \($0))" } ?? ""
    let code = error.code.map { " · \($0)" } ?? ""
    return what(error.kind) + status + code
  }

  private static func what(_ kind: ChatError.Kind) -> String {
    switch kind {
    case .auth: "Sign-in refused"
    case .config: "Configuration error"
    case .notFound: "Not found"
    case .badRequest: "Request refused"
    case .contentFilter: "Refused by the content filter"
    case .rateLimit: "Rate limit reached"
    case .server: "Server error"
    case .network: "Network error"
    case .tls: "TLS error"
    case .protocolViolation: "Unexpected reply"
    case .truncated: "Connection lost"
    case .timeoutConnect, .timeoutFirstChunk, .timeoutChunk, .timeoutTotal: "Timeout"
    case .unexpected: "Unexpected error"
    }
  }

  private static let tooLong = "/compact folds the older messages into a summary · /clear begins anew"
  private static let goesOn = "/continue goes on from there"

  private static func remedy(of error: ChatError, in result: TurnResult) -> TranscriptBlock {
    let again = (result.isUnfinished ? goesOn + " · " : "") + "/retry asks again"
    if error.contextExcess != nil { return TranscriptBlock(.remedy, tooLong) }
    guard let remedy = error.remedy, !remedy.isEmpty else {
      // A remedy that there is says it already.
      let wait = error.retryAfter.map { " (the server asks to wait \(wholeSeconds($0)) s)" } ?? ""
      return TranscriptBlock(.remedy, again + wait)
    }
    return TranscriptBlock(.remedy, "\(remedy.hasSuffix(".") ? String(remedy.dropLast()) : remedy) · \(again)")
  }

  /// Rounded up, and within bounds, so that a server's absurd number does not trap.
  private static func wholeSeconds(_ seconds: Double) -> Int {
    guard seconds > 0 else { return 0 }
    let whole = Int(min(seconds, 1e9))
    return Double(whole) < seconds ? whole + 1 : whole
  }
}

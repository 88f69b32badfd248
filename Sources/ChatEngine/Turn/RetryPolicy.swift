import ChatModel

/// Whether and when a request that failed before any content is made again. Pure.
struct RetryPolicy: Equatable {
  /// The longest wait that a server may ask for; one that asks for more is told of instead.
  static let longestWait = Duration.seconds(60)
  private static let firstWait = Duration.milliseconds(500)
  private static let longestOwnWait = Duration.seconds(8)

  /// Further attempts after the first, at most.
  let limit: Int

  /// How long to wait before the next attempt; nil when there shall be none.
  ///
  /// What the server asks for counts; without that the wait doubles from half a second to eight, less up to a quarter of
  /// it by chance, so that many clients do not come back at one moment.
  /// - Parameters:
  ///   - failures: attempts that have failed by now, at least 1.
  ///   - chance: from 0 up to 1.
  func wait(after error: ChatError, failures: Int, chance: Double) -> Duration? {
    guard failures <= limit, Self.isPassing(error) else { return nil }
    if let asked = error.retryAfter {
      guard Duration.seconds(bounded: asked) <= Self.longestWait else { return nil }
      // To the millisecond, as it is shown.
      return .milliseconds(Int((max(0, asked) * 1000).rounded(.up)))
    }
    var wait = Self.firstWait
    for _ in 1..<max(1, failures) where wait < Self.longestOwnWait { wait *= 2 }
    return min(wait, Self.longestOwnWait) * (1 - 0.25 * chance)
  }

  /// True for what may be over in a moment: no connection, or one that ended before the answer began, too many requests, a
  /// server that is busy or broken. Never for a request or key that the service does not want.
  private static func isPassing(_ error: ChatError) -> Bool {
    if let mayPass = error.mayPass { return mayPass }
    return switch error.kind {
    // A proxy that wants a password wants it the next time too.
    case .network: error.status == nil
    case .rateLimit, .server: true
    default: false
    }
  }
}

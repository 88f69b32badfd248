/// Which limit of a turn comes next, and which has passed. Pure: it is told the time, and asked.
///
/// All times are those of the session's `TurnClock`.
struct Deadlines: Equatable {
  /// What a passed deadline means.
  enum Limit: Equatable {
    case connect, firstChunk, chunk, total
    /// All that matters has come, but the connection stays open: the end need not be waited for any longer.
    case lingering
  }

  /// How long after the last byte an answer that is whole (or an error's head) waits for usage, `[DONE]` or the close.
  static let lingering = Duration.seconds(2)

  let timeouts: Timeouts
  private let turnStart: Duration
  private var attemptStart: Duration
  private var isConnected = false
  private var lastPiece: Duration?
  private var lingersSince: Duration?

  init(_ timeouts: Timeouts, now: Duration) {
    self.timeouts = timeouts
    turnStart = now
    attemptStart = now
  }

  /// A new request of the same turn: all but the total starts anew.
  mutating func beginAttempt(now: Duration) {
    attemptStart = now
    isConnected = false
    lastPiece = nil
    lingersSince = nil
  }

  mutating func connected() { isConnected = true }

  /// A piece of text, reasoning, refusal or tool argument came.
  mutating func piece(now: Duration) {
    isConnected = true
    lastPiece = now
  }

  /// The answer is whole, or an error's head is there; called again whenever more bytes come.
  mutating func linger(now: Duration) {
    isConnected = true
    lingersSince = now
  }

  /// The limit that runs out first, and when; nil when none is set.
  var next: (limit: Limit, at: Duration)? {
    var candidates: [(limit: Limit, at: Duration)] = []
    func add(_ limit: Limit, _ start: Duration, _ length: Duration?) {
      if let length { candidates.append((limit, start + length)) }
    }
    if let lingersSince {
      add(.lingering, lingersSince, Self.lingering)
    } else if let lastPiece {
      add(.chunk, lastPiece, timeouts.chunk)
    } else {
      add(.firstChunk, attemptStart, timeouts.firstChunk)
      if !isConnected { add(.connect, attemptStart, timeouts.connect) }
    }
    add(.total, turnStart, timeouts.total)
    return candidates.min { $0.at < $1.at }
  }

  /// When the turn is over at the latest; nil when no total is set.
  var end: Duration? { timeouts.total.map { turnStart + $0 } }

  /// The limit that has run out at that time; of several the one that did first.
  func passed(now: Duration) -> Limit? {
    guard let next, next.at <= now else { return nil }
    return next.limit
  }

  /// True once nothing more than the end of the connection is waited for.
  var isLingering: Bool { lingersSince != nil }
}

import ChatModel

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
  /// What the present wait was lengthened by, and all of the turn.
  private var grace = Duration.zero
  private var totalGrace = Duration.zero

  init(_ timeouts: Timeouts, now: Duration) {
    self.timeouts = timeouts
    turnStart = now
    attemptStart = now
  }

  /// A new request of the same turn: all but the total starts anew.
  mutating func beginAttempt(now: Duration) {
    attemptStart = now
    grace = .zero
    isConnected = false
    lastPiece = nil
    lingersSince = nil
  }

  mutating func connected() { isConnected = true }

  /// A piece of text, reasoning, refusal or tool argument came.
  mutating func piece(now: Duration) {
    isConnected = true
    grace = .zero
    lastPiece = now
  }

  /// The answer is whole, or an error's head is there; called again whenever more bytes come.
  mutating func linger(now: Duration) {
    isConnected = true
    lingersSince = now
  }

  /// Waits longer, this time; all of the turn may take so much longer, too.
  mutating func extend(by time: Duration) {
    grace += time
    totalGrace += time
  }

  /// The limits as they were lengthened.
  var lengthened: Timeouts {
    Timeouts(
      connect: timeouts.connect.map { $0 + grace }, firstChunk: timeouts.firstChunk.map { $0 + grace },
      chunk: timeouts.chunk.map { $0 + grace }, total: timeouts.total.map { $0 + totalGrace })
  }

  /// When a third of the time until the next limit has passed without anything; nil when nothing is waited for.
  var warning: Duration? {
    guard lingersSince == nil, let next else { return nil }
    let since = lastPiece ?? attemptStart
    return since + (next.at - since) / 3
  }

  /// The limit that runs out first, and when; nil when none is set.
  var next: (limit: Limit, at: Duration)? {
    let timeouts = lengthened
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
  var end: Duration? { lengthened.total.map { turnStart + $0 } }

  /// The limit that has run out at that time; of several the one that did first.
  func passed(now: Duration) -> Limit? {
    guard let next, next.at <= now else { return nil }
    return next.limit
  }

  /// True once nothing more than the end of the connection is waited for.
  var isLingering: Bool { lingersSince != nil }
}

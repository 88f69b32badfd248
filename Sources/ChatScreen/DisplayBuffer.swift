import ChatModel

/// Lets an answer flow that comes in bursts: takes in what comes, and gives it out frame by frame.
///
/// What comes steadily, or is but a few words, is shown at once. What comes in one lump after a pause is shared out over the
/// next frames, so that all of it is shown `delay` after it came. Nothing is lost: who ends the answer calls `flush`.
///
/// ```swift
/// for event in buffer.take(events, at: now) { show(event) }
/// if let next = buffer.nextRelease { … buffer.release(at: next) … }
/// ```
struct DisplayBuffer: Equatable, Sendable {
  /// The longest that anything is held back. It does not add to the time for which pieces are gathered before they come here:
  /// what was gathered is steady.
  static let delay = Duration.milliseconds(50)
  /// The time between two shares of a lump.
  static let step = Duration.milliseconds(16)
  /// What has as few bytes as this is no lump.
  static let few = 24
  /// What comes sooner than this after the last is steady: twice the time for which pieces are gathered before they come
  /// here, so that a machine that is busy with other things does not make lumps of them.
  static let pause = Duration.milliseconds(160)

  private var waiting: [ChatEvent] = []
  /// When all that waits is to be shown.
  private var deadline: Duration?
  private var lastArrival: Duration?
  /// When `release` is to be called; nil while nothing waits.
  private(set) var nextRelease: Duration?

  /// Takes in what came; what is to be shown of it, and of what waited, now.
  mutating func take(_ events: [ChatEvent], at now: Duration) -> [ChatEvent] {
    let isSteady = lastArrival.map { now - $0 < Self.pause } ?? false
    if events.contains(where: \.isPiece) { lastArrival = now }
    if waiting.isEmpty, isSteady || Self.size(of: events) <= Self.few { return events }
    waiting += events
    deadline = deadline ?? now + Self.delay
    return release(at: now)
  }

  /// The next share, which is to be shown now.
  mutating func release(at now: Duration) -> [ChatEvent] {
    guard let deadline else { return [] }
    let shares = max(0, (deadline - now) / Self.step).rounded(.down) + 1
    if shares == 1 { return flush() }
    var rest = Int((Double(Self.size(of: waiting)) / shares).rounded(.up))
    var shown: [ChatEvent] = []
    var whole = 0
    while rest > 0, whole < waiting.count {
      if let (first, second) = waiting[whole].cut(after: rest, atLeast: Self.few) {
        shown.append(first)
        waiting[whole] = second
        break
      }
      rest -= waiting[whole].size
      shown.append(waiting[whole])
      whole += 1
    }
    waiting.removeFirst(whole)
    if waiting.isEmpty { return shown + flush() }
    nextRelease = now + Self.step
    return shown
  }

  /// All that waits, to be shown now.
  mutating func flush() -> [ChatEvent] {
    defer {
      waiting = []
      deadline = nil
      nextRelease = nil
    }
    return waiting
  }

  private static func size(of events: [ChatEvent]) -> Int { events.reduce(0) { $0 + $1.size } }
}

extension ChatEvent {
  /// Bytes of text that it brings to the screen.
  fileprivate var size: Int {
    switch self {
    case .text(let piece), .reasoning(let piece), .refusal(let piece): piece.utf8.count
    default: 0
    }
  }

  /// Two events in its place, the first of some `count` bytes and cut between grapheme clusters; nil where that leaves
  /// nothing, or for a piece of no more than `least` bytes: tokens stay whole.
  fileprivate func cut(after count: Int, atLeast least: Int) -> (ChatEvent, ChatEvent)? {
    func halves(_ piece: String) -> (String, String)? {
      guard piece.utf8.count > max(count, least) else { return nil }
      let place = piece.utf8.index(piece.startIndex, offsetBy: count)
      // The end of the cluster that the byte before the cut belongs to.
      let end = piece.index(after: piece.utf8.index(before: place))
      return end == piece.endIndex ? nil : (String(piece[..<end]), String(piece[end...]))
    }
    switch self {
    case .text(let piece): return halves(piece).map { (.text($0), .text($1)) }
    case .reasoning(let piece): return halves(piece).map { (.reasoning($0), .reasoning($1)) }
    case .refusal(let piece): return halves(piece).map { (.refusal($0), .refusal($1)) }
    default: return nil
    }
  }
}

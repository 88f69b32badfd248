/// Decides when a frame is painted: at once after a key and at the end of an answer, at most 40 times a second while text
/// streams, never when nothing changed.
public struct FramePacer: Equatable, Sendable {
  /// The least time between two frames that no key asked for.
  public static let interval = Duration.milliseconds(25)
  /// How long an answer's pieces may be gathered before they are brought: what makes some 12 frames a second of a stream. A
  /// frame costs most of what it costs in being woken for, on every thread. Longer than the least time between frames, so
  /// that what comes is painted on the same wake-up.
  public static let streaming = Duration.milliseconds(80)

  private var lastPaint: Duration?
  private var isDirty = false
  private var isUrgent = false

  /// Nothing is to be painted yet.
  public init() {}

  /// Something changed; `urgent` when a person did it and waits for it.
  public mutating func changed(urgent: Bool) {
    isDirty = true
    isUrgent = isUrgent || urgent
  }

  /// When the next frame is due, `now` or later; nil when nothing changed. Times are of one monotonic clock.
  public func nextPaint(at now: Duration) -> Duration? {
    guard isDirty else { return nil }
    guard !isUrgent, let lastPaint else { return now }
    return max(now, lastPaint + Self.interval)
  }

  /// A frame was painted.
  public mutating func painted(at now: Duration) {
    lastPaint = now
    isDirty = false
    isUrgent = false
  }
}

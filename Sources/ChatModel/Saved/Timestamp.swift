/// A point in time, to the millisecond. As JSON it is a text in ISO 8601, in UTC: `2026-11-21T10:52:21.123Z`.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// The years 0000 to 9999, which ISO 8601 can write.
  private static let writable = -62_167_219_200_000...253_402_300_799_999

  /// Milliseconds since the beginning of 1970 in UTC.
  public let milliseconds: Int

  /// The nearest time that ISO 8601 can write.
  public init(milliseconds: Int) {
    self.milliseconds = min(max(milliseconds, Self.writable.lowerBound), Self.writable.upperBound)
  }

  /// Seconds since 1970 with parts of them, as other programs give them; nil for what is no number.
  public init?(seconds: Double) {
    guard seconds.isFinite else { return nil }
    self.init(milliseconds: Int(min(max(seconds * 1000, -1e15), 1e15).rounded()))
  }

  /// A time in ISO 8601 that names its zone; nil for anything else.
  public init?(_ text: String) {
    guard let (time, offset) = CalendarTime.parse(text), let offset else { return nil }
    self.init(milliseconds: (time.secondsSince1970 - offset) * 1000 + time.millisecond)
  }

  /// In ISO 8601: `2026-11-21T10:52:21.123Z`.
  public var text: String {
    let time = CalendarTime(millisecondsSince1970: milliseconds)
    func padded(_ number: Int, _ count: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    let date = "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
    let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    return "\(date)T\(clock).\(padded(time.millisecond, 3))Z"
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

extension Timestamp: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let timestamp = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no time in ISO 8601, such as 2026-11-21T10:52:21.123Z")
    }
    self = timestamp
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

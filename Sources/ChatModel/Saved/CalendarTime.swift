/// A date and a time of day in the Gregorian calendar, in no zone of its own.
public struct CalendarTime: Equatable, Sendable {
  public var year: Int
  /// From 1 to 12.
  public var month: Int
  /// From 1 to 31.
  public var day: Int
  public var hour: Int
  public var minute: Int
  /// From 0 to 60: a leap second is one.
  public var second: Int
  public var millisecond: Int

  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }

  /// Days since 1970-01-01; years begin in March here, so that a leap day comes last.
  private var days: Int {
    let year = month <= 2 ? year - 1 : year
    let monthsSinceMarch = (month + 9) % 12
    let century = Self.quotient(year, 100)
    return 365 * year + Self.quotient(year, 4) - century + Self.quotient(year, 400) + (153 * monthsSinceMarch + 2) / 5
      + day - 1 - 719_468
  }

  /// Rounded down, also below zero.
  private static func quotient(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : (number - divisor + 1) / divisor
  }

  /// Seconds since 1970, taken as UTC.
  public var secondsSince1970: Int { days * 86_400 + hour * 3600 + minute * 60 + second }

  /// The time in UTC.
  init(millisecondsSince1970 milliseconds: Int) {
    let seconds = Self.quotient(milliseconds, 1000)
    let days = Self.quotient(seconds, 86_400)
    let ofDay = seconds - days * 86_400
    // Days since 0000-03-01, in eras of 400 years (146,097 days) that are all alike.
    let shifted = days + 719_468
    let era = Self.quotient(shifted, 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthsSinceMarch = (5 * ofYear + 2) / 153
    let month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: ofYear - (153 * monthsSinceMarch + 2) / 5 + 1,
      hour: ofDay / 3600, minute: ofDay / 60 % 60, second: ofDay % 60, millisecond: milliseconds - seconds * 1000)
  }

  /// A date and time as ISO 8601 writes them, and what it says of the zone: `2026-11-21T10:52:21.5+01:00`,
  /// `2026-11-21 10:52:21`. Parts of a second below a thousandth are dropped.
  ///
  /// - Returns: the time as it is written, and the zone's distance from UTC in seconds, nil where none is named; nil for
  ///   anything else.
  public static func parse(_ text: String) -> (time: CalendarTime, offset: Int?)? {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2, in: 1...12), reader.skip("-"),
      let day = reader.number(2, in: 1...31), reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(2, in: 0...23), reader.skip(":"), let minute = reader.number(2, in: 0...59),
      reader.skip(":"), let second = reader.number(2, in: 0...60)
    else { return nil }
    var time = CalendarTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    if reader.skip(".") || reader.skip(",") {
      guard let milliseconds = reader.thousandths() else { return nil }
      time.millisecond = milliseconds
    }
    if reader.isAtEnd { return (time, nil) }
    if reader.skip("Z") || reader.skip("z") { return reader.isAtEnd ? (time, 0) : nil }
    let isWest = reader.skip("-")
    guard isWest || reader.skip("+"), let hours = reader.number(2, in: 0...23) else { return nil }
    var minutes = 0
    if !reader.isAtEnd {
      _ = reader.skip(":")
      guard let number = reader.number(2, in: 0...59), reader.isAtEnd else { return nil }
      minutes = number
    }
    return (time, (isWest ? -1 : 1) * (hours * 3600 + minutes * 60))
  }
}

/// Takes numbers of so many digits, and single characters, off the front of a text.
private struct DigitReader {
  private var bytes: ArraySlice<UInt8>

  init(_ text: String) { bytes = Array(text.utf8)[...] }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes.removeFirst()
    return true
  }

  private mutating func digit() -> Int? {
    guard let byte = bytes.first, (0x30...0x39).contains(byte) else { return nil }
    bytes.removeFirst()
    return Int(byte) - 0x30
  }

  mutating func number(_ count: Int, in range: ClosedRange<Int> = 0...9999) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return range.contains(value) ? value : nil
  }

  /// The digits of a fraction, one at least; three of them count.
  mutating func thousandths() -> Int? {
    guard var value = digit() else { return nil }
    for _ in 0..<2 { value = value * 10 + (digit() ?? 0) }
    while digit() != nil {}
    return value
  }
}

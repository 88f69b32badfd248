import Glibc

/// Dates as commands print them: `2026-11-21T10:52:21Z`, `2026-11-21T10:52:21.5+01:00`, and `2026-11-21 10:52:21.000000`,
/// which is local time.
enum TimestampText {
  /// Seconds since 1970; nil for anything else.
  static func seconds(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else { return nil }
    func number(_ range: Range<Int>) -> Int32? {
      bytes.count < range.upperBound ? nil : Int32(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    var time = tm()
    time.tm_year = year - 1900
    time.tm_mon = month - 1
    time.tm_mday = day
    time.tm_hour = hour
    time.tm_min = minute
    time.tm_sec = second
    time.tm_isdst = -1
    var rest = bytes[19...]
    // Parts of a second are of no account for the life of a token.
    if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
    guard let zone = rest.first else { return Double(mktime(&time)) }
    if zone == UInt8(ascii: "Z") || zone == UInt8(ascii: "z") { return Double(timegm(&time)) }
    let start = rest.startIndex
    guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), let hours = number(start + 1..<start + 3),
      let minutes = number(bytes.count - 2..<bytes.count)
    else { return nil }
    let offset = Double(hours * 3600 + minutes * 60)
    return Double(timegm(&time)) - (zone == UInt8(ascii: "-") ? -offset : offset)
  }
}

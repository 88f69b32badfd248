import ChatModel
import Glibc

/// Dates as commands print them: `2026-11-21T10:52:21Z`, `2026-11-21T10:52:21.5+01:00`, and `2026-11-21 10:52:21.000000`,
/// which is local time.
enum TimestampText {
  /// Seconds since 1970; nil for anything else. Parts of a second are of no account for the life of a token.
  static func seconds(_ text: String) -> Double? {
    guard let (written, offset) = CalendarTime.parse(text) else { return nil }
    if let offset { return Double(written.secondsSince1970 - offset) }
    var time = tm()
    time.tm_year = Int32(written.year) - 1900
    time.tm_mon = Int32(written.month) - 1
    time.tm_mday = Int32(written.day)
    time.tm_hour = Int32(written.hour)
    time.tm_min = Int32(written.minute)
    time.tm_sec = Int32(written.second)
    time.tm_isdst = -1
    return Double(mktime(&time))
  }
}

import ChatModel

/// How long a response asks to wait: `retry-after-ms` (Azure, OpenAI), then `Retry-After` in seconds, then as a date
/// (RFC 9110, 10.2.3). A date counts from the response's own `Date`, by whatever clock it was written; without that from the
/// time at which the response came.
enum RetryAfter {
  /// A wait that is as good as for ever: 30 years and more.
  private static let longest = 1e9

  /// Seconds, never negative; nil where the response does not say.
  static func seconds(_ head: HTTPHead) -> Double? {
    if let milliseconds = head.value("retry-after-ms").flatMap(number) { return milliseconds / 1000 }
    guard let value = head.value("retry-after") else { return nil }
    if let seconds = number(value) { return seconds }
    guard let until = date(value) else { return nil }
    guard let now = head.value("date").flatMap(date).map(Double.init) ?? head.receivedAt else { return nil }
    return min(max(0, (Double(until) - now).rounded(.up)), longest)
  }

  private static func number(_ text: String) -> Double? {
    let text = text.filter { !$0.isWhitespace }
    // No `nan`, `infinity` or `0x1p3`, which Swift would take; what is too large for a number is a number still.
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }), let value = Double(text), value >= 0
    else { return nil }
    return min(value, longest)
  }

  /// Seconds since 1970 of an HTTP date in any of its three forms: `Sun, 06 Nov 1994 08:49:37 GMT`,
  /// `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
  static func date(_ text: String) -> Int? {
    let words = text.split { " ,-".contains($0) }
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    guard let clock = words.first(where: { $0.contains(":") })?.split(separator: ":").map({ Int($0) }),
      clock.count == 3,
      let hour = clock[0], let minute = clock[1], let second = clock[2],
      (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second),
      let month = words.lazy.compactMap({ names.firstIndex(of: $0.lowercased()) }).first
    else { return nil }
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == 2, (1...31).contains(numbers[0]), (0...9999).contains(numbers[1]) else { return nil }
    let year = numbers[1] < 70 ? numbers[1] + 2000 : numbers[1] < 100 ? numbers[1] + 1900 : numbers[1]
    return CalendarTime(
      year: year, month: month + 1, day: numbers[0], hour: hour, minute: minute, second: second
    ).secondsSince1970
  }
}

import ChatModel
import Glibc

/// The system's clock and its time zone.
enum SystemTime {
  /// The time.
  static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
  }

  /// A time as short as it can be told from others, in the user's zone: `10:52` of today, `Fri 10:52` of the last days,
  /// else `2026-11-21`.
  static func words(for time: Timestamp, now: Timestamp) -> String { words(now: now)(time) }

  /// As `words(for:now:)`, for many times.
  static func words(now: Timestamp) -> (Timestamp) -> String {
    let today = local(now)
    return { words(for: $0, now: now, today) }
  }

  private static func words(for time: Timestamp, now: Timestamp, _ today: tm) -> String {
    let then = local(time)
    let days = (now.milliseconds - time.milliseconds) / 86_400_000
    let clock = padded(then.tm_hour) + ":" + padded(then.tm_min)
    if then.tm_year == today.tm_year, then.tm_yday == today.tm_yday { return clock }
    if (0..<6).contains(days) {
      let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
      return names[Int(then.tm_wday)] + " " + clock
    }
    return "\(then.tm_year + 1900)-\(padded(then.tm_mon + 1))-\(padded(then.tm_mday))"
  }

  private static func local(_ time: Timestamp) -> tm {
    var seconds = time_t(time.milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return parts
  }

  private static func padded(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
}

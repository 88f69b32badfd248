extension Duration {
  /// The longest that a number from outside makes: some 95 years. A `Duration` traps on what it cannot hold, and so does adding
  /// to one that is near its end.
  public static let longestBounded = Duration.seconds(3_000_000_000)

  /// So many seconds, whoever says so: the nearest duration from zero to `longestBounded`; zero for what is no number.
  public static func seconds(bounded seconds: Double) -> Duration {
    guard seconds > 0 else { return .zero }
    return seconds < 3e9 ? .seconds(seconds) : longestBounded
  }
}

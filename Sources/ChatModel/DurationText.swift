extension Duration {
  /// Seconds as a person writes them: `30`, `0.5`; to the millisecond.
  public var inSeconds: String {
    let (seconds, attoseconds) = components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    if milliseconds == 0 { return "\(seconds)" }
    var fraction = String(milliseconds)
    fraction = String(repeating: "0", count: max(0, 3 - fraction.count)) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(seconds).\(fraction)"
  }
}

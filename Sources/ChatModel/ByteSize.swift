/// Sizes of files in words.
public enum ByteSize {
  /// `812 B`, `8.1 KB`, `12 KB`, `1.4 MB`: thousands of bytes, two digits at least.
  public static func label(_ count: Int) -> String {
    if count < 1000 { return "\(count) B" }
    for (unit, size) in [("KB", 1000), ("MB", 1_000_000)] {
      let tenths = (count + size / 20) / (size / 10)
      if tenths < 100 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
      let whole = (count + size / 2) / size
      if whole < 1000 { return "\(whole) \(unit)" }
    }
    return "\((count + 500_000_000) / 1_000_000_000) GB"
  }
}

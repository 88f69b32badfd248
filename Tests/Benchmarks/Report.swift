import Glibc

/// What was measured, line by line, and whether it stays within its budgets.
struct Report {
  /// Budgets are for a quiet machine; what exceeds one by less than this factor is pointed out, but is no failure.
  static let tolerance = 2.0

  private(set) var hasFailed = false

  /// Begins a section.
  func title(_ text: String) { say("\n\(text)") }

  /// Prints a figure; `budget`: the most that it may be.
  mutating func add(_ name: String, _ value: Double, _ unit: String, budget: Double? = nil) {
    var line = "  " + name.padded(to: 46) + Self.format(value).leftPadded(to: 10) + " " + unit.padded(to: 5)
    if let budget {
      line += " of " + Self.format(budget).leftPadded(to: 8)
      if value > budget * Self.tolerance {
        line += "  FAR TOO MUCH"
        hasFailed = true
      } else if value > budget {
        line += "  too much"
      }
    }
    say(line)
  }

  /// Something did not happen at all.
  mutating func fail(_ text: String) {
    say("  \(text)")
    hasFailed = true
  }

  /// At once, also where the output is no terminal: a measurement takes its time.
  private func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }

  private static func format(_ value: Double) -> String {
    let digits = value >= 100 ? 1.0 : value >= 10 ? 10 : 1000
    let rounded = (value * digits).rounded() / digits
    return digits == 1 ? "\(Int(rounded))" : "\(rounded)"
  }
}

extension String {
  /// Spaces behind it up to a length.
  fileprivate func padded(to length: Int) -> String { self + String(repeating: " ", count: max(0, length - count)) }
  /// Spaces before it up to a length.
  fileprivate func leftPadded(to length: Int) -> String { String(repeating: " ", count: max(0, length - count)) + self }
}

extension [Double] {
  /// The middle one; 0 of none.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}

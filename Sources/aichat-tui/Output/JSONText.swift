/// Writes JSON by hand where the order of the keys is promised.
enum JSONText {
  /// The text as a JSON string on one line: quotes, backslashes, and everything that no eye can see and a terminal or a
  /// reader of lines might act upon, escaped.
  static func string(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      default:
        if isVisible(scalar) {
          json.unicodeScalars.append(scalar)
        } else {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        }
      }
    }
    return json + "\""
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }

  /// As `string`, `null` for nil.
  static func string(_ text: String?) -> String { text.map { string($0) } ?? "null" }

  /// A whole number, `null` for nil.
  static func number(_ number: Int?) -> String { number.map { "\($0)" } ?? "null" }

  /// A number, without a fraction where it has none; `null` for nil and for what JSON cannot say.
  static func number(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "null" }
    return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  /// An object of members that are JSON already, in their order.
  static func object(_ members: KeyValuePairs<String, String>) -> String {
    "{" + members.map { "\(string($0.key)):\($0.value)" }.joined(separator: ",") + "}"
  }

  /// Whole milliseconds.
  static func milliseconds(_ duration: Duration?) -> String { number(duration.map { Int($0 / .milliseconds(1)) }) }
}

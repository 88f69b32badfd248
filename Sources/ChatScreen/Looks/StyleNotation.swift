import TerminalModel

/// Why a look cannot be read, in words that go behind the name of what was read.
public struct StyleMistake: Error, Equatable, Sendable {
  public let reason: String

  /// Names the nearest of what there is: `; did you mean blue?`. Empty where nothing is near.
  static func hint(_ word: String, among known: [String]) -> String {
    let ranked = known.map { (name: $0, distance: MenuFilter.distance($0, word.lowercased())) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(1, word.count / 3) else {
      return " (one of \(known.joined(separator: ", ")))"
    }
    return "; did you mean \(best.name)?"
  }
}

extension Style {
  private static let attributeNames: [(name: String, attribute: Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
  ]

  /// Reads a look: attributes, a colour for the text, and `on` with one for the ground, in words apart.
  ///
  /// ```text
  /// bold blue            italic 244            #a0c0ff on default            underline            default
  /// ```
  /// What is not named is the terminal's own.
  init(notation: String) throws(StyleMistake) {
    self.init()
    var words = notation.split(separator: " ").map { $0.lowercased() }[...]
    if words.isEmpty { throw StyleMistake(reason: "must not be empty: default is the terminal's own look") }
    var hasColor = false
    while let word = words.popFirst() {
      if let known = Self.attributeNames.first(where: { $0.name == word }) {
        attributes.insert(known.attribute)
      } else if word == "on" {
        guard let ground = words.popFirst() else { throw StyleMistake(reason: "names no colour after “on”") }
        background = try Color(notation: ground)
        guard words.isEmpty else { throw StyleMistake(reason: "goes on after the ground's colour") }
      } else {
        if hasColor { throw StyleMistake(reason: "names two colours for the text: the ground's stands after “on”") }
        foreground = try Color(notation: word, orAttributes: Self.attributeNames.map(\.name))
        hasColor = true
      }
    }
  }
}

extension Color {
  private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

  /// Reads a colour: `default`, a name of the terminal's own, also with `bright-` before it, a number of its palette from 0 to
  /// 255, or `#rrggbb`, which becomes the nearest that 256 colours have.
  fileprivate init(notation word: String, orAttributes others: [String] = []) throws(StyleMistake) {
    let isBright = word.hasPrefix("bright-")
    if word == "default" {
      self = .standard
    } else if let index = Self.names.firstIndex(of: isBright ? String(word.dropFirst(7)) : word) {
      self = .palette(UInt8(index + (isBright ? 8 : 0)))
    } else if word.hasPrefix("#") {
      guard let color = Self.nearest(toHex: word.dropFirst()) else {
        throw StyleMistake(reason: "has “\(word)”, which is not of the form #rrggbb")
      }
      self = color
    } else if word.allSatisfy({ $0.isASCII && $0.isNumber }) {
      guard let number = UInt8(word) else { throw StyleMistake(reason: "has “\(word)”: colours end at 255") }
      self = .palette(number)
    } else {
      let known = others + Self.names + Self.names.map { "bright-" + $0 } + ["default", "on"]
      let shown = StyleMistake.hint(word, among: known)
      let all = " (names: \((others + Self.names).joined(separator: ", ")), bright-…, default; or 0 to 255, or #rrggbb)"
      throw StyleMistake(
        reason: "has “\(word)”, which is no colour or attribute" + (shown.hasPrefix(";") ? shown : all))
    }
  }

  /// The entry of the cube or the grey ramp that is nearest to a colour by value; nil for what is none.
  private static func nearest(toHex digits: Substring) -> Color? {
    guard digits.count == 6, digits.allSatisfy(\.isHexDigit), let value = Int(digits, radix: 16) else { return nil }
    let wanted = [value >> 16, value >> 8 & 0xFF, value & 0xFF]
    func distance(_ entry: Int) -> Int {
      zip(wanted, components(of: entry)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return (16...255).min { distance($0) < distance($1) }.map { .palette(UInt8($0)) }
  }

  /// Red, green and blue of an entry from 16 on.
  private static func components(of entry: Int) -> [Int] {
    if entry >= 232 { return Array(repeating: 8 + 10 * (entry - 232), count: 3) }
    let cube = entry - 16
    return [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
  }
}

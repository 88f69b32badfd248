/// Reads JSON5 (https://spec.json5.org): JSON with comments, trailing commas, unquoted keys and single quotes.
///
/// FoundationEssentials can decode JSON5 too, but its errors name no line, and a configuration is written by hand.
struct JSON5Parser {
  /// The first mistake in a text.
  struct SyntaxError: Error, Equatable {
    var position: SourcePosition
    var reason: String
  }

  private let text: [Unicode.Scalar]
  private var index = 0
  private var depth = 0
  private var counted = (index: 0, position: SourcePosition(line: 1, column: 1))

  /// The one value of the text.
  static func parse(_ text: String) throws(SyntaxError) -> JSON5Node {
    var parser = JSON5Parser(text)
    try parser.skipBlanks()
    let node = try parser.value()
    try parser.skipBlanks()
    guard parser.current == nil else { throw parser.mistake("nothing may follow the value") }
    return node
  }

  private init(_ text: String) {
    self.text = Array(text.unicodeScalars)
    if self.text.first == "\u{FEFF}" { index = 1 }
  }

  private var current: Unicode.Scalar? { index < text.count ? text[index] : nil }

  /// Line and column of a place. Counts on from the last place asked for, so that a whole text costs one pass.
  private mutating func position(of place: Int) -> SourcePosition {
    if place < counted.index { counted = (0, SourcePosition(line: 1, column: 1)) }
    for scalar in text[counted.index..<min(place, text.count)] {
      counted.position.column = scalar == "\n" ? 1 : counted.position.column + 1
      if scalar == "\n" { counted.position.line += 1 }
    }
    counted.index = min(place, text.count)
    return counted.position
  }

  private mutating func mistake(_ reason: String, at place: Int? = nil) -> SyntaxError {
    SyntaxError(position: position(of: place ?? index), reason: reason)
  }

  private func starts(with word: String) -> Bool { text[index...].starts(with: word.unicodeScalars) }

  private mutating func skipBlanks() throws(SyntaxError) {
    while let scalar = current {
      if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
        index += 1
      } else if starts(with: "//") {
        while let next = current, next != "\n", next != "\r" { index += 1 }
      } else if starts(with: "/*") {
        let start = index
        index += 2
        while !starts(with: "*/") {
          guard current != nil else { throw mistake("the comment is not closed", at: start) }
          index += 1
        }
        index += 2
      } else {
        return
      }
    }
  }

  private mutating func value() throws(SyntaxError) -> JSON5Node {
    let position = position(of: index)
    guard let scalar = current else { throw mistake("a value is missing") }
    // Deeper than any configuration; keeps hostile input from exhausting the stack.
    guard depth < 100 else { throw mistake("nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    let content: JSON5Node.Content =
      switch scalar {
      case "{": try object()
      case "[": try array()
      case "\"", "'": .string(try string())
      default: try word()
      }
    return JSON5Node(position: position, content: content)
  }

  private mutating func object() throws(SyntaxError) -> JSON5Node.Content {
    let start = index
    var members: [JSON5Node.Member] = []
    index += 1
    while true {
      try skipBlanks()
      guard let scalar = current else { throw mistake("the { is not closed", at: start) }
      if scalar == "}" { break }
      let place = index
      let key = scalar == "\"" || scalar == "'" ? try string() : name()
      if key.isEmpty, place == index { throw mistake("a key or } is expected") }
      if members.contains(where: { $0.key == key }) { throw mistake("\"\(key)\" is here twice", at: place) }
      try skipBlanks()
      guard current == ":" else { throw mistake("a : is expected after \"\(key)\"") }
      index += 1
      try skipBlanks()
      let position = position(of: place)
      members.append(.init(key: key, position: position, value: try value()))
      try separator(before: "}", openedAt: start)
    }
    index += 1
    return .object(members)
  }

  private mutating func array() throws(SyntaxError) -> JSON5Node.Content {
    let start = index
    var items: [JSON5Node] = []
    index += 1
    while true {
      try skipBlanks()
      guard let scalar = current else { throw mistake("the [ is not closed", at: start) }
      if scalar == "]" { break }
      items.append(try value())
      try separator(before: "]", openedAt: start)
    }
    index += 1
    return .array(items)
  }

  private mutating func separator(before end: Unicode.Scalar, openedAt start: Int) throws(SyntaxError) {
    try skipBlanks()
    if current == "," {
      index += 1
    } else if current == nil {
      throw mistake("the \(text[start]) is not closed", at: start)
    } else if current != end {
      throw mistake("a , or \(end) is expected")
    }
  }

  /// An unquoted key.
  private mutating func name() -> String {
    var name = String.UnicodeScalarView()
    while let scalar = current, scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic || isDigit(scalar) {
      name.append(scalar)
      index += 1
    }
    return String(name)
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// `true`, `false`, `null` or a number.
  private mutating func word() throws(SyntaxError) -> JSON5Node.Content {
    let start = index
    var word = ""
    while let scalar = current, !scalar.properties.isWhitespace, !",:]}{[\"'/".unicodeScalars.contains(scalar) {
      word.unicodeScalars.append(scalar)
      index += 1
    }
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "": throw mistake("a value is expected", at: start)
    default: break
    }
    let sign = word.hasPrefix("-") ? -1 : 1
    let digits = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word[...]
    if digits.lowercased().hasPrefix("0x"), digits.dropFirst(2).allSatisfy(\.isHexDigit),
      let number = Int(digits.dropFirst(2), radix: 16)
    {
      return .integer(sign * number)
    }
    if let number = Int(word) { return .integer(number) }
    var decimal = String(digits)
    if decimal.hasPrefix(".") { decimal = "0" + decimal }
    if let number = DecimalNumber.parse(decimal) { return .number(Double(sign) * number) }
    throw mistake("\(word) is no value; text wants quotes", at: start)
  }

  private mutating func string() throws(SyntaxError) -> String {
    let start = index
    let quote = text[index]
    var value = String.UnicodeScalarView()
    index += 1
    while let scalar = current {
      index += 1
      switch scalar {
      case quote: return String(value)
      case "\\": try escape(into: &value)
      case "\n", "\r": throw mistake("the text is not closed on its line", at: start)
      default: value.append(scalar)
      }
    }
    throw mistake("the text is not closed", at: start)
  }

  private mutating func escape(into value: inout String.UnicodeScalarView) throws(SyntaxError) {
    guard let scalar = current else { return }
    index += 1
    switch scalar {
    case "n": value.append("\n")
    case "r": value.append("\r")
    case "t": value.append("\t")
    case "b": value.append("\u{8}")
    case "f": value.append("\u{C}")
    case "v": value.append("\u{B}")
    case "0": value.append("\0")
    case "\n", "\u{2028}", "\u{2029}": break
    case "\r": if current == "\n" { index += 1 }
    case "x": value.append(try scalarValue(digits: 2))
    case "u": value.append(try unicodeEscape())
    default: value.append(scalar)
    }
  }

  private mutating func hexadecimal(digits: Int) throws(SyntaxError) -> UInt32 {
    let word = String(String.UnicodeScalarView(text[index..<min(index + digits, text.count)]))
    guard word.count == digits, !word.hasPrefix("+"), !word.hasPrefix("-"), let number = UInt32(word, radix: 16) else {
      throw mistake("\(digits) hexadecimal digits are expected")
    }
    index += digits
    return number
  }

  private mutating func scalarValue(digits: Int) throws(SyntaxError) -> Unicode.Scalar {
    Unicode.Scalar(try hexadecimal(digits: digits)) ?? "\u{FFFD}"
  }

  /// `\uXXXX`, or two of them that make a pair.
  private mutating func unicodeEscape() throws(SyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal(digits: 4)
    guard (0xD800..<0xDC00).contains(first), starts(with: "\\u") else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let mark = index
    index += 2
    let second = try hexadecimal(digits: 4)
    guard (0xDC00..<0xE000).contains(second) else {
      index = mark
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }
}

import ChatModel

/// Reads JSON (RFC 8259) as services write it, into values whose types nobody has to trust.
///
/// It is as strict as the grammar, but for what servers are known to get wrong within text that is whole: bytes that are no
/// UTF-8 and halves of a surrogate pair (`\ud83d` alone) become U+FFFD, and Python's `NaN` and `Infinity` become null. One
/// pass, a third of the time of `JSONDecoder`, whose errors would have to be repaired and read again.
struct JSONReader {
  private struct Malformed: Error {}

  /// Nesting that is followed, so that hostile input cannot exhaust the stack.
  private static let depthLimit = 200

  private let bytes: [UInt8]
  private var position = 0

  /// The value that the bytes hold, or nil where they are no JSON.
  static func value(of bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes: bytes)
    guard let value = try? reader.readValue(depth: 0) else { return nil }
    return reader.next() == nil ? value : nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The byte here, past white space; nil at the end.
  private mutating func next() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case .space, .lineFeed, .carriageReturn, UInt8(ascii: "\t"): position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  private mutating func readValue(depth: Int) throws(Malformed) -> JSONValue {
    guard depth < Self.depthLimit, let first = next() else { throw Malformed() }
    switch first {
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "{"): return try readObject(depth: depth + 1)
    case UInt8(ascii: "["): return try readArray(depth: depth + 1)
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "N"): return try readWord("NaN", .null)
    case UInt8(ascii: "I"): return try readWord("Infinity", .null)
    default: return try readNumber()
    }
  }

  private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(Malformed) -> JSONValue {
    for offset in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count, bytes[position] == word.utf8Start[offset] else { throw Malformed() }
      position += 1
    }
    return value
  }

  private mutating func readObject(depth: Int) throws(Malformed) -> JSONValue {
    var members: [String: JSONValue] = [:]
    position += 1
    if next() == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      guard next() == UInt8(ascii: "\"") else { throw Malformed() }
      let name = try readString()
      guard next() == .colon else { throw Malformed() }
      position += 1
      members[name] = try readValue(depth: depth)
      if try isLast(before: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func readArray(depth: Int) throws(Malformed) -> JSONValue {
    var elements: [JSONValue] = []
    position += 1
    if next() == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      elements.append(try readValue(depth: depth))
      if try isLast(before: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  /// Steps over the comma or the bracket that follows an element; true for the bracket.
  private mutating func isLast(before bracket: UInt8) throws(Malformed) -> Bool {
    guard let byte = next(), byte == bracket || byte == UInt8(ascii: ",") else { throw Malformed() }
    position += 1
    return byte == bracket
  }

  private mutating func readNumber() throws(Malformed) -> JSONValue {
    let start = position
    if step(over: UInt8(ascii: "-")), position < bytes.count, bytes[position] == UInt8(ascii: "I") {
      return try readWord("Infinity", .null)
    }
    let hasLeadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
    let digits = stepOverDigits()
    guard digits > 0, !(hasLeadingZero && digits > 1) else { throw Malformed() }
    var isWhole = true
    if step(over: UInt8(ascii: ".")) {
      isWhole = false
      guard stepOverDigits() > 0 else { throw Malformed() }
    }
    if step(over: UInt8(ascii: "e")) || step(over: UInt8(ascii: "E")) {
      isWhole = false
      if !step(over: UInt8(ascii: "-")) { _ = step(over: UInt8(ascii: "+")) }
      guard stepOverDigits() > 0 else { throw Malformed() }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int(text) { return .integer(number) }
    guard let number = Double(text) else { throw Malformed() }
    return .number(number)
  }

  private mutating func step(over byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func stepOverDigits() -> Int {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    return position - start
  }

  private mutating func readString() throws(Malformed) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
      case UInt8(ascii: "\\"): return try readEscapedString(from: start)
      case 0..<0x20: throw Malformed()
      default: position += 1
      }
    }
    throw Malformed()
  }

  /// Reads on in a string that holds an escape here, the first; it began at `start`.
  private mutating func readEscapedString(from start: Int) throws(Malformed) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try readEscape(into: &text)
      case 0..<0x20: throw Malformed()
      default: text.append(byte)
      }
    }
    throw Malformed()
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(Malformed) {
    guard position < bytes.count else { throw Malformed() }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(.lineFeed)
    case UInt8(ascii: "r"): text.append(.carriageReturn)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += String(try readScalar()).utf8
    default: throw Malformed()
    }
  }

  /// Reads what follows `\u`: four hex digits, or a pair of surrogates; half a pair is U+FFFD.
  private mutating func readScalar() throws(Malformed) -> Character {
    let unit = try readUnit()
    if let scalar = UnicodeScalar(unit) { return Character(scalar) }
    let mark = position
    if unit < 0xDC00, step(over: UInt8(ascii: "\\")), step(over: UInt8(ascii: "u")) {
      let low = try readUnit()
      if (0xDC00..<0xE000).contains(low) {
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00
        return UnicodeScalar(value).map { Character($0) } ?? "\u{FFFD}"
      }
    }
    position = mark
    return "\u{FFFD}"
  }

  private mutating func readUnit() throws(Malformed) -> UInt16 {
    guard bytes.count - position >= 4 else { throw Malformed() }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue else { throw Malformed() }
      unit = unit << 4 + UInt16(digit)
      position += 1
    }
    return unit
  }
}

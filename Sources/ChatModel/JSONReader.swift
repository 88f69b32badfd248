/// Reads JSON (RFC 8259) as services write it, into values whose types nobody has to trust.
///
/// It is as strict as the grammar, but for what servers are known to get wrong within text that is whole: bytes that are no
/// UTF-8 and halves of a surrogate pair (`\ud83d` alone) become U+FFFD, and Python's `NaN` and `Infinity` become null. One
/// pass, a third of the time of `JSONDecoder`, whose errors would have to be repaired and read again.
///
/// A large file is read piece by piece: `open`, then values until `closes`.
/// ```swift
/// var reader = JSONReader(bytes)
/// if reader.open(with: UInt8(ascii: "]")) {
///   repeat { use(try reader.read()) } while try !reader.closes(with: UInt8(ascii: "]"))
/// }
/// ```
public struct JSONReader {
  /// That the bytes are no JSON, and where that shows.
  public struct Malformed: Error, Equatable, Sendable {
    /// Bytes from the beginning.
    public var offset: Int
    /// Whether it is JSON that is nested more deeply than is followed.
    public var isTooDeep: Bool

    public init(offset: Int, isTooDeep: Bool = false) {
      self.offset = offset
      self.isTooDeep = isTooDeep
    }
  }

  /// Nesting that is followed, so that hostile input cannot exhaust the stack.
  public static let depthLimit = 200

  private let bytes: [UInt8]
  /// Bytes that are read.
  public private(set) var position = 0

  /// The value that the bytes hold, or nil where they are no JSON.
  public static func value(of bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes)
    guard let value = try? reader.read() else { return nil }
    return reader.next() == nil ? value : nil
  }

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads one value.
  public mutating func read() throws(Malformed) -> JSONValue { try readValue(depth: 0) }

  /// Steps over the opening bracket here; false where the closing one follows at once, which is stepped over too.
  public mutating func open(with bracket: UInt8) -> Bool {
    position += 1
    guard next() == bracket else { return true }
    position += 1
    return false
  }

  /// Reads a member's name and the colon after it.
  public mutating func readName() throws(Malformed) -> String {
    guard next() == UInt8(ascii: "\"") else { throw malformed }
    let name = try readString()
    guard next() == UInt8(ascii: ":") else { throw malformed }
    position += 1
    return name
  }

  /// Steps over the comma or the bracket that follows an element; true for the bracket.
  public mutating func closes(with bracket: UInt8) throws(Malformed) -> Bool {
    guard let byte = next(), byte == bracket || byte == UInt8(ascii: ",") else { throw malformed }
    position += 1
    return byte == bracket
  }

  /// Goes on elsewhere: after a mistake, where it is known what comes.
  public mutating func move(to offset: Int) { position = offset }

  private var malformed: Malformed { Malformed(offset: position) }

  /// The byte here, past white space; nil at the end.
  public mutating func next() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  private mutating func readValue(depth: Int) throws(Malformed) -> JSONValue {
    guard let first = next() else { throw malformed }
    guard depth < Self.depthLimit else { throw Malformed(offset: position, isTooDeep: true) }
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
      guard position < bytes.count, bytes[position] == word.utf8Start[offset] else { throw malformed }
      position += 1
    }
    return value
  }

  private mutating func readObject(depth: Int) throws(Malformed) -> JSONValue {
    let bracket = UInt8(ascii: "}")
    var members: [String: JSONValue] = [:]
    guard open(with: bracket) else { return .object(members) }
    repeat {
      let name = try readName()
      members[name] = try readValue(depth: depth)
    } while try !closes(with: bracket)
    return .object(members)
  }

  private mutating func readArray(depth: Int) throws(Malformed) -> JSONValue {
    let bracket = UInt8(ascii: "]")
    var elements: [JSONValue] = []
    guard open(with: bracket) else { return .array(elements) }
    repeat { elements.append(try readValue(depth: depth)) } while try !closes(with: bracket)
    return .array(elements)
  }

  private mutating func readNumber() throws(Malformed) -> JSONValue {
    let start = position
    if step(over: UInt8(ascii: "-")), position < bytes.count, bytes[position] == UInt8(ascii: "I") {
      return try readWord("Infinity", .null)
    }
    let hasLeadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
    let digits = stepOverDigits()
    guard digits > 0, !(hasLeadingZero && digits > 1) else { throw malformed }
    var isWhole = true
    if step(over: UInt8(ascii: ".")) {
      isWhole = false
      guard stepOverDigits() > 0 else { throw malformed }
    }
    if step(over: UInt8(ascii: "e")) || step(over: UInt8(ascii: "E")) {
      isWhole = false
      if !step(over: UInt8(ascii: "-")) { _ = step(over: UInt8(ascii: "+")) }
      guard stepOverDigits() > 0 else { throw malformed }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int(text) { return .integer(number) }
    guard let number = Double(text) else { throw malformed }
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
      case 0..<0x20: throw malformed
      default: position += 1
      }
    }
    throw malformed
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
      case 0..<0x20: throw malformed
      default: text.append(byte)
      }
    }
    throw malformed
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(Malformed) {
    guard position < bytes.count else { throw malformed }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += String(try readScalar()).utf8
    default: throw malformed
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
    guard bytes.count - position >= 4 else { throw malformed }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue else { throw malformed }
      unit = unit << 4 + UInt16(digit)
      position += 1
    }
    return unit
  }
}

import ChatModel
import FoundationEssentials

/// Reads the JSON of a service. What strict JSON refuses but services send is repaired and read again: bytes that are no
/// UTF-8, half of a surrogate pair (`\ud83d` alone), and Python's `NaN` and `Infinity`.
struct WireJSON: Sendable {
  private let decoder = JSONDecoder()

  /// The value, or nil where the bytes are no JSON even when repaired.
  func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
    if let value = try? decoder.decode(type, from: Data(bytes)) { return value }
    // Repair costs a walk over the text, so only what failed pays for it.
    return try? decoder.decode(type, from: Data(Self.repaired(bytes)))
  }

  /// The text with U+FFFD for what is no UTF-8 and no whole surrogate pair, and `null` for numbers that JSON lacks.
  static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isInString = false
    var position = 0
    while position < text.count {
      let rest = text[position...]
      let taken: Int
      if rest[position] == UInt8(ascii: "\\") {
        taken = copyEscape(rest, into: &result)
      } else if !isInString,
        let count = ["-Infinity", "Infinity", "NaN"].first(where: { rest.starts(with: $0.utf8) })?.utf8.count
      {
        result += Array("null".utf8)
        taken = count
      } else {
        if rest[position] == UInt8(ascii: "\"") { isInString.toggle() }
        result.append(rest[position])
        taken = 1
      }
      position += taken
    }
    return result
  }

  /// Copies the escape that `text` begins with, a lone surrogate as `\ufffd`; returns how many bytes it took.
  private static func copyEscape(_ text: ArraySlice<UInt8>, into result: inout [UInt8]) -> Int {
    guard let first = escapedUnit(text) else {
      result += text.prefix(2)
      return min(2, text.count)
    }
    if (0xD800..<0xDC00).contains(first), let second = escapedUnit(text.dropFirst(6)),
      (0xDC00..<0xE000).contains(second)
    {
      result += text.prefix(12)
      return 12
    }
    if (0xD800..<0xE000).contains(first) {
      result += Array(#"\ufffd"#.utf8)
    } else {
      result += text.prefix(6)
    }
    return 6
  }

  /// The UTF-16 unit of a `\uXXXX` at the start of the text.
  private static func escapedUnit(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= 6, text.starts(with: #"\u"#.utf8) else { return nil }
    let digits = text.dropFirst(2).prefix(4)
    guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

/// Reading that takes what has the expected type and passes over what has not, so that a wrong type in one field loses no
/// other. Broken text still throws, since `WireJSON` can repair it.
extension KeyedDecodingContainer {
  /// The field, or nil where it is missing, null, or of another type.
  func lenient<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
    do {
      return try decodeIfPresent(type, forKey: key)
    } catch DecodingError.typeMismatch {
      return nil
    }
  }

  /// The text of the field; nil where it is missing, null, empty, or no text.
  func filledString(_ key: Key) throws -> String? {
    guard let text = try lenient(String.self, key), !text.isEmpty else { return nil }
    return text
  }

  /// The number of the field, however it is written: `1`, `1.0`, `"1"`, 1e30 (taken as the largest).
  func integer(_ key: Key) -> Int? {
    if let value = try? decodeIfPresent(Int.self, forKey: key) { return value }
    guard contains(key), (try? decodeNil(forKey: key)) == false else { return nil }
    if let value = try? decode(Double.self, forKey: key) { return Int(clamping: value) }
    return (try? decode(String.self, forKey: key)).flatMap { Int($0) }
  }

  /// The field whatever it is; nil where it is missing or null.
  func anything(_ key: Key) throws -> JSONValue? {
    do {
      return try decodeIfPresent(JSONValue.self, forKey: key)
    } catch {
      // Any JSON is a `JSONValue`, unless its text is broken.
      throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "broken text")
    }
  }
}

extension Int {
  /// The nearest `Int`; 0 for what is no number.
  init(clamping value: Double) {
    if value.isNaN {
      self = 0
    } else {
      self = Int(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
    }
  }
}

extension JSONValue {
  /// A member of an object; nil where this is no object, or the member is missing or null.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self, let member = members[name], member != .null else { return nil }
    return member
  }

  /// The text of a string that is not empty.
  var filledString: String? {
    guard case .string(let text) = self, !text.isEmpty else { return nil }
    return text
  }

  /// A string, or a whole number as text: services write codes either way.
  var word: String? {
    if case .integer(let number) = self { return String(number) }
    return filledString
  }

  var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// What counts as true in the languages of most servers: not null, false, zero, empty.
  var isTruthy: Bool {
    switch self {
    case .null: false
    case .bool(let value): value
    case .integer(let value): value != 0
    case .number(let value): value != 0
    case .string(let value): !value.isEmpty
    case .array(let value): !value.isEmpty
    case .object(let value): !value.isEmpty
    }
  }

  /// The value as JSON on one line, keys sorted; nil for a number that JSON cannot hold.
  func encoded() -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { Array($0) }
  }
}

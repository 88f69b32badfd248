import ChatModel
import FoundationEssentials

/// Taking JSON apart without trust: what has the expected type is taken, what has not is as if it were missing.
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

  /// A number however it is written: `1`, `1.0`, `"1"`; the nearest `Int` for one that is too large.
  var lenientInteger: Int? {
    switch self {
    case .integer(let number): number
    case .number(let number) where !number.isNaN: Int(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
    case .string(let text): Int(text)
    default: nil
    }
  }

  /// The elements of an array; none where this is no array.
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

extension Usage {
  /// The counts of a `usage` object, in the words of the OpenAI chat API or of its Responses API; nil where it gives none.
  init?(_ json: JSONValue?) {
    guard let json else { return nil }
    self.init(
      promptTokens: (json["prompt_tokens"] ?? json["input_tokens"])?.lenientInteger,
      completionTokens: (json["completion_tokens"] ?? json["output_tokens"])?.lenientInteger,
      totalTokens: json["total_tokens"]?.lenientInteger)
    if self == Usage() { return nil }
  }
}

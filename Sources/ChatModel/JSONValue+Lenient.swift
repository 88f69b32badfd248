/// Taking JSON apart without trust: what has the expected type is taken, what has not is as if it were missing.
extension JSONValue {
  /// A member of an object; nil where this is no object, or the member is missing or null.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self, let member = members[name], member != .null else { return nil }
    return member
  }

  /// The text of a string that is not empty.
  public var filledString: String? {
    guard case .string(let text) = self, !text.isEmpty else { return nil }
    return text
  }

  /// A string, or a whole number as text: services write codes either way.
  public var word: String? {
    if case .integer(let number) = self { return String(number) }
    return filledString
  }

  /// A number however it is written: `1`, `1.0`, `"1"`; the nearest `Int` for one that is too large.
  public var lenientInteger: Int? {
    switch self {
    case .integer(let number): number
    case .number(let number) where !number.isNaN: Int(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
    case .string(let text): Int(text)
    default: nil
    }
  }

  /// The elements of an array; none where this is no array.
  public var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// What counts as true in the languages of most servers: not null, false, zero, empty.
  public var isTruthy: Bool {
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
}

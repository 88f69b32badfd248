import ChatModel

/// A place in a text file, both counted from 1.
struct SourcePosition: Equatable, Sendable, CustomStringConvertible {
  var line: Int
  var column: Int
  var description: String { "line \(line), column \(column)" }
}

/// A JSON5 value that knows where it stands, so that a mistake in it can be pointed at.
struct JSON5Node: Equatable, Sendable {
  /// One member of an object.
  struct Member: Equatable, Sendable {
    var key: String
    var position: SourcePosition
    var value: JSON5Node
  }
  enum Content: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON5Node])
    /// In the order of the text; no key twice.
    case object([Member])
  }

  var position: SourcePosition
  var content: Content

  /// The value without its places.
  var value: JSONValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .array(let items): .array(items.map(\.value))
    case .object(let members):
      .object(Dictionary(members.map { ($0.key, $0.value.value) }) { _, last in last })
    }
  }
}

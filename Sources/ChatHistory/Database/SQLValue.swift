/// A value that goes into a statement.
enum SQLValue: Sendable {
  case integer(Int)
  case text(String)
  case null

  static func flag(_ isSet: Bool) -> SQLValue { .integer(isSet ? 1 : 0) }
  static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
  static func optional(_ number: Int?) -> SQLValue { number.map { .integer($0) } ?? .null }
}

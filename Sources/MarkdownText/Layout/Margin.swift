/// What stands to the left of a block's lines: indentation, bars and markers of the blocks around it.
struct Margin {
  /// For the next line, which may bear markers.
  private(set) var next = ""
  /// For the lines after it; as wide.
  private(set) var rest = ""
  private(set) var columns = 0

  /// Adds to the right of it. Every character takes one column, and both are as many.
  mutating func add(next more: String, rest others: String) {
    next += more
    rest += others
    columns += others.unicodeScalars.count
  }

  /// For an empty line: what stands at its left without the spaces at the end.
  var empty: String {
    var text = rest
    while text.last == " " { text.removeLast() }
    return text
  }

  /// What stands left of the next line.
  mutating func take() -> String {
    defer { next = rest }
    return next
  }
}

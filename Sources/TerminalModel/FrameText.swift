/// A frame as text, for tests and their reviewers.
extension Frame {
  /// The rows, joined by `\n`, without the blanks at their ends.
  public var text: String {
    rows.map(Self.text(of:)).joined(separator: "\n")
  }

  /// The rows as `text` has them, each after a `|`; then the cursor; then the runs that are not plain, columns inclusive:
  /// ```
  /// |Title
  /// cursor 2,5
  /// row 0: 0-4 bold, 6-9 dim fg 4
  /// ```
  public var styledText: String {
    var lines = rows.map { "|" + Self.text(of: $0) }
    if let cursor { lines.append("cursor \(cursor.row),\(cursor.column)") }
    for (index, row) in rows.enumerated() {
      let runs = Self.styleRuns(of: row)
      if !runs.isEmpty { lines.append("row \(index): " + runs.joined(separator: ", ")) }
    }
    return lines.joined(separator: "\n")
  }

  private static func text(of row: [Cell]) -> String {
    var text = ""
    for cell in row { text += cell.text }
    while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
    return text
  }

  private static func styleRuns(of row: [Cell]) -> [String] {
    var runs: [String] = []
    var start = 0
    while start < row.count {
      let style = row[start].style
      let end = row[start...].firstIndex { $0.style != style } ?? row.count
      if style != .plain { runs.append("\(start)-\(end - 1) \(style)") }
      start = end
    }
    return runs
  }
}

extension Style: CustomStringConvertible {
  /// The words for what is not plain: `bold underline fg 4 bg 17`; `plain` where all is.
  public var description: String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
    ]
    var words = names.filter { attributes.contains($0.0) }.map(\.1)
    if case .palette(let index) = foreground { words.append("fg \(index)") }
    if case .palette(let index) = background { words.append("bg \(index)") }
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}

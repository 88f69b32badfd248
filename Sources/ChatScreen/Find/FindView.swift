import TerminalModel

/// Draws the words that are looked for in the place of the input, and what came of it.
enum FindView {
  private static let label = "Find: "

  /// Columns before the words.
  static func indent(columns: Int) -> Int { columns >= 20 ? label.utf8.count : columns >= 8 ? 2 : 0 }

  /// Columns for the words: what is found has room beside them where there is some to spare.
  static func columns(of width: Int) -> Int { max(1, width - indent(columns: width) - (width >= 48 ? 24 : 1)) }

  /// Draws the line and places the cursor.
  static func render(_ find: Find, isComplete: Bool, into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let columns = frame.size.columns
    let indent = indent(columns: columns)
    let row = rows.lowerBound
    let label = indent > 2 ? label : indent > 0 ? "/" : ""
    frame.put(label, at: Position(column: 0, row: row), style: theme.strong)
    var end = indent
    for text in find.editor.visibleRows(1) {
      end += frame.put(DisplayText(text).cells, at: Position(column: indent, row: row))
    }
    let status = status(find, isComplete: isComplete)
    let width = DisplayText.width(of: status)
    if end + 1 + width < columns {
      frame.put(status, at: Position(column: columns - width, row: row), style: theme.secondary)
    }
    let column = indent + find.editor.cursorCell.column
    frame.cursor = Position(column: min(columns - 1, column), row: row)
  }

  /// What is found so far: `3 of 17`.
  static func status(_ find: Find, isComplete: Bool) -> String {
    guard find.pattern != nil else { return "" }
    guard let place = find.place else { return isComplete ? "nothing found" : "searching…" }
    return isComplete ? "\(place.number) of \(place.total)" : "\(place.total) so far…"
  }
}

import TerminalModel

/// Draws, in the place of the input, what is selected and what can be done with it, or the name of a file to write it to.
enum SelectionView {
  private static let label = "Save to: "

  /// Columns before the name of a file.
  private static func indent(columns: Int) -> Int { columns >= 24 ? label.utf8.count : columns >= 8 ? 2 : 0 }

  /// Columns for the name of a file.
  static func columns(of width: Int) -> Int { max(1, width - indent(columns: width) - 1) }

  /// Draws the line and places the cursor.
  static func render(_ selection: Selection, _ map: KeyMap, into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let row = rows.lowerBound
    let columns = frame.size.columns
    if let name = selection.fileName {
      let indent = indent(columns: columns)
      let label = indent > 2 ? label : indent > 0 ? ">" : ""
      frame.put(label, at: Position(column: 0, row: row), style: theme.strong)
      for text in name.visibleRows(1) {
        frame.put(DisplayText(text).cells, at: Position(column: indent, row: row))
      }
      frame.cursor = Position(column: min(columns - 1, indent + name.cursorCell.column), row: row)
      return
    }
    let (what, keys) = fitted(selection, map, into: columns)
    let text = what.joined(separator: " · ")
    let end = frame.put(text, at: Position(column: 0, row: row), style: theme.strong)
    let hint = keys.map { " · " + $0 }.joined()
    frame.put(hint, at: Position(column: end, row: row), style: theme.secondary)
    frame.cursor = Position(column: 0, row: row)
  }

  /// What there is room for: the keys go first, from the last to the first, then the kind where the language says more.
  private static func fitted(
    _ selection: Selection, _ map: KeyMap, into columns: Int
  ) -> (what: [String], keys: [String]) {
    var what = selection.fields
    var keys = keys(selection, map)
    func width() -> Int {
      (what + keys).reduce(0) { $0 + DisplayText.width(of: $1) } + max(0, what.count + keys.count - 1) * 3
    }
    while width() > columns, !keys.isEmpty { keys.remove(at: keys.count > 1 ? keys.count - 2 : 0) }
    while width() > columns, what.count > 1 { what.removeFirst() }
    return (what, keys)
  }

  /// The last, which leads out, goes last.
  private static func keys(_ selection: Selection, _ map: KeyMap) -> [String] {
    let bindings: [(Action, String)] =
      [(.copySelected(.source), "copy")] + (selection.isFoldable ? [(.chooseSelected, "open or fold")] : [])
      + (selection.isMarkdown ? [(.copySelected(.plain), "text")] : []) + [(.nameFile, "save"), (.escape, "leave")]
    return bindings.compactMap { action, word in
      map.phrase(action, word, in: .selection)
    }
  }
}

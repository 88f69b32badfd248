import ChatModel
import TerminalModel

/// Draws the input, and the messages that wait above it.
enum InputView {
  /// Columns before the text, for the sign that says where to type.
  static func indent(columns: Int) -> Int { columns >= 8 ? 2 : 0 }

  /// Draws the visible rows and places the cursor.
  static func render(_ input: InputEditor, into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let indent = indent(columns: frame.size.columns)
    if indent > 0 { frame.put(">", at: Position(column: 0, row: rows.lowerBound), style: theme.strong) }
    for (row, text) in zip(rows, input.visibleRows(rows.count)) {
      let cells = cells(of: text, input, theme)
      frame.put(cells, at: Position(column: indent, row: row))
    }
    let cell = input.cursorCell
    frame.cursor = Position(
      column: min(frame.size.columns - 1, indent + cell.column),
      row: min(rows.upperBound - 1, rows.lowerBound + cell.row))
  }

  /// The text of a row, labels in a look of their own.
  private static func cells(of text: Substring, _ input: InputEditor, _ theme: Theme) -> [Cell] {
    let insets = input.content.insets
    if insets.isEmpty { return DisplayText(text).cells }
    var cells: [Cell] = []
    for character in text {
      guard let inset = insets[character] else {
        cells += DisplayText(String(character), column: cells.count).cells
        continue
      }
      let label = Insets.cut(inset.label, columns: input.wrapWidth)
      cells += DisplayText(label).cells.map { Cell($0.text, inset.ticket == nil ? theme.strong : theme.secondary) }
    }
    return cells
  }

  /// The newest queued messages, the newest at the bottom.
  static func renderQueue(_ queue: [Question], into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    for (row, text) in zip(rows, queue.suffix(rows.count).map(\.text)) {
      let isFirst = row == rows.lowerBound
      let hidden = queue.count - rows.count
      let label = isFirst && hidden > 0 ? "queued (\(hidden) more): " : "queued: "
      let line = text.prefix { !$0.isNewline }
      let shown = label + line.prefix(frame.size.columns)
      let end = frame.put(shown, at: Position(column: 0, row: row), style: theme.secondary)
      if line.utf8.count < text.utf8.count || end == frame.size.columns {
        frame.put("…", at: Position(column: min(end, frame.size.columns - 1), row: row), style: theme.secondary)
      }
    }
  }
}

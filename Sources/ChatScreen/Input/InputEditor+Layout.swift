import TerminalModel

/// A row of the screen in an editor: the logical line, and which of its rows.
struct EditorRow: Hashable, Comparable, Sendable {
  var line: Int
  var row: Int
  static func < (left: EditorRow, right: EditorRow) -> Bool { (left.line, left.row) < (right.line, right.row) }
}

/// Rows of the screen: moving by them, and which of them are shown.
extension InputEditor {
  /// Wraps to `columns` and scrolls so that the cursor is among at most `maximumRows` rows. Returns how many rows are
  /// shown, at least 1. Lays out only what it looks at.
  mutating func fit(columns: Int, maximumRows: Int) -> Int {
    setWrapWidth(max(1, columns - 1))
    let limit = max(1, maximumRows)
    let cursorRow = rowOfCursor()
    // The earliest top that still shows the cursor.
    let earliest = row(cursorRow, movedBy: -(limit - 1))
    var top = min(cursorRow, max(self.top, earliest))
    top = clamped(top)
    // Do not leave rows empty below the end while there is text above.
    let shown = rowsShown(from: top, limit: limit)
    if shown < limit { top = row(top, movedBy: shown - limit) }
    setTop(top)
    return rowsShown(from: top, limit: limit)
  }

  /// True when the cursor is in the first row of the text; Up then means something else.
  mutating func isOnFirstRow() -> Bool { rowOfCursor() == EditorRow(line: 0, row: 0) }

  /// Lays out the cursor's line and says which row the cursor is in.
  private mutating func rowOfCursor() -> EditorRow {
    layOut(line: cursor.line, rows: 0, offset: cursor.offset)
    return EditorRow(line: cursor.line, row: content.lines[cursor.line].row(containing: cursor.offset))
  }

  /// Moves the cursor by rows of the screen, keeping its column; false at the edge.
  mutating func moveVertically(by count: Int) -> Bool {
    let here = rowOfCursor()
    let target = row(here, movedBy: count)
    if target == here { return false }
    let column = goalColumn ?? content.lines[here.line].column(of: cursor.offset, inRow: here.row, content.insets)
    let offset = content.lines[target.line].offset(atColumn: column, inRow: target.row, content.insets)
    moveCursor(to: TextPosition(line: target.line, offset: offset), goalColumn: column)
    return true
  }

  /// The row so many rows on, or as far as there are rows.
  private mutating func row(_ start: EditorRow, movedBy count: Int) -> EditorRow {
    var here = start
    for _ in 0..<abs(count) {
      if count < 0 {
        if here.row > 0 {
          here.row -= 1
        } else if here.line > 0 {
          layOut(line: here.line - 1)
          here = EditorRow(line: here.line - 1, row: content.lines[here.line - 1].knownRows - 1)
        } else {
          return here
        }
      } else if hasRow(here.row + 1, inLine: here.line) {
        here.row += 1
      } else if here.line + 1 < content.lines.count {
        here = EditorRow(line: here.line + 1, row: 0)
        _ = hasRow(0, inLine: here.line)
      } else {
        return here
      }
    }
    return here
  }

  private mutating func hasRow(_ row: Int, inLine line: Int) -> Bool {
    layOut(line: line, rows: row + 1, offset: 0)
    return row < content.lines[line].knownRows
  }

  private mutating func rowsShown(from top: EditorRow, limit: Int) -> Int {
    var count = 0
    var line = top.line
    while count < limit && line < content.lines.count {
      let skipped = line == top.line ? top.row : 0
      layOut(line: line, rows: skipped + limit, offset: 0)
      count += content.lines[line].knownRows - skipped
      line += 1
    }
    return max(1, min(limit, count))
  }

  private mutating func clamped(_ row: EditorRow) -> EditorRow {
    let line = min(row.line, content.lines.count - 1)
    layOut(line: line, rows: row.row + 1, offset: 0)
    return EditorRow(line: line, row: min(row.row, content.lines[line].knownRows - 1))
  }

  /// Where the cursor stands: rows below the first shown, columns from the left. To be asked after `fit`.
  var cursorCell: Position {
    let line = content.lines[cursor.line]
    let row = line.row(containing: cursor.offset)
    var rows = 0
    for index in top.line..<max(top.line, cursor.line) { rows += content.lines[index].knownRows }
    return Position(
      column: line.column(of: cursor.offset, inRow: row, content.insets), row: max(0, rows + row - top.row))
  }

  /// The texts of the rows shown, at most `count`, from the first on. To be asked after `fit`.
  func visibleRows(_ count: Int) -> [Substring] {
    var rows: [Substring] = []
    var line = top.line
    var row = top.row
    while rows.count < count && line < content.lines.count {
      let current = content.lines[line]
      while rows.count < count && row < current.knownRows {
        rows.append(current.text.utf8Slice(current.range(ofRow: row)))
        row += 1
      }
      line += 1
      row = 0
    }
    return rows
  }
}

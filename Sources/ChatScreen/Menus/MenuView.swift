import TerminalModel

/// Draws a menu over what it covers.
enum MenuView {
  /// Draws the menu, and places the cursor in its filter.
  static func render(_ menu: Menu, _ keys: KeyMap, into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let area = menu.area
    let columns = frame.size.columns
    frame.fill(rows: rows, columns: 0..<columns)
    if let row = area.header { header(menu, keys, into: &frame, row: row, theme: theme) }
    let line = menu.naming ?? menu.filter
    let sign = menu.naming == nil ? "/" : ">"
    if area.filterIndent > 0 { frame.put(sign, at: Position(column: 0, row: area.filterRow), style: theme.strong) }
    for text in line.visibleRows(1) {
      frame.put(String(text), at: Position(column: area.filterIndent, row: area.filterRow))
    }
    if menu.naming == nil && menu.filter.isEmpty && columns >= 24 {
      frame.put(
        "type to filter", at: Position(column: area.filterIndent + 1, row: area.filterRow), style: theme.secondary)
    }
    let cell = line.cursorCell
    frame.cursor = Position(column: min(columns - 1, area.filterIndent + cell.column), row: area.filterRow)
    list(menu, into: &frame, theme: theme)
    preview(menu, into: &frame, theme: theme)
    if let row = area.footer { footer(menu, keys, into: &frame, row: row, theme: theme) }
  }

  /// As many of the hints as there is room for.
  private static func footer(_ menu: Menu, _ keys: KeyMap, into frame: inout Frame, row: Int, theme: Theme) {
    var hints = menu.kind.moreHints(keys)
    while hints.count > 1, DisplayText.width(of: hints.joined(separator: " · ")) > frame.size.columns {
      hints.removeLast()
    }
    frame.put(hints.joined(separator: " · "), at: Position(column: 0, row: row), style: theme.secondary)
  }

  private static func header(
    _ menu: Menu, _ keys: KeyMap, into frame: inout Frame, row: Int, theme: Theme
  ) {
    let columns = frame.size.columns
    frame.put(String(repeating: "─", count: columns), at: Position(column: 0, row: row), style: theme.secondary)
    let end = frame.put(" \(menu.kind.title) ", at: Position(column: 1, row: row), style: theme.strong) + 1
    let total = menu.entries.count
    let place =
      menu.isPending
      ? "…" : menu.matches.isEmpty ? "none of \(total)" : "\(menu.selection + 1) of \(menu.matches.count)"
    let counts = menu.matches.count == total || menu.matches.isEmpty ? place : "\(place), \(total) in all"
    let both = " \(([counts] + menu.kind.hints(keys)).joined(separator: " · ")) "
    let right = end + DisplayText.width(of: both) + 1 <= columns ? both : " \(counts) "
    let width = DisplayText.width(of: right)
    if end + width <= columns {
      frame.put(right, at: Position(column: columns - width, row: row), style: theme.secondary)
    }
  }

  private static func list(_ menu: Menu, into frame: inout Frame, theme: Theme) {
    let area = menu.area
    if menu.matches.isEmpty, !menu.isPending, let row = area.list.first {
      frame.put(
        menu.entries.isEmpty ? menu.kind.emptyText : "Nothing matches", at: Position(column: 0, row: row),
        style: theme.secondary)
    }
    for (row, place) in zip(area.list, menu.top..<max(menu.top, menu.matches.count)) {
      let entry = menu.entries[menu.matches[place]]
      let isSelected = place == menu.selection
      let style = isSelected ? theme.selected : theme.plain
      frame.fill(rows: row..<row + 1, columns: area.listColumns, style: style)
      let mark = area.listColumns.count >= 12 ? (entry.isCurrent ? "• " : "  ") : ""
      var column = frame.put(
        mark + entry.title, at: Position(column: 0, row: row), style: style, limit: area.listColumns.count)
      // The preview has room for the detail; where there is none, it stands beside the title.
      if area.previewRows.isEmpty && !entry.detail.isEmpty {
        column += 2
        frame.put(
          entry.detail, at: Position(column: column, row: row), style: isSelected ? style : theme.secondary,
          limit: area.listColumns.count - column)
      }
    }
  }

  private static func preview(_ menu: Menu, into frame: inout Frame, theme: Theme) {
    let area = menu.area
    guard !area.previewRows.isEmpty else { return }
    let left = area.previewColumns.lowerBound
    let top = area.detailRow ?? area.previewRows.lowerBound
    if left > 0 {
      for row in top..<area.previewRows.upperBound {
        frame.put("│", at: Position(column: left - 2, row: row), style: theme.secondary)
      }
    } else {
      let rule = String(repeating: "─", count: frame.size.columns)
      frame.put(rule, at: Position(column: 0, row: top - 1), style: theme.secondary)
    }
    if let row = area.detailRow, let chosen = menu.chosen {
      frame.put(menu.entries[chosen].detail, at: Position(column: left, row: row), style: theme.secondary)
    }
    for (row, cells) in zip(area.previewRows, menu.previewLines) {
      frame.put(cells, at: Position(column: left, row: row))
    }
    if menu.isPreviewCut, let row = area.previewRows.last {
      frame.put("…", at: Position(column: frame.size.columns - 1, row: row), style: theme.secondary)
    }
  }
}

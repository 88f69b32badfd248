import TerminalModel

/// Hyperlinks (OSC 8), which ncurses does not know: after it has painted, the cells of links are written once more, with
/// their link. The cursor and its attributes are left as ncurses believes them to be.
///
/// Source: "Hyperlinks in terminal emulators", the specification by the authors of VTE and iTerm2.
struct LinkLayer {
  /// What the terminal's cells carry now, by row; rows without links are left out.
  private var shown: [Int: [Hyperlink?]] = [:]

  /// True while the terminal shows no link.
  var isEmpty: Bool { shown.isEmpty }

  /// The terminal was cleared: no cell carries a link any more.
  mutating func removeAll() { shown.removeAll() }

  /// What to send after ncurses has painted.
  ///
  /// - Parameters:
  ///   - rows: by number, the rows in which it may have written, with all their cells.
  ///   - look: how the terminal shows a style.
  mutating func overlay(_ rows: [(row: Int, cells: [Cell])], look: (Style) -> Palette.Look) -> String {
    var runs = ""
    for (row, cells) in rows {
      let old = shown[row] ?? []
      let new = cells.contains { $0.style.link != nil } ? cells.map(\.style.link) : []
      if old.isEmpty, new.isEmpty { continue }
      shown[row] = new.isEmpty ? nil : new
      for run in Self.runs(of: cells, old: old) {
        runs += Self.sequence(for: cells[run], row: row, column: run.lowerBound, look: look)
      }
    }
    // ESC 7 and ESC 8 keep the cursor's place and attributes.
    return runs.isEmpty ? "" : "\u{1B}7\(runs)\u{1B}8"
  }

  /// The runs of one link that have to be written: those that are links, and those that were and may still be.
  private static func runs(of cells: [Cell], old: [Hyperlink?]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < cells.count {
      let link = cells[start].style.link
      var end = start
      while end < cells.count, cells[end].style.link == link, link != nil || hadLink(end, old) { end += 1 }
      if end == start {
        start += 1
        continue
      }
      // A right half is written with its left one, which may have had no link.
      let first = cells[start].text.isEmpty && start > 0 ? start - 1 : start
      runs.append(first..<end)
      start = end
    }
    return runs
  }

  private static func hadLink(_ column: Int, _ old: [Hyperlink?]) -> Bool { column < old.count && old[column] != nil }

  private static func sequence(
    for cells: ArraySlice<Cell>, row: Int, column: Int, look: (Style) -> Palette.Look
  ) -> String {
    var text = "\u{1B}[\(row + 1);\(column + 1)H"
    let link = cells.last?.style.link
    if let link { text += "\u{1B}]8;id=\(identifier(of: link));\(link.address)\u{1B}\\" }
    var current: Palette.Look?
    for cell in cells where !cell.text.isEmpty {
      let wanted = look(cell.style)
      if wanted != current { text += wanted.sequence }
      current = wanted
      text += cell.text
    }
    return link == nil ? text : text + "\u{1B}]8;;\u{1B}\\"
  }

  /// The same for all runs of one address, so that a link that wraps is one. FNV-1a, in base 36.
  private static func identifier(of link: Hyperlink) -> String {
    let hash = link.address.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return String(hash, radix: 36)
  }
}

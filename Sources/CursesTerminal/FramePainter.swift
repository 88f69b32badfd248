import CNcursesw
import TerminalModel

/// Turns frames into the bytes that make the terminal show them, by ncurses: only what differs from the frame before.
@TerminalActor final class FramePainter {
  private let kind: TerminalKind
  private var palette: Palette
  private var links = LinkLayer()
  private var shown: Frame?
  /// Nothing that the terminal shows counts any more: all is sent.
  private var isScreenLost = true
  /// The look of the last cell: most have the look of their neighbour.
  private var last: (style: Style, pair: Int16, attributes: UInt32)?

  /// For the terminal that ncurses has opened. Without `isColored` only attributes are used.
  init(kind: TerminalKind, isColored: Bool) {
    self.kind = kind
    palette = Palette(
      isColored: isColored, colors: Int(cnc_colors()), pairs: Int(cnc_color_pairs()), attributes: Self.attributes(),
      define: { init_pair($0, $1, $2) == OK })
  }

  private static func attributes() -> Style.Attributes {
    let names: [(Style.Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "sitm"), (.underline, "smul"), (.reverse, "rev"),
    ]
    return names.reduce(into: []) { if !TerminalModes.capability($1.1).isEmpty { $0.insert($1.0) } }
  }

  /// How many colours there are: 256, 16, 8, or 0 for none.
  var colors: Int { palette.depth }

  /// Whether there are italics.
  var hasItalics: Bool { palette.hasItalics }

  /// The window's size is another, and nobody knows what it shows: the next frame is sent whole.
  func forget() {
    shown = nil
    invalidate()
  }

  /// Whatever the terminal shows is no longer ours: the next frame is sent whole.
  func invalidate() {
    cnc_invalidate()
    isScreenLost = true
  }

  /// The frame painted last; nil after `forget`.
  var frame: Frame? { shown }

  /// What to send. What does not fit into `size` is cut off.
  func paint(_ frame: Frame, size: Size) -> [UInt8] {
    if shown?.size != frame.size {
      shown = nil
      cnc_erase()
    }
    let rows = Self.visible(frame, in: size)
    var changed = put(rows)
    if palette.ranOut {
      // Pairs of frames long gone make room.
      palette.removeAll()
      last = nil
      shown = nil
      changed = put(rows)
    }
    let cursor = place(of: frame, in: size)
    // What ncurses shifts takes its links along.
    cnc_allow_shifting(kind.hasHyperlinks && !links.isEmpty ? 0 : 1)
    var count: Int32 = 0
    let bytes = cnc_update(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? 0), &count)
    var output = Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
    if kind.hasHyperlinks {
      if isScreenLost { links.removeAll() }
      // ncurses may cross cells of the cursor's row by writing them.
      if let row = cursor?.row, rows.indices.contains(row) { changed.insert(row) }
      let touched = (isScreenLost ? Array(rows.indices) : changed.sorted()).map { (row: $0, cells: rows[$0]) }
      output += Array(links.overlay(touched, look: palette.look(of:)).utf8)
    }
    isScreenLost = false
    shown = frame
    return synchronized(output)
  }

  /// A frame that the terminal might read in several pieces is shown at its end.
  private func synchronized(_ output: [UInt8]) -> [UInt8] {
    guard kind.hasSynchronizedOutput, output.count > Self.pieceSize else { return output }
    return Array("\u{1B}[?2026h".utf8) + output + Array("\u{1B}[?2026l".utf8)
  }

  /// Pseudo terminals hand on what is written in pieces of 4 KiB; half of it keeps clear of what else stands before.
  private static let pieceSize = 2048

  private func place(of frame: Frame, in size: Size) -> Position? {
    guard let cursor = frame.cursor, (0..<size.rows).contains(cursor.row), (0..<size.columns).contains(cursor.column)
    else { return nil }
    return cursor
  }

  /// Gives ncurses what differs from the frame before; the rows that do.
  private func put(_ rows: [[Cell]]) -> Set<Int> {
    var changed: Set<Int> = []
    var before = shown?.rows
    if let old = before, let shift = RowShift(from: old, to: rows) {
      cnc_scroll(Int32(shift.region.lowerBound), Int32(shift.region.upperBound - 1), Int32(shift.lines))
      before = shift.applied(to: old)
      // ncurses may scroll the terminal, which takes links along, or write the rows anew, which does not.
      if !links.isEmpty { changed.formUnion(shift.region) }
    }
    for (row, cells) in rows.enumerated() {
      guard let range = Self.difference(cells, before?[row]) else { continue }
      changed.insert(row)
      put(cells[range], row: row)
    }
    return changed
  }

  private func put(_ cells: ArraySlice<Cell>, row: Int) {
    var glyphs: [cnc_cell] = []
    glyphs.reserveCapacity(cells.count)
    for cell in cells { glyphs.append(glyph(for: cell)) }
    cnc_put_cells(Int32(row), Int32(cells.startIndex), glyphs, Int32(glyphs.count))
  }

  /// From the first to the last cell that differs, wide characters whole; nil where none does.
  ///
  /// Not isolated: else each of the many calls of its closures would look first which executor it is on.
  private nonisolated static func difference(_ cells: [Cell], _ before: [Cell]?) -> Range<Int>? {
    guard let before, before.count >= cells.count else { return cells.isEmpty ? nil : 0..<cells.count }
    let differing: Range<Int>? = cells.withUnsafeBufferPointer { new in
      before.withUnsafeBufferPointer { old in
        // A row that was kept is the same array, which is seen without a look at its cells.
        if new.baseAddress == old.baseAddress { return nil }
        var first = 0
        while first < new.count, new[first] == old[first] { first += 1 }
        if first == new.count { return nil }
        var last = new.count - 1
        while new[last] == old[last] { last -= 1 }
        return first..<last + 1
      }
    }
    guard let differing else { return nil }
    var first = differing.lowerBound
    var last = differing.upperBound - 1
    func isRightHalf(_ column: Int) -> Bool { cells[column].text.isEmpty || before[column].text.isEmpty }
    while first > 0, isRightHalf(first) { first -= 1 }
    while last + 1 < cells.count, isRightHalf(last + 1) { last += 1 }
    return first..<last + 1
  }

  private nonisolated static func visible(_ frame: Frame, in size: Size) -> [[Cell]] {
    if frame.size == size { return frame.rows }
    return frame.rows.prefix(size.rows).map { visible($0, columns: size.columns) }
  }

  /// The cells that fit, without half a wide character at the edge.
  private nonisolated static func visible(_ row: [Cell], columns: Int) -> [Cell] {
    if row.count <= columns { return row }
    var cells = Array(row.prefix(columns))
    if row[columns].text.isEmpty, !cells.isEmpty { cells[cells.count - 1].text = " " }
    return cells
  }

  private func glyph(for cell: Cell) -> cnc_cell {
    var result = cnc_cell(text: cell.text)
    if cell.text.isEmpty || cell.style == .plain { return result }
    let known = last.flatMap { $0.style == cell.style ? $0 : nil } ?? look(of: cell.style)
    result.attributes = known.attributes
    result.pair = known.pair
    return result
  }

  private func look(of style: Style) -> (style: Style, pair: Int16, attributes: UInt32) {
    let look = palette.look(of: style)
    // Style's attributes and those of the C target have the same bits.
    let known = (style, palette.pair(for: look), UInt32(look.attributes.rawValue))
    last = known
    return known
  }
}

extension cnc_cell {
  /// A character and its zero-width ones, as many as a cell holds, without any look.
  fileprivate init(text: String) {
    self.init()
    withUnsafeMutableBytes(of: &scalars) { bytes in
      let scalars = bytes.bindMemory(to: UInt32.self)
      for (index, scalar) in text.unicodeScalars.prefix(scalars.count).enumerated() { scalars[index] = scalar.value }
    }
  }
}

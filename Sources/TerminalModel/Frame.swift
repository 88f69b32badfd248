/// One character cell: a grapheme cluster as the terminal will draw it.
public struct Cell: Hashable, Sendable {
  /// One spacing scalar and its zero-width ones, already sanitised. Empty: the right half of the wide cell before it.
  public var text: String
  public var style: Style
  public init(_ text: String = " ", _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
  public static let blank = Cell()
}

/// A whole screen as a value: rows of cells, and where the terminal's cursor stands.
public struct Frame: Equatable, Sendable {
  public let size: Size
  /// `size.rows` rows of exactly `size.columns` cells.
  public private(set) var rows: [[Cell]]
  /// Nil hides the cursor.
  public var cursor: Position?

  public init(size: Size) {
    let size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    self.size = size
    rows = Array(repeating: Array(repeating: .blank, count: size.columns), count: size.rows)
  }

  /// Writes a text, sanitised, into one row and tells how many columns it took.
  ///
  /// What lies outside the frame, or more than `limit` columns right of the position, is clipped; a wide character that
  /// would be cut leaves a blank.
  @discardableResult
  public mutating func put(
    _ text: String, at position: Position, style: Style = .plain, limit: Int = .max
  ) -> Int {
    // A grapheme cluster has at least one byte and a row few columns, so a long text need not be measured to its end.
    let room = min(limit, size.columns - position.column)
    guard room > 0, rows.indices.contains(position.row) else { return 0 }
    return put(DisplayText(text.prefix(2 * room + 8), style: style).cells, at: position, limit: limit)
  }

  /// Writes cells into one row and tells how many columns they took; clipped as a text is.
  @discardableResult
  public mutating func put(_ cells: [Cell], at position: Position, limit: Int = .max) -> Int {
    guard rows.indices.contains(position.row) else { return 0 }
    let end = min(cells.count, limit, size.columns - position.column)
    let start = max(0, -position.column)
    guard start < end else { return 0 }
    let first = position.column + start
    let last = position.column + end - 1
    releaseHalves(row: position.row, first: first, last: last)
    for index in start..<end { rows[position.row][position.column + index] = cells[index] }
    if cells[start].text.isEmpty { rows[position.row][first].text = " " }
    if end < cells.count, cells[end].text.isEmpty { rows[position.row][last].text = " " }
    return end
  }

  /// Takes over a whole row, which shares its storage until either changes; one of another width is left alone.
  public mutating func replace(row: Int, with cells: [Cell]) {
    guard rows.indices.contains(row), cells.count == size.columns else { return }
    rows[row] = cells
  }

  /// Fills a rectangle, clipped to the frame, with blanks of a style.
  public mutating func fill(rows range: Range<Int>, columns: Range<Int>, style: Style = .plain) {
    let columns = columns.clamped(to: 0..<size.columns)
    guard !columns.isEmpty else { return }
    for row in range.clamped(to: 0..<size.rows) {
      releaseHalves(row: row, first: columns.lowerBound, last: columns.upperBound - 1)
      for column in columns { rows[row][column] = Cell(" ", style) }
    }
  }

  /// Fills a whole row with blanks of a style.
  public mutating func fill(row: Int, style: Style = .plain) {
    fill(rows: row..<row + 1, columns: 0..<size.columns, style: style)
  }

  /// Gives the cells of a rectangle, clipped to the frame, another style and leaves their text.
  public mutating func restyle(rows range: Range<Int>, columns: Range<Int>, _ change: (inout Style) -> Void) {
    for row in range.clamped(to: 0..<size.rows) {
      for column in columns.clamped(to: 0..<size.columns) { change(&rows[row][column].style) }
    }
  }

  /// Blanks the other halves of wide characters that a write from `first` to `last` cuts in two.
  private mutating func releaseHalves(row: Int, first: Int, last: Int) {
    if first > 0, rows[row][first].text.isEmpty { rows[row][first - 1].text = " " }
    if last + 1 < size.columns, rows[row][last + 1].text.isEmpty { rows[row][last + 1].text = " " }
  }
}

/// A row of a table in columns of given widths.
struct TableRow {
  /// The lines of each cell.
  private let cells: [[TextLine]]
  private let offsets: [Int]
  /// UTF-8 offsets of the row in the table's plain text.
  let offset: Int
  let end: Int
  /// Lines; at least one.
  let height: Int

  init(_ row: [TableText.Cell], widths: [Int]) {
    cells = zip(row, widths).map { $0.lines(width: $1) }
    offsets = row.map(\.offset)
    offset = row.first?.offset ?? 0
    end = row.last.map { $0.offset + $0.text.plainLength } ?? 0
    height = cells.reduce(1) { max($0, $1.count) }
  }

  /// The columns that a cell takes; at least 1.
  func columns(_ column: Int) -> Int {
    column < cells.count ? cells[column].reduce(1) { max($0, $1.columns) } : 1
  }

  /// One line over all columns.
  func line(_ index: Int, widths: [Int], _ alignments: [MarkdownTable.Alignment]) -> TextLine {
    var spans: [TextLine.Span] = []
    var columns = 0
    var offset: Int?
    for (column, width) in widths.enumerated() {
      if column > 0 { Self.append(" \(LayoutGlyphs.columnBar) ", .ornament, to: &spans) }
      var left = 0
      var own = 0
      if column < cells.count, index < cells[column].count, case let line = cells[column][index] {
        offset = offset ?? offsets[column] + line.offset
        own = line.columns
        let alignment = column < alignments.count ? alignments[column] : .none
        left = line.spans.isEmpty ? 0 : Self.padding(width - own, alignment)
        Self.append(String(repeating: " ", count: left), .plain, to: &spans)
        spans += line.spans
      }
      columns += left + own + (column > 0 ? TableColumns.gap : 0)
      guard column + 1 < widths.count else { continue }
      Self.append(String(repeating: " ", count: width - left - own), .plain, to: &spans)
      columns += width - left - own
    }
    return TextLine(spans, columns: columns, offset: offset ?? self.offset)
  }

  /// Spaces left of a cell's line.
  private static func padding(_ spare: Int, _ alignment: MarkdownTable.Alignment) -> Int {
    switch alignment {
    case .none, .left: 0
    case .center: spare / 2
    case .right: spare
    }
  }

  private static func append(_ text: String, _ look: TextLook, to spans: inout [TextLine.Span]) {
    if !text.isEmpty { spans.append(TextLine.Span(text, look)) }
  }
}

/// Where the parts of a menu stand; rows and columns of the screen.
struct MenuArea: Equatable, Sendable {
  /// The row of the title and the counts.
  var header: Int?
  var filterRow = 0
  /// Columns before the filter's text.
  var filterIndent = 0
  var list = 0..<0
  var listColumns = 0..<0
  /// The row above the preview for the entry's one line.
  var detailRow: Int?
  var previewRows = 0..<0
  /// The last row, for what can be done with an entry.
  var footer: Int?
  var previewColumns = 0..<0

  /// No room at all.
  init() {}

  /// The filter comes first, then the list, the title, the preview: what there is no room for is left out.
  init(rows: Range<Int>, columns: Int, entries: Int, hasFooter: Bool = false) {
    var rest = rows
    if hasFooter, rows.count >= 8 {
      footer = rows.upperBound - 1
      rest = rest.dropLast()
    }
    if rows.count >= 3 {
      header = rest.lowerBound
      rest = rest.dropFirst()
    }
    filterRow = rest.lowerBound
    filterIndent = columns >= 8 ? 2 : 0
    rest = rest.dropFirst()
    list = rest
    listColumns = 0..<columns
    if columns >= 60 && rest.count >= 2 {
      let width = max(24, min(columns * 2 / 5, 48))
      listColumns = 0..<width
      previewRows = rest
      previewColumns = width + 2..<columns
    } else if rest.count >= 5 {
      let height = min(entries, rest.count - max(2, rest.count / 3) - 1)
      list = rest.prefix(height)
      previewRows = rest.dropFirst(height + 1)
      previewColumns = 0..<columns
    }
    if previewRows.count >= 5 {
      detailRow = previewRows.lowerBound
      previewRows = previewRows.dropFirst(2)
    }
  }
}

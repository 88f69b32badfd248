import TerminalModel

/// A table's cells as texts, measured.
struct TableText {
  /// One cell: its text, and how it would stand in a column as wide as it likes.
  struct Cell {
    var text: LookedText
    /// UTF-8 offset in the table's plain text.
    var offset: Int
    var unwrapped: [TextLine]
    var columns: Int
    /// The columns of its longest word.
    var longestWord: Int

    /// The lines at a width.
    func lines(width: Int) -> [TextLine] { columns <= width ? unwrapped : text.lines(width: width) }
  }

  let alignments: [MarkdownTable.Alignment]
  let header: [Cell]
  let rows: [[Cell]]
  /// UTF-8 length of the plain text.
  let plainLength: Int

  init(_ table: MarkdownTable, role: TextLook.Role) {
    var offset = 0
    func cells(_ row: [MarkdownTable.Cell], _ attributes: InlineAttributes) -> [Cell] {
      row.map { runs in
        let cell = Cell(LookedText(runs, role: role, adding: attributes), offset: offset)
        offset += cell.text.plainLength + 1
        return cell
      }
    }
    alignments = table.alignments
    header = cells(table.header, .strong)
    rows = table.rows.map { row in
      // An empty row too is a line of the plain text.
      if row.isEmpty { offset += 1 }
      return cells(row, [])
    }
    plainLength = max(0, offset - 1)
  }

  /// How many columns the widest row has.
  var count: Int { rows.reduce(max(header.count, alignments.count)) { max($0, $1.count) } }
}

extension TableText.Cell {
  /// Wider than any window.
  private static let unbounded = 1 << 30

  init(_ text: LookedText, offset: Int) {
    self.text = text
    self.offset = offset
    unwrapped = text.lines(width: Self.unbounded)
    columns = unwrapped.reduce(0) { max($0, $1.columns) }
    longestWord = Self.longestWord(of: text.text)
  }

  private static func longestWord(of text: String) -> Int {
    var longest = 0
    var current = 0
    for cluster in text {
      if cluster == " " || cluster == "\t" || cluster.isNewline {
        current = 0
        continue
      }
      let width = DisplayText.width(of: cluster)
      // Lines may break beside a wide character.
      current = width == 2 ? 2 : current + width
      longest = max(longest, current)
    }
    return longest
  }
}

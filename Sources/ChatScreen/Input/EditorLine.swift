import TerminalModel

/// One logical line of an editor and, as far as they were needed, the rows of the screen that it takes.
///
/// Rows cover the line without gaps, so every place of the cursor is in exactly one row. Where a row begins decides
/// alone where the next one does, so an edit keeps the rows before it, and rows after what is visible wait.
struct EditorLine: Equatable, Sendable {
  private(set) var text: String
  /// UTF-8 offsets at which the rows known so far begin; the first is 0.
  private var rowStarts: [Int] = [0]
  /// Whether the last known row is the line's last.
  private var isComplete = false
  /// Columns that `rowStarts` is right for; 0 when it was never laid out.
  private var laidOutWidth = 0

  /// A line that is not laid out yet.
  init(text: String) { self.text = text }

  /// The layout follows from the text, so it does not count.
  static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// Replaces bytes, both ends on scalar boundaries.
  mutating func replace(_ range: Range<Int>, with replacement: String) {
    // A shorter word may move up to the row before, and a wide character that did not fit there with it.
    let kept = max(1, row(containing: range.lowerBound) - 1)
    rowStarts.removeLast(max(0, rowStarts.count - kept))
    isComplete = false
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    let end = text.utf8.index(start, offsetBy: range.count)
    text.replaceSubrange(start..<end, with: replacement)
  }

  /// Rows of which the end is known.
  var knownRows: Int { isComplete ? rowStarts.count : rowStarts.count - 1 }

  /// Something that it holds is as wide as it was no more.
  mutating func forgetLayout() { laidOutWidth = 0 }

  /// Lays out until so many rows are known and so is the row of the byte at `offset`, or the line ends.
  mutating func layOut(width: Int, rows: Int = .max, offset: Int = .max, _ insets: Insets = Insets()) {
    if laidOutWidth != width {
      laidOutWidth = width
      rowStarts = [0]
      isComplete = false
    }
    while !isComplete, knownRows < rows || rowStarts[rowStarts.count - 1] <= offset {
      if let next = Self.nextRow(after: rowStarts[rowStarts.count - 1], in: text, width: width, insets) {
        rowStarts.append(next)
      } else {
        isComplete = true
      }
    }
  }

  /// The bytes of a known row.
  func range(ofRow row: Int) -> Range<Int> {
    rowStarts[row]..<(row + 1 < rowStarts.count ? rowStarts[row + 1] : text.utf8.count)
  }

  /// The row that an offset is in. An offset between two rows belongs to the later one.
  func row(containing offset: Int) -> Int {
    var low = 0
    var high = rowStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if rowStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Columns before an offset in its row.
  func column(of offset: Int, inRow row: Int, _ insets: Insets) -> Int {
    let before = text.utf8Slice(rowStarts[row]..<offset)
    return insets.isEmpty
      ? DisplayText.width(of: before) : DisplayText.width(of: insets.shown(before, columns: laidOutWidth))
  }

  /// The offset in a row that is nearest to a column from the left.
  func offset(atColumn column: Int, inRow row: Int, _ insets: Insets) -> Int {
    let range = range(ofRow: row)
    let isLastRow = row + 1 == rowStarts.count
    var offset = range.lowerBound
    var width = 0
    for character in text.utf8Slice(range) {
      width += insets.width(of: character, column: width, rowWidth: laidOutWidth)
      if width > column { break }
      let next = offset + character.utf8.count
      // The end of a wrapped row is the start of the next one, which is not where Up and Down should go.
      if next == range.upperBound && !isLastRow { break }
      offset = next
    }
    return offset
  }

  /// Where the row after the one that begins at `start` begins: after its last blank where there is one, else between
  /// graphemes; nil when all the rest fits.
  private static func nextRow(after start: Int, in text: String, width: Int, _ insets: Insets) -> Int? {
    let bytes = text.utf8.span
    var offset = start
    var column = 0
    var afterBlank = start
    while offset < bytes.count {
      let byte = bytes[offset]
      var length = 1
      var cells = 1
      let isPlain = byte >= 0x20 && byte < 0x7F && (offset + 1 == bytes.count || bytes[offset + 1] < 0x80)
      if !isPlain {
        let cluster = text[text.utf8.index(text.startIndex, offsetBy: offset)]
        length = cluster.utf8.count
        cells = insets.width(of: cluster, column: column, rowWidth: width)
      }
      if column + cells > width && column > 0 { return afterBlank > start ? afterBlank : offset }
      offset += length
      column += cells
      if byte == 0x20 || byte == 0x09 { afterBlank = offset }
    }
    return nil
  }
}

import TerminalModel

/// One logical line of an editor and, once it was needed, the rows of the screen that it takes.
///
/// Rows cover the line without gaps, so every place of the cursor is in exactly one row.
struct EditorLine: Equatable, Sendable {
  private(set) var text: String
  /// UTF-8 offsets at which the rows begin; the first is 0.
  private(set) var rowStarts: [Int] = [0]
  /// Columns that `rowStarts` is right for; 0 when it was never laid out.
  private var laidOutWidth = 0

  init(text: String) { self.text = text }

  /// The layout follows from the text, so it does not count.
  static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  mutating func replace(_ range: Range<Int>, with replacement: String) {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    let end = text.utf8.index(start, offsetBy: range.count)
    text.replaceSubrange(start..<end, with: replacement)
    laidOutWidth = 0
  }

  /// The bytes of a row.
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
  func column(of offset: Int, inRow row: Int) -> Int {
    DisplayText.width(of: text.utf8Slice(rowStarts[row]..<offset))
  }

  /// The offset in a row that is nearest to a column from the left.
  func offset(atColumn column: Int, inRow row: Int) -> Int {
    let range = range(ofRow: row)
    let isLastRow = row + 1 == rowStarts.count
    var offset = range.lowerBound
    var width = 0
    for character in text.utf8Slice(range) {
      width += DisplayText.width(of: character, column: width)
      if width > column { break }
      let next = offset + character.utf8.count
      // The end of a wrapped row is the start of the next one, which is not where Up and Down should go.
      if next == range.upperBound && !isLastRow { break }
      offset = next
    }
    return offset
  }

  mutating func layOut(width: Int) {
    if laidOutWidth == width { return }
    laidOutWidth = width
    rowStarts = Self.rowStarts(of: text, width: width)
  }

  /// Breaks after the last blank of a row where there is one, else between graphemes.
  private static func rowStarts(of text: String, width: Int) -> [Int] {
    var starts = [0]
    if text.utf8.count <= width && text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return starts }
    var offset = 0
    var column = 0
    // After the last blank of the row: where the next row would begin.
    var breakOffset = 0
    var columnAtBreak = 0
    for character in text {
      var cells = DisplayText.width(of: character, column: column)
      if column + cells > width && column > 0 {
        if breakOffset > starts[starts.count - 1] {
          starts.append(breakOffset)
          column -= columnAtBreak
        } else {
          starts.append(offset)
          column = 0
        }
        breakOffset = 0
        cells = DisplayText.width(of: character, column: column)
        // What was carried to the new row may still leave no room.
        if column + cells > width && column > 0 {
          starts.append(offset)
          column = 0
        }
      }
      offset += character.utf8.count
      column += cells
      if character == " " || character == "\t" {
        breakOffset = offset
        columnAtBreak = column
      }
    }
    return starts
  }
}

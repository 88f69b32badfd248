import TerminalModel

/// What of a line of code is seen through a window that does not begin at its beginning.
struct CodeWindow {
  /// UTF-8 offsets in the line of what is wholly inside.
  private(set) var range = 0..<0
  /// The column of the line that the range begins at.
  private(set) var column = 0
  /// Columns of a character that is cut by the left edge, shown as spaces.
  private(set) var blanks = 0
  private(set) var isCutLeft = false
  private(set) var isCutRight = false
  /// Stands at the right end of what is cut there, after spaces where a character is left out.
  private(set) var rightMark = ""
  /// What all of it takes.
  private(set) var columns = 0

  /// `start`: the first column that is seen.
  init(_ line: Substring, start: Int, columns room: Int) {
    let end = start + room
    let total = Self.width(of: line, atMost: end + 1)
    isCutLeft = start > 0 && total > 0
    isCutRight = total > end
    let last = isCutRight ? end - 1 : end
    locate(in: line, from: start, to: last)
    columns = total <= start ? 0 : blanks + seen
    guard isCutRight else { return }
    rightMark = String(repeating: " ", count: max(0, room - 1 - columns)) + LayoutGlyphs.cutRight
    columns = room
  }

  /// Columns of the range.
  private var seen = 0

  private mutating func locate(in line: Substring, from start: Int, to end: Int) {
    var lower: Int?
    var upper = 0
    var offset = 0
    var column = 0
    for cluster in line {
      let next = column + DisplayText.width(of: cluster, column: column)
      if next > end { break }
      let size = cluster.utf8.count
      if column >= start {
        if lower == nil {
          lower = offset
          self.column = column
          blanks = column - start
        }
        upper = offset + size
        seen = next - self.column
      } else if next > start {
        blanks = next - start
      }
      column = next
      offset += size
    }
    if let lower { range = lower..<upper }
  }

  /// The width, or a little more than `limit` where it is more than that.
  private static func width(of line: Substring, atMost limit: Int) -> Int {
    var width = 0
    for cluster in line {
      width += DisplayText.width(of: cluster, column: width)
      if width >= limit { break }
    }
    return width
  }
}

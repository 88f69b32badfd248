import TerminalModel

/// Frames whose rows move from one to the next, for the tests of what is scrolled. The rows that moved are the same arrays,
/// as those of the program are.
struct ScrolledPages {
  /// How far each page goes on from the one before; back where it is negative.
  private static let steps = [1, 1, 2, -1, 5, -4, 0, 3, 40, -20, 1, -1, 7, 1, 1, 1]
  private static let link = Hyperlink("https://swift.org/")

  private(set) var number = 0
  private var top = 50
  private var rows: [Int: [Cell]] = [:]

  mutating func turn() {
    top += Self.steps[number % Self.steps.count]
    number += 1
  }

  /// A title, rows of a long list with a link in every fifth, one of them replaced on every third page, and a last row.
  mutating func frame(_ size: Size) -> Frame {
    var frame = Frame(size: size)
    frame.put("page \(number) from \(top)", at: Position(column: 0, row: 0))
    for row in 1..<size.rows - 1 {
      frame.replace(row: row, with: cells(of: top + row - 1, columns: size.columns))
    }
    if number % 3 == 2 {
      frame.fill(row: 4)
      frame.put("replaced", at: Position(column: 0, row: 4))
    }
    frame.put("end of \(number)", at: Position(column: 0, row: size.rows - 1), style: Style(attributes: .reverse))
    frame.cursor = Position(column: 2, row: size.rows - 1)
    return frame
  }

  private mutating func cells(of number: Int, columns: Int) -> [Cell] {
    if let cells = rows[number], cells.count == columns { return cells }
    var frame = Frame(size: Size(columns: columns, rows: 1))
    let start = frame.put("row ", at: Position(column: 0, row: 0))
    let style = Style(foreground: .palette(UInt8(1 + number % 6)), link: number % 5 == 0 ? Self.link : nil)
    frame.put("\(number) 漢字", at: Position(column: start, row: 0), style: style)
    rows[number] = frame.rows[0]
    return frame.rows[0]
  }
}

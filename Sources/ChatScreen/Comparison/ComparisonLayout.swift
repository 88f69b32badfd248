import TerminalModel

/// Where several answers stand: in columns, or where these would be too narrow one below the other. With too few rows, only
/// the focused one shows its text, and the others their headers; with fewer still, they are hidden.
struct ComparisonLayout: Equatable, Sendable {
  /// The place of an answer.
  struct Area: Equatable, Sendable {
    var columns: Range<Int>
    var header: Range<Int>
    var text: Range<Int>

    func contains(_ place: Position) -> Bool {
      columns.contains(place.column) && (header.contains(place.row) || text.contains(place.row))
    }
  }

  /// The columns between two answers: a line with a blank on both sides.
  private static let gap = 3
  /// The least columns of an answer that has others beside it, with what is between them.
  static let leastColumns = 40
  /// The least rows of one that has others below it, its header with them.
  static let leastRows = 4

  /// The row that the question stands on.
  private(set) var question: Int?
  /// Those of the answers, in their order; nil for one that is hidden.
  private(set) var areas: [Area?] = []
  /// The columns of the lines between them.
  private(set) var lines: [Int] = []
  /// The rows of the answers.
  private(set) var rows = 0..<0

  init() {}

  init(rows: Range<Int>, columns: Int, count: Int, focus: Int) {
    let isSideBySide = columns / count >= Self.leastColumns
    if rows.count >= (isSideBySide ? 8 : count * Self.leastRows + 1) { question = rows.lowerBound }
    self.rows = rows.dropFirst(question == nil ? 0 : 1)
    if isSideBySide {
      setSideBySide(columns: columns, count: count)
    } else {
      setStacked(columns: columns, count: count, focus: focus)
    }
  }

  private mutating func setSideBySide(columns: Int, count: Int) {
    let width = (columns - Self.gap * (count - 1)) / count
    let headers = rows.count >= 6 ? 2 : min(1, rows.count)
    for index in 0..<count {
      let start = index * (width + Self.gap)
      let end = index == count - 1 ? columns : start + width
      areas.append(area(start..<end, rows, header: headers))
      if index > 0 { lines.append(start - 2) }
    }
  }

  private mutating func setStacked(columns: Int, count: Int, focus: Int) {
    let all = 0..<columns
    let share = max(Self.leastRows, rows.count / (count + 1))
    let isRoomForAll = rows.count >= count * Self.leastRows
    var row = rows.lowerBound
    for index in 0..<count {
      let taken: Int
      if isRoomForAll {
        // The one that is read has twice as many, where there are so many.
        taken = index == focus ? rows.count - share * (count - 1) : share
      } else if rows.count >= count + 2 {
        taken = index == focus ? rows.count - count + 1 : 1
      } else {
        taken = index == focus ? rows.count : 0
      }
      areas.append(taken > 0 ? area(all, row..<row + taken, header: taken == 1 && index == focus ? 0 : 1) : nil)
      row += taken
    }
  }

  private func area(_ columns: Range<Int>, _ rows: Range<Int>, header: Int) -> Area {
    let end = rows.lowerBound + header
    return Area(columns: columns, header: rows.lowerBound..<end, text: end..<rows.upperBound)
  }
}

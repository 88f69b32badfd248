/// Rows that stand in a frame as they stood in the one before, all moved by as many rows.
///
/// Rows are known again by their storage: one that was only moved shares it, and nobody has to look at its cells.
public struct RowShift: Equatable, Sendable {
  /// Where the rows stand now.
  public let rows: Range<Int>
  /// By how many rows they went up; down where it is negative. Never 0.
  public let lines: Int

  /// The rows of the screen in which a terminal has to scroll for it.
  public var region: Range<Int> {
    min(rows.lowerBound, rows.lowerBound + lines)..<max(rows.upperBound, rows.upperBound + lines)
  }

  /// Moving fewer rows than this is not worth it.
  static let leastRows = 3

  /// The first shift between two screens of one size; nil where there is none worth it.
  public init?(from old: [[Cell]], to new: [[Cell]]) {
    guard old.count == new.count else { return nil }
    let before = old.map(Self.storage)
    let after = new.map(Self.storage)
    for row in after.indices where after[row] != before[row] {
      guard let source = before.firstIndex(of: after[row]) else { continue }
      let lines = source - row
      var end = row + 1
      while end < after.count, before.indices.contains(end + lines), after[end] == before[end + lines] { end += 1 }
      guard end - row >= Self.leastRows else { continue }
      rows = row..<end
      self.lines = lines
      return
    }
    return nil
  }

  /// What a screen shows after it scrolled: the rows that nothing moved to are blank.
  public func applied(to old: [[Cell]]) -> [[Cell]] {
    var result = old
    for row in region {
      result[row] = rows.contains(row) ? old[row + lines] : Array(repeating: .blank, count: old[row].count)
    }
    return result
  }

  private static func storage(_ row: [Cell]) -> UnsafePointer<Cell>? {
    row.withUnsafeBufferPointer { $0.baseAddress }
  }
}

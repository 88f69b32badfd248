import TerminalModel
import Testing

/// Rows that moved from one frame to the next.
@Suite struct RowShiftTests {
  private func row(_ text: String) -> [Cell] { DisplayText(text).cells }

  private var page: [[Cell]] { "abcdefgh".map { row("line \($0)") } }

  @Test func rowsThatWentUpAreFound() throws {
    let old = page
    let new = [old[0]] + old[3..<7] + [row("new 1"), row("new 2"), old[7]]
    let shift = try #require(RowShift(from: old, to: new))
    #expect(shift.rows == 1..<5 && shift.lines == 2 && shift.region == 1..<7)
    let blank = Array(repeating: Cell.blank, count: 6)
    #expect(shift.applied(to: old) == [old[0]] + old[3..<7] + [blank, blank, old[7]])
  }

  @Test func rowsThatWentDownAreFound() throws {
    let old = page
    let new = [old[0], row("new 1")] + old[1..<6] + [old[7]]
    let shift = try #require(RowShift(from: old, to: new))
    #expect(shift.rows == 2..<7 && shift.lines == -1 && shift.region == 1..<7)
    #expect(shift.applied(to: old)[1] == Array(repeating: .blank, count: 6))
    #expect(Array(shift.applied(to: old)[2..<7]) == Array(old[1..<6]))
  }

  @Test func nothingMovesWhereRowsStandStillOrFewMoved() {
    let old = page
    #expect(RowShift(from: old, to: old) == nil)
    #expect(RowShift(from: old, to: page) == nil)
    #expect(RowShift(from: old, to: Array(old.dropFirst())) == nil)
    #expect(RowShift(from: old, to: [old[2], old[3]] + old[2...]) == nil)
  }
}

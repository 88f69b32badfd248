import TestSupport
import Testing

/// Rows that move as a whole: what the terminal shows after each frame.
@Suite struct ScrollingTests {
  private static let rows = 20

  @Test(arguments: ["xterm-256color", "linux", "vt100", "screen-256color"])
  func movedRowsStandWhereTheyBelong(_ type: String) throws {
    let terminal = try PtyTerminal(
      binary(named: "TerminalProbe"), ["--scroll"], environment: ["TERM": type], rows: Self.rows, columns: 30)
    for page in 0..<48 {
      #expect(terminal.wait { $0.line(Self.rows - 1) == "end of \(page)" && $0.cursor == (Self.rows - 1, 2) })
      let top = try #require(Int(terminal.line(0).split(separator: " ").last ?? ""))
      for row in 1..<Self.rows - 1 {
        let number = top + row - 1
        let isReplaced = page % 3 == 2 && row == 4
        #expect(terminal.line(row) == (isReplaced ? "replaced" : "row \(number) 漢字"), "page \(page)")
        let isLinked = !isReplaced && number % 5 == 0 && type == "xterm-256color"
        #expect((terminal.link(row: row, column: 4) != nil) == isLinked, "page \(page), row \(row)")
        #expect(terminal.link(row: row, column: 1) == nil && terminal.link(row: row, column: 20) == nil)
      }
      terminal.send("n")
    }
  }
}

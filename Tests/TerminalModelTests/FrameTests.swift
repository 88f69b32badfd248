import TerminalModel
import Testing

@Suite struct FrameTests {
  @Test func putsAndClips() {
    var frame = Frame(size: Size(columns: 6, rows: 2))
    #expect(frame.put("abc", at: Position(column: 1, row: 0)) == 3)
    #expect(frame.put("abcdef", at: Position(column: 3, row: 1)) == 3)
    #expect(frame.text == " abc\n   abc")
    #expect(frame.put("x", at: Position(column: 0, row: 2)) == 0)
    #expect(frame.put("xyz", at: Position(column: -2, row: 0)) == 3)
    #expect(frame.text == "zabc\n   abc")
    #expect(frame.put("xyz", at: Position(column: 0, row: 0), limit: 2) == 2)
    #expect(frame.text == "xybc\n   abc")
  }

  @Test func neverDrawsHalfAWideCharacter() {
    var frame = Frame(size: Size(columns: 5, rows: 1))
    frame.put("漢字語", at: Position(column: 0, row: 0))
    #expect(frame.text == "漢字")
    frame.put("x", at: Position(column: 1, row: 0))
    #expect(frame.rows[0].map(\.text) == [" ", "x", "字", "", " "])
    frame.put("y", at: Position(column: 2, row: 0))
    #expect(frame.rows[0].map(\.text) == [" ", "x", "y", " ", " "])
    frame.put("漢", at: Position(column: -1, row: 0))
    #expect(frame.rows[0].map(\.text) == [" ", "x", "y", " ", " "])
    frame.put("漢", at: Position(column: 4, row: 0))
    #expect(frame.rows[0].map(\.text) == [" ", "x", "y", " ", " "])
  }

  @Test func tellsStylesToAReader() {
    var frame = Frame(size: Size(columns: 10, rows: 2))
    frame.put("Title", at: Position(column: 0, row: 0), style: Style(attributes: .bold))
    frame.fill(row: 1, style: Style(foreground: .palette(4), attributes: [.dim, .reverse]))
    frame.cursor = Position(column: 3, row: 1)
    #expect(
      frame.styledText == """
        |Title
        |
        cursor 1,3
        row 0: 0-4 bold
        row 1: 0-9 dim reverse fg 4
        """)
  }

  @Test func emptySizesAreFine() {
    var frame = Frame(size: Size(columns: 0, rows: -1))
    #expect(frame.put("a", at: Position(column: 0, row: 0)) == 0)
    frame.fill(row: 0)
    #expect(frame.text == "")
  }
}

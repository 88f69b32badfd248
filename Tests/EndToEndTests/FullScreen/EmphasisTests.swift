import TestSupport
import Testing

/// Emphasis on terminals with italics and on those without.
@Suite(.ownThreads) struct EmphasisTests {
  @Test(arguments: [("xterm-256color", true), ("screen", false), ("linux", false), ("vt100", false)])
  func emphasisIsSeen(_ type: String, _ hasItalics: Bool) throws {
    let server = try FaultServer { _ in answer("It is *soft* here.\n\n```python\n# remark\n```") }
    let chat = try Chat(with: server, environment: ["TERM": type])
    chat.ask("Hi")
    chat.shows("It is soft here.", "# remark")
    chat.isAt("ready")
    let row = try #require((0..<chat.terminal.rows).first { chat.terminal.line($0) == "It is soft here." })
    let cells = [0, 6, 9, 11].map { chat.terminal.cell(row: row, column: $0) }
    #expect(cells.map(\.isItalic) == [false, hasItalics, hasItalics, false])
    #expect(cells.map(\.isUnderlined) == [false, !hasItalics, !hasItalics, false])
    // Comments are not emphasised, whatever a theme makes of them.
    let code = try #require((0..<chat.terminal.rows).first { chat.terminal.line($0) == "  # remark" })
    #expect(!chat.terminal.cell(row: code, column: 4).isUnderlined)
  }
}

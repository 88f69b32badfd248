import Glibc
import TerminalModel
import TestSupport
import Testing

/// The probe on a real terminal: what it shows, what it reads, and what it costs.
@Suite struct ScreenTests {
  private func probe(
    _ arguments: [String] = [], environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws -> PtyTerminal {
    try PtyTerminal(
      binary(named: "TerminalProbe"), arguments, environment: environment, rows: rows, columns: columns)
  }

  @Test func showsFramesToTheLastCell() throws {
    let terminal = try probe(rows: 6, columns: 20)
    #expect(terminal.waitForText("probe ready"))
    #expect(terminal.wait { $0.cell(row: 5, column: 19).text == "d" }, "\(terminal.text)")
    let cell = terminal.cell(row: 5, column: 17)
    #expect(cell.text == "e" && cell.isBold && cell.isReversed && cell.foreground == 208)
    #expect(terminal.wait { $0.cursor == (5, 2) && $0.isCursorVisible })
    #expect(terminal.isAlternateScreen)
    #expect(terminal.modes.set == [1049, 2004, 1004])
    terminal.send("q")
    #expect(terminal.waitForExit() == 0)
    #expect(terminal.text.contains("left behind"))
  }

  @Test(arguments: [("xterm", 3), ("vt100", nil), ("xterm-256color", 208), ("screen", 3), ("linux", 3)])
  func mapsColoursDown(_ type: String, _ color: Int?) throws {
    let terminal = try probe(environment: ["TERM": type])
    #expect(terminal.wait { $0.cell(row: 23, column: 79).text == "d" }, "\(terminal.text)")
    #expect(terminal.cell(row: 23, column: 79).foreground == color)
    #expect(terminal.cell(row: 23, column: 79).isBold)
  }

  @Test func usesNoColourWhereNoneIsWanted() throws {
    let terminal = try probe(environment: ["NO_COLOR": "1"])
    #expect(terminal.wait { $0.cell(row: 23, column: 79).text == "d" })
    #expect(terminal.cell(row: 23, column: 79).foreground == nil)
    #expect(terminal.cell(row: 23, column: 79).isReversed)
  }

  /// A frame that is sent in more than one piece is held back by the terminal until its end.
  @Test(arguments: [("xterm-256color", true), ("linux", false), ("screen", false)])
  func largeFramesAreShownAtOnce(_ type: String, _ isExpected: Bool) throws {
    let terminal = try probe(["--jobs", "400"], environment: ["TERM": type], rows: 300, columns: 100)
    #expect(terminal.waitForText("jobs done", timeout: .seconds(30)))
    terminal.send("\u{0C}a")
    #expect(terminal.waitForText("key character(\"a\")"))
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("\u{1B}[?2026h") == isExpected)
    #expect(output.split(separator: "\u{1B}[?2026h").count == output.split(separator: "\u{1B}[?2026l").count)
    #expect(!terminal.modes.set.contains(2026))
  }

  @Test func followsTheWindow() throws {
    let terminal = try probe()
    #expect(terminal.waitForText("probe ready"))
    terminal.resize(rows: 10, columns: 31)
    #expect(terminal.waitForText("size 31x10"))
    #expect(terminal.wait { $0.line(9).hasSuffix("end") })
    for (rows, columns) in [(1, 1), (2, 1), (1, 200), (0, 0), (100, 3), (24, 80)] {
      terminal.resize(rows: rows, columns: columns)
    }
    #expect(terminal.waitForText("size 80x24"))
    #expect(terminal.wait { $0.line(23).hasSuffix("end") })
    terminal.send("q")
    #expect(terminal.waitForExit() == 0)
  }

  @Test func readsKeysAndPastes() throws {
    let terminal = try probe()
    #expect(terminal.waitForText("probe ready"))
    terminal.send("\u{1B}")
    #expect(terminal.waitForText("key escape"))
    terminal.send("\u{1B}x\u{1B}[1;5D\r")
    terminal.send("\n")
    #expect(terminal.waitForText("key alt-character(\"x\")\nkey ctrl-left\nkey enter\nkey ctrl-character(\"j\")"))
    terminal.send("\u{1B}[200~line\r\u{1B}[A\u{3}\u{1B}[201~")
    #expect(terminal.waitForText(#"paste 9 "line\n\u{1B}[A\u{03}""#), "\(terminal.text)")
    terminal.send("\u{1B}[200~" + String(repeating: "0123456789abcde\r", count: 65536) + "\u{1B}[201~")
    #expect(terminal.waitForText("paste 1048576", timeout: .seconds(30)), "\(terminal.text)")
    terminal.send("\u{1B}[17~")
    #expect(terminal.wait { $0.modes.set.isSuperset(of: [1000, 1006]) })
    terminal.send("\u{1B}[<64;1;1M")
    #expect(terminal.waitForText("wheel -3"))
  }

  @Test func runsJobsFromOtherThreads() throws {
    let terminal = try probe(["--jobs", "500"])
    #expect(terminal.waitForText("jobs done", timeout: .seconds(30)), "\(terminal.text)")
    terminal.send("a")
    #expect(terminal.waitForText("key character(\"a\")"))
  }

  @Test func saysWhatIsWrongWithTheTerminal() throws {
    let terminal = try probe(environment: ["TERM": "nonesuch"])
    #expect(terminal.waitForExit() == 64)
    #expect(terminal.text.contains("unknown terminal type \"nonesuch\""))
    #expect(terminal.settings == terminal.initialSettings)
  }

  @Test(arguments: ["C", "POSIX", "de_DE.ISO-8859-1"]) func drawsUnicodeInAnyLocale(_ locale: String) throws {
    let terminal = try probe(environment: ["LANG": locale, "LC_ALL": locale])
    #expect(terminal.waitForText("probe ready"))
    terminal.send("漢")
    #expect(terminal.waitForText("key character(\"漢\")"), "\(terminal.text)")
  }
}

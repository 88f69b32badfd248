import TestSupport
import Testing

/// Hyperlinks: what the cells of the terminal carry after each frame.
@Suite struct LinkTests {
  private static let swift = ";https://swift.org/a?b=c"
  private static let other = ";http://example.org/"

  private func probe(_ environment: [String: String] = [:]) throws -> PtyTerminal {
    let terminal = try PtyTerminal(
      binary(named: "TerminalProbe"), ["--links"], environment: environment, rows: 6, columns: 30)
    #expect(terminal.wait { $0.line(0) == "page 0" && $0.cursor == (4, 3) })
    return terminal
  }

  private func turn(_ terminal: PtyTerminal, to page: Int) {
    terminal.send("n")
    #expect(terminal.wait { $0.line(0) == "page \(page)" && $0.cursor == (4, 3) })
  }

  /// The columns of a row that carry a link to an address.
  private func columns(_ terminal: PtyTerminal, _ row: Int, _ target: String) -> [Int] {
    (0..<terminal.columns).filter { terminal.link(row: row, column: $0)?.hasSuffix(target) ?? false }
  }

  private func expectPage0(_ terminal: PtyTerminal) {
    #expect(terminal.line(1) == "see swift and 漢字 end")
    #expect(columns(terminal, 1, Self.swift) == [4, 5, 6, 7, 8])
    #expect(columns(terminal, 1, Self.other) == [14, 15, 16, 17])
    #expect(columns(terminal, 2, Self.swift) == [26, 27, 28, 29])
    #expect(columns(terminal, 3, Self.swift) == [0, 1, 2])
    #expect(terminal.link(row: 2, column: 29) == terminal.link(row: 3, column: 0))
    #expect(columns(terminal, 0, "").isEmpty && columns(terminal, 4, "").isEmpty)
  }

  @Test func cellsCarryTheirLinks() throws {
    let terminal = try probe()
    expectPage0(terminal)
    #expect(terminal.cell(row: 1, column: 4).foreground == 4 && terminal.cell(row: 1, column: 3).foreground == nil)
    #expect(terminal.cell(row: 3, column: 0).isUnderlined && !terminal.cell(row: 4, column: 0).isUnderlined)

    turn(terminal, to: 1)
    #expect(terminal.line(1) == "see swift and 漢字 end")
    #expect(columns(terminal, 1, Self.swift) == [14, 15, 16, 17])
    #expect(columns(terminal, 1, Self.other) == [])

    turn(terminal, to: 2)
    #expect(terminal.line(1) == "!see swift and 漢字 end")
    #expect(columns(terminal, 1, Self.swift) == [5, 6, 7, 8, 9])
    #expect(columns(terminal, 1, Self.other) == [15, 16, 17, 18])

    turn(terminal, to: 3)
    #expect(terminal.line(1) == "see swift an 漢")
    #expect(columns(terminal, 1, Self.swift) == [4, 5, 6, 7, 8])
    #expect(columns(terminal, 1, Self.other) == [13, 14])

    turn(terminal, to: 4)
    #expect(columns(terminal, 1, Self.swift) == [9, 10, 11, 12, 13])
    turn(terminal, to: 5)
    #expect(terminal.line(1) == "see swift and more")
    #expect(columns(terminal, 1, Self.swift) == [])

    turn(terminal, to: 6)
    #expect(terminal.line(1) == "")
    #expect(columns(terminal, 1, Self.swift) == [] && columns(terminal, 1, Self.other) == [])
    #expect(columns(terminal, 3, Self.swift) == [0, 1, 2])
  }

  @Test func survivesRedrawingStoppingAndResizing() throws {
    let terminal = try probe()
    terminal.scribble("\u{1B}[2J\u{1B}[1;1Hgarbage")
    #expect(terminal.waitForText("garbage"))
    terminal.send("\u{0C}")
    #expect(terminal.wait { $0.line(0) == "page 0" && $0.cursor == (4, 3) })
    expectPage0(terminal)
    terminal.send("\u{1A}")
    #expect(terminal.waitForStop())
    terminal.scribble("\u{1B}[2J")
    #expect(terminal.resume())
    #expect(terminal.wait { $0.line(0) == "page 0" && $0.cursor == (4, 3) && $0.isAlternateScreen })
    expectPage0(terminal)
    terminal.resize(rows: 6, columns: 20)
    #expect(terminal.wait { $0.line(2).hasSuffix("wrap") && $0.line(2).count == 20 })
    #expect(columns(terminal, 2, Self.swift) == [16, 17, 18, 19])
    terminal.resize(rows: 6, columns: 30)
    #expect(terminal.wait { $0.line(2).hasSuffix("wrap") && $0.line(2).count == 30 && $0.cursor == (4, 3) })
    expectPage0(terminal)
  }

  @Test(arguments: [
    (["TERM": "linux"], false), (["TERM": "vt220"], false), (["TERM": "screen-256color"], false),
    (["TERM": "xterm-256color", "STY": "1.pts"], false), (["TERM": "screen-256color", "TMUX": "/t,1,0"], true),
    (["FORCE_HYPERLINK": "0"], false), (["TERM": "linux", "FORCE_HYPERLINK": "1"], true),
  ])
  func onlyWhereTheyAreUnderstood(_ environment: [String: String], _ isExpected: Bool) throws {
    let terminal = try probe(environment)
    #expect(terminal.line(1) == "see swift and 漢字 end")
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]8;") == isExpected)
    terminal.send("q")
    #expect(terminal.waitForExit() == 0)
  }
}

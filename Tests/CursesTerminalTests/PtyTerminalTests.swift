import Glibc
import TestSupport
import Testing

/// The terminal that the other tests trust.
@Suite struct PtyTerminalTests {
  @Test func mirrorsTheScreen() throws {
    let terminal = try PtyTerminal("/bin/sh", ["-c", #"printf '\033[1;34mhi\033[0m 漢é'; read x; echo "<$x>"; exit 3"#])
    #expect(terminal.waitForText("hi 漢é"))
    #expect(terminal.cell(row: 0, column: 0).isBold)
    #expect(terminal.cell(row: 0, column: 0).foreground == 4)
    #expect(terminal.cell(row: 0, column: 3).width == 2)
    #expect(terminal.cursor == (0, 6))
    terminal.send("yes\n")
    #expect(terminal.waitForText("<yes>"))
    #expect(terminal.waitForExit() == 3)
    #expect(terminal.settings == terminal.initialSettings)
  }

  @Test func followsModesStopsAndSignals() throws {
    let script = #"""
      printf '\033[?2004h\033[?1049;1004h\033[?25l'; stty -echo; echo ready; kill -TSTP 0; echo back; read x
      """#
    let terminal = try PtyTerminal("/bin/sh", ["-c", script])
    #expect(terminal.waitForText("ready"))
    #expect(terminal.waitForStop())
    #expect(terminal.modes.set == [2004, 1049, 1004])
    #expect(terminal.modes.isCursorHidden && terminal.isAlternateScreen && !terminal.isCursorVisible)
    #expect(terminal.settings != terminal.initialSettings)
    #expect(terminal.resume())
    #expect(terminal.waitForText("back"))
    terminal.signal(SIGKILL)
    #expect(terminal.waitForExit() == 128 + 9)
  }

  @Test func resizesAndHangsUp() throws {
    let script = "trap 'stty size' WINCH; echo ready; while read x; do :; done; exit 5"
    let terminal = try PtyTerminal("/bin/sh", ["-c", script])
    #expect(terminal.waitForText("ready"))
    terminal.resize(rows: 10, columns: 40)
    terminal.send("x\n")
    #expect(terminal.waitForText("10 40"))
    terminal.closeMaster()
    #expect(terminal.waitForExit() != nil)
  }
}

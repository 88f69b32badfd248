import Glibc
import TestSupport
import Testing

/// However the program ends, the terminal is as it was.
@Suite struct RestoringTests {
  private func probe() throws -> PtyTerminal {
    let terminal = try PtyTerminal(binary(named: "TerminalProbe"), environment: ["SWIFT_BACKTRACE": "enable=no"])
    #expect(terminal.waitForText("probe ready"))
    #expect(terminal.settings != terminal.initialSettings)
    #expect(terminal.modes != PrivateModes() && terminal.reportsKeys)
    return terminal
  }

  private func expectRestored(_ terminal: PtyTerminal, _ how: String) {
    #expect(terminal.settings == terminal.initialSettings, "\(how)")
    #expect(terminal.modes == PrivateModes() && !terminal.reportsKeys, "\(how): \(terminal.modes)")
    #expect(!terminal.isAlternateScreen && terminal.isCursorVisible, "\(how)")
  }

  @Test func afterQuitting() throws {
    let terminal = try probe()
    terminal.send("\u{1B}[17~q")
    #expect(terminal.waitForExit() == 0)
    expectRestored(terminal, "quit")
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)])
  func afterSignals(_ signal: Int32, _ code: Int) throws {
    let terminal = try probe()
    terminal.signal(signal)
    #expect(terminal.waitForExit() == code)
    expectRestored(terminal, "signal \(signal)")
  }

  @Test(arguments: [SIGILL, SIGSEGV, SIGTRAP, SIGABRT, SIGBUS, SIGFPE]) func afterCrashes(_ signal: Int32) throws {
    let terminal = try probe()
    terminal.send("\u{1B}[17~")
    #expect(terminal.wait { $0.modes.set.contains(1000) })
    terminal.signal(signal)
    #expect(terminal.waitForExit() == 128 + Int(signal))
    expectRestored(terminal, "crash \(signal)")
  }

  @Test func afterAborting() throws {
    let terminal = try probe()
    terminal.send("\u{1B}[24~")
    #expect(terminal.waitForExit() == 128 + Int(SIGABRT))
    expectRestored(terminal, "abort")
  }

  @Test(arguments: ["key", "signal"]) func whileStopped(_ how: String) throws {
    let terminal = try probe()
    // The mouse is ours again after a stop, and the terminal's meanwhile.
    terminal.send("\u{1B}[17~")
    #expect(terminal.wait { $0.modes.set.contains(1000) })
    let running = terminal.settings
    let modes = terminal.modes
    for round in 1...2 {
      if how == "key" { terminal.send("\u{1A}") } else { terminal.signal(SIGTSTP) }
      #expect(terminal.waitForStop())
      expectRestored(terminal, "stopped by \(how)")
      if round == 2 { terminal.resize(rows: 12, columns: 40) }
      #expect(terminal.resume())
      #expect(terminal.wait { $0.text.split(separator: "\n").filter { $0 == "resumed" }.count == round })
      #expect(terminal.settings == running)
      #expect(terminal.modes == modes)
    }
    #expect(terminal.wait { $0.line(11).hasSuffix("end") }, "\(terminal.text)")
    terminal.send("q")
    #expect(terminal.waitForExit() == 0)
    expectRestored(terminal, "quit after \(how)")
    // The palette is the terminal's own; ncurses would reset it whenever it comes back.
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]104"))
  }

  @Test func aStopBehindItsBackIsRepaired() throws {
    let terminal = try probe()
    terminal.signal(SIGSTOP)
    #expect(terminal.waitForStop())
    #expect(terminal.resume())
    #expect(terminal.waitForText("continued"))
    #expect(terminal.isAlternateScreen)
  }

  @Test func endsWhenTheTerminalGoes() throws {
    let terminal = try probe()
    terminal.closeMaster()
    #expect(terminal.waitForExit() == 129)
  }
}

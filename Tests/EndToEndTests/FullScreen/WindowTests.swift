import TestSupport
import Testing

/// Windows of any size and terminals of any kind.
@Suite(.ownThreads) struct WindowTests {
  /// The rows without the status line, which tells the time.
  private func stable(_ chat: Chat) -> [String] {
    (0..<chat.terminal.rows - 1).map(chat.terminal.line)
  }

  private func steps(_ gates: [FaultServer.Gate]) -> [FaultServer.Step] {
    let text = (1...30).map { "Line \($0) of an answer that is wide enough to be wrapped at 漢字 twenty columns, say. " }
    let pieces = (0..<3).map { FaultServer.Step.say(text[($0 * 10)..<($0 * 10 + 10)].joined()) }
    return [.head(200)] + zip(pieces, gates).flatMap { [$0, .wait($1)] } + [.done, .end]
  }

  @Test func theWindowChangesInMidStream() throws {
    let gates = (0..<3).map { _ in FaultServer.Gate() }
    let server = try FaultServer { [steps = steps(gates)] _ in steps }
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("Line 10 ")
    chat.type("draft")
    chat.hasInput("draft")
    chat.terminal.resize(rows: 5, columns: 20)
    chat.until("20x5 is drawn") { $0.line(3) == "> draft" && $0.line(0).hasPrefix(" aichat-tui") }
    gates[0].open()
    chat.shows("▌")
    chat.terminal.resize(rows: 1, columns: 1)
    chat.until("the cursor is in the only cell") { $0.cursor == (0, 0) }
    chat.terminal.resize(rows: 80, columns: 300)
    chat.until("300x80 is drawn") { $0.line(78) == "> draft" && $0.line(0).hasSuffix("openai · m") }
    gates[1].open()
    chat.shows("Line 30 ")
    for (rows, columns) in [(3, 7), (40, 2), (1, 100), (2, 2), (60, 131), (24, 80)] {
      chat.terminal.resize(rows: rows, columns: columns)
    }
    chat.until("80x24 is drawn") { $0.line(22) == "> draft" && $0.line(0).hasSuffix("openai · m") }
    gates[2].open()
    chat.isAt("ready")
    chat.until("no cursor is left") { !$0.text.contains("▌") }

    // The same without any of this, and the same drawn anew.
    let fresh = try Chat(with: server)
    fresh.ask("Begin")
    fresh.shows("Line 30 ")
    fresh.isAt("ready")
    fresh.type("draft")
    fresh.hasInput("draft")
    fresh.until("no cursor is left") { !$0.text.contains("▌") }
    #expect(stable(chat) == stable(fresh))
    let before = stable(chat)
    chat.type(Press.controlL + "!")
    chat.hasInput("draft!")
    #expect(stable(chat).dropLast() == before.dropLast())
    chat.type(Press.controlC + Press.controlC)
    chat.ends(with: 0)
  }

  @Test func controlLRepairsAScreenThatOthersWroteOn() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server)
    chat.ask("Hi")
    chat.isAt("ready")
    chat.shows("Yes.\n")
    let before = stable(chat)
    // What another program writes to the terminal is echoed to the screen past ncurses.
    chat.terminal.scribble("\u{1B}[2J\u{1B}[5;5Hgarbage")
    chat.until("the garbage shows") { $0.text.contains("garbage") }
    chat.type(Press.controlL)
    chat.until("the screen is whole again") { _ in stable(chat) == before }
  }

  @Test(arguments: ["xterm", "xterm-256color", "linux", "screen", "screen-256color", "tmux-256color", "vt100"])
  func terminalsOfAllKinds(_ type: String) throws {
    let server = try FaultServer { _ in answer("Grüße, 世界.") }
    let chat = try Chat(with: server, environment: ["TERM": type])
    chat.isAt("ready")
    chat.ask("Hi")
    chat.shows("You\nHi\n\nAssistant · m\nGrüße, 世界.\n")
    chat.type(type == "linux" ? "\u{1B}[[B" : Press.f2)
    chat.shows("System prompt", "translator")
    chat.type("tutor" + Press.enter)
    chat.isAt("tutor")
    chat.ask("/exit")
    chat.ends(with: 0)
  }

  @Test(arguments: ["xterm-256color", "linux"]) func noColourWhereNoneIsWanted(_ type: String) throws {
    let server = try FaultServer(
      inTurn: [.response(500, body: #"{"error":{"message":"Broken"}}"#)], answer("Whole."))
    let chat = try Chat(["--retries", "0"], with: server, environment: ["NO_COLOR": "1", "TERM": type])
    chat.ask("Hi")
    chat.shows("Server error (HTTP 500)")
    chat.ask("/retry")
    chat.shows("Whole.\n")
    chat.type(Press.f2)
    chat.shows("translator")
    chat.type(Press.escape)
    chat.until("the menu closes") { !$0.text.contains("translator") }
    chat.type(Press.controlD)
    chat.ends(with: 0)
    #expect(Self.colours(in: chat.terminal.output) == [])
    let coloured = try Chat(["--retries", "0"], with: server)
    coloured.ask("Hi")
    coloured.shows("Whole.\n")
    #expect(Self.colours(in: coloured.terminal.output) != [], "this test sees no colours at all")
  }

  /// The parameters of all `CSI … m` that set a colour; 39 and 49 are the terminal's own.
  private static func colours(in output: [UInt8]) -> Set<Int> {
    var colours: Set<Int> = []
    for sequence in output.split(separator: 0x1B).dropFirst() where sequence.first == UInt8(ascii: "[") {
      let parameters = sequence.dropFirst().prefix { (0x30...0x3B).contains($0) }
      guard sequence.dropFirst(1 + parameters.count).first == UInt8(ascii: "m") else { continue }
      for number in String(decoding: parameters, as: UTF8.self).split(separator: ";").compactMap({ Int($0) }) {
        if (30...38).contains(number) || (40...48).contains(number) || (90...107).contains(number) {
          colours.insert(number)
        }
      }
    }
    return colours
  }
}

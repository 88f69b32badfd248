import ChatModel
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// Selecting, copying and saving, as far as the state goes.
@Suite struct SelectionTests {
  private static let size = Size(columns: 80, rows: 24)

  private func press(_ state: inout AppState, _ names: String...) throws -> [Effect] {
    var effects: [Effect] = []
    for name in names { effects += state.apply(.input(.key(try Screenplay.key(name))), at: .zero) }
    return effects
  }

  private func update(_ state: inout AppState, _ change: SessionUpdate.Change) {
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: change)), at: .zero)
  }

  private func answering(_ text: String) throws -> AppState {
    var state = AppState(size: Self.size, provider: "demo")
    _ = try press(&state, "q", "Enter")
    update(&state, .started(prompt: "q"))
    update(&state, .events([.text(text)]))
    return state
  }

  /// What it costs, counted in parts laid out and rows drawn.
  private func cost(_ state: inout AppState, _ change: (inout AppState) throws -> Void) rethrows -> LayoutWork {
    let before = state.transcript.work
    try change(&state)
    let after = state.transcript.work
    return LayoutWork(parts: after.parts - before.parts, rows: after.rows - before.rows)
  }

  private static let keys = [
    "F5", "Up", "Up", "Down", "Alt-Up", "PgUp", "PgDn", "Home", "Down", "Down", "End", "Up", "Right", "Left", "Esc",
  ]

  @Test func inTenThousandMessagesItCostsWhatIsVisible() throws {
    var state = AppState(size: Self.size, provider: "demo")
    for number in 0..<10_000 {
      state.transcript.add { .user(id: $0, text: "Message \(number)\nand more") }
      state.transcript.add { .answer(id: $0, model: "m") }
      state.transcript.changeLastAnswer {
        $0.add(.text("Answer \(number)\n\n```c\nint a;\n```"))
        $0.stop()
      }
    }
    for key in Self.keys {
      let work = try cost(&state) { _ = try press(&$0, key) }
      #expect(work.parts < 1000 && work.rows <= 48, "\(key): \(work)")
    }
    _ = try press(&state, "F5")
    let nothing = cost(&state) { _ = $0.apply(.tick, at: .zero) }
    #expect(nothing.rows == 0)
  }

  @Test func inAnAnswerOfAMegabyteItCostsWhatIsVisible() throws {
    let fence = "```c\n" + String(repeating: "int value = 12345;\n", count: 20_000) + "```\n\n"
    var state = try answering(
      fence + String(repeating: "A paragraph of words.\n\n", count: 30_000) + "- x\n\n  ```\n  y\n  ```\n")
    // It came at once, and is taken in slices.
    while state.transcript.isBehind { _ = state.apply(.tick, at: .zero) }
    for key in Self.keys {
      let work = try cost(&state) { _ = try press(&$0, key) }
      #expect(work.parts < 2000 && work.rows <= 48, "\(key): \(work)")
    }
    _ = try press(&state, "F5", "Up")
    for piece in ["\n\nmore ", "and more"] {
      let work = cost(&state) { update(&$0, .events([.text(piece)])) }
      #expect(work.parts < 1500 && work.rows <= 2, "\(work)")
    }
    #expect(try press(&state, "y") == [.copy("y")])
    #expect(try press(&state, "Up", "y") == [.copy(String(fence.dropFirst(5).dropLast(6)))])
  }

  /// Whatever is pressed while text comes: no trap, the page stands where no key moved it, what is selected is there.
  @Test func anyKeysAtAnyTime() throws {
    var random = SeededGenerator(state: 7)
    let pieces = [
      "word ", "\n\n", "```c\n", "code();\n", "```\n", "- item\n", "  ```\n  x\n", "> ```\n> q\n", "世界",
      "| a |\n|---|\n", "# ",
    ]
    var state = try answering("Begun\n\n```sh\nls\n```\n")
    _ = try press(&state, "F5")
    for _ in 0..<1500 {
      if Bool.random(using: &random) {
        let before = state.transcript.anchor
        let event: ChatEvent =
          Int.random(in: 0..<20, using: &random) == 0
          ? .reasoning("thought ") : .text(pieces.randomElement(using: &random) ?? "")
        update(&state, .events([event]))
        if state.selection != nil { #expect(state.transcript.anchor == before) }
      } else if let key = (Self.keys + ["Space", "Ctrl-O", "Tab", "F5", "s", "Esc"]).randomElement(using: &random) {
        _ = try press(&state, key)
      }
      if Int.random(in: 0..<40, using: &random) == 0 { state.transcript.toggleRaw() }
      if Int.random(in: 0..<40, using: &random) == 0 {
        let size = Size(columns: .random(in: 1...60, using: &random), rows: .random(in: 1...20, using: &random))
        _ = state.apply(.resized(size), at: .zero)
      }
      if let selected = state.selection?.selected { #expect(state.transcript.text(of: selected) != nil) }
      if state.selection != nil, state.selection?.wantsReveal == false, state.transcript.options.isRaw {
        #expect(state.transcript.lines(of: state.selection!.selected) != nil)
      }
    }
  }

  /// Upwards through everything and down again meets the same things.
  @Test func upAndDownAreEachOthersInverse() throws {
    var state = try answering("a\n\n```c\n1\n```\n\n- ```\n  2\n  ```\n- > ```\n  > 3\n  > ```\n\n```c\n4\n```\n")
    update(&state, .events([.toolCall(ToolCallFragment(index: 0, name: "t", arguments: "{}")), .reasoning("r")]))
    var texts: [[Effect]] = []
    _ = try press(&state, "F5")
    for _ in 0..<7 {
      texts.append(try press(&state, "y"))
      _ = try press(&state, "Up")
    }
    #expect(texts.dropFirst().flatMap { $0 } == ["r", "{}", "4", "3", "2", "1"].map { .copy($0) })
    #expect(try press(&state, "y") == [.copy("q")])
    for text in texts.reversed() {
      _ = try press(&state, "Down")
      #expect(try press(&state, "y") == text)
    }
    for text in texts.dropFirst().reversed() {
      _ = try press(&state, "Right")
      #expect(try press(&state, "y") == text)
    }
  }

  /// What is pasted elsewhere is what was seen; what is saved is what came.
  @Test func whatIsCopiedIsSafe() throws {
    var state = try answering("a\u{1B}[201~b\r\nc\u{202E}d نمی‌شود")
    _ = try press(&state, "F5")
    #expect(try press(&state, "y") == [.copy("a␛[201~b\nc·d نمی‌شود")])
    _ = try press(&state, "s", "f")
    #expect(
      try press(&state, "Enter")
        == [.save(path: "f", text: "a\u{1B}[201~b\r\nc\u{202E}d نمی‌شود\n", overwrites: false)])
    // No second one before the first is answered.
    #expect(try press(&state, "Enter") == [])
  }

  /// Who copies what holds marks is told, in a narrow window too, and how to get what came.
  @Test(arguments: [
    ("a\u{200B}b\u{FEFF}", "2 characters replaced by marks", "them as they came"),
    ("\u{1B}[1m", "1 character replaced by a mark", "it as it came"),
  ]) func marksInACopyAreSaid(_ text: String, _ words: String, _ what: String) throws {
    for columns in [80, 120] {
      var state = try answering(text)
      _ = state.apply(.resized(Size(columns: columns, rows: 24)), at: .zero)
      _ = state.copy("")
      _ = state.apply(.copied(.sent), at: .zero)
      #expect(Screen.render(state).text.contains("\(words); /save has \(what)"))
      _ = try press(&state, "F5", "y")
      _ = state.apply(.copied(.taken(command: "xclip")), at: .zero)
      #expect(Screen.render(state).text.contains("\(words); s saves \(what)"))
    }
  }

  @Test func aCopyWithoutMarksSaysNothingOfThem() throws {
    var state = try answering("a\r\nb\tc é 👩🏽")
    _ = state.copy("")
    _ = state.apply(.copied(.sent), at: .zero)
    #expect(state.hint?.text.contains("mark") == false)
  }

  /// Pieces that were counted are not counted again.
  @Test func linesAreCountedAsTheyCome() {
    var tally = LineTally()
    var text = SelectedText(kind: "", phrase: "", pieces: ["a\nb\n", "c"], gap: 2)
    #expect(tally.lines(of: text) == 5)
    text.pieces = ["a\nb\n", "c\nd\r\n\n"]
    #expect(tally.lines(of: text) == 6)
    text.pieces = ["a"]
    #expect(tally.lines(of: text) == 1)
    text.pieces = ["\n\n"]
    #expect(tally.lines(of: text) == 0)
  }
}

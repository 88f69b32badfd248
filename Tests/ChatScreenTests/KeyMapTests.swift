import TerminalModel
import Testing

@testable import ChatScreen

/// Which key does what, and what choosing others means.
@Suite struct KeyMapTests {
  private func keys(_ changes: (String, [String])...) throws -> KeyMap {
    var keys = KeyMap.standard
    for (name, notations) in changes { try keys.bind(name, to: notations.map { try KeySequence(notation: $0) }) }
    return keys
  }

  private func action(_ key: String, _ focus: Focus = .input, in map: KeyMap = .standard) throws -> Action? {
    map.action(for: try Screenplay.key(key), in: focus)
  }

  private func reason(_ work: () throws -> Void) -> String? {
    #expect(throws: KeyMistake.self, performing: work)?.reason
  }

  @Test func noKeyMeansTwoThings() {
    var seen: Set<String> = []
    for place in KeyMap.standard.bindings.flatMap(\.places) {
      for focus in place.focus {
        #expect(seen.insert("\(focus) \(place.sequence)").inserted, "\(focus) \(place.sequence.label)")
      }
    }
  }

  @Test func namesAreUniqueAndEachActionHasOne() {
    let bindings = KeyMap.standard.bindings
    #expect(Set(bindings.map(\.name)).count == bindings.count)
    #expect(Set(bindings.map(\.action)).count == bindings.count)
    for name in bindings.map(\.name) { #expect(name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(name)") }
  }

  @Test func everyStandardKeyIsWrittenAsItIsRead() throws {
    for sequence in KeyMap.standard.bindings.flatMap(\.sequences) {
      #expect(try KeySequence(notation: sequence.label) == sequence, "\(sequence.label)")
    }
  }

  @Test(arguments: [
    ("ctrl+x", "Ctrl-X"), ("C-x", "Ctrl-X"), ("M-Return", "Alt-Enter"), ("Control-Alt-Delete", "Ctrl-Alt-Del"),
    ("shift-tab", "Shift-Tab"), ("pageup", "PgUp"), ("F12", "F12"), ("Alt--", "Alt--"), ("Alt-+", "Alt-+"), ("-", "-"),
    ("Y", "Y"), ("shift-y", "Y"), ("Ctrl-X  ctrl-e", "Ctrl-X Ctrl-E"), ("space", "Space"), ("Alt-ü", "Alt-Ü"),
  ])
  func notations(_ text: String, _ label: String) throws {
    #expect(try KeySequence(notation: text).label == label)
  }

  @Test(arguments: [
    ("Ctl-X", "has “Ctl-X”, which is no key"), ("F25", "has “F25”, which is no key"), ("", "must name a key"),
    ("Ctrl-", "has “Ctrl-”, which is no key"), ("Ctrl-I", "which a terminal cannot tell from Tab"),
    ("Ctrl-[", "which a terminal cannot tell from Esc"), ("Ctrl-X e\u{7}", "which is no key"),
  ])
  func noKeys(_ text: String, _ words: String) {
    let mistake = #expect(throws: KeyMistake.self) { try KeySequence(notation: text) }
    #expect(mistake?.reason.contains(words) == true, "\(mistake?.reason ?? "")")
  }

  @Test func capitalLettersAreTheSameKeys() {
    let keys = KeyMap.standard
    let wordLeft = Action.editor(.wordLeft)
    #expect(keys.action(for: Key(.character("b"), .alt), in: .input) == wordLeft)
    #expect(keys.action(for: Key(.character("B"), .alt), in: .input) == wordLeft)
    #expect(keys.action(for: Key(.character("B"), [.alt, .shift]), in: .input) == wordLeft)
    #expect(keys.action(for: Key(.character("B")), in: .input) == nil)
  }

  @Test func enterAndNewlineAreSwappedInEitherOrder() throws {
    let send = ("send", ["Alt-Enter"])
    let newline = ("newline", ["Enter"])
    for keys in [try keys(send, newline), try keys(newline, send)] {
      #expect(try action("Enter", in: keys) == .editor(.newline))
      #expect(try action("Alt-Enter", in: keys) == .send)
      #expect(try action("Ctrl-J", in: keys) == nil)
      #expect(try action("Enter", .menu, in: keys) == .choose)
    }
  }

  @Test func aChosenKeyIsTakenFromTheActionThatHadIt() throws {
    let keys = try keys(("redraw", ["Ctrl-O"]))
    #expect(try action("Ctrl-O", in: keys) == .redraw)
    #expect(try action("Ctrl-L", in: keys) == nil)
    #expect(keys.label(of: .toggleReasoning, in: .input) == nil)
    #expect(try action("Space", .selection, in: keys) == .toggleReasoning)
  }

  @Test func aKeyThatIsKeptKeepsItsPlaces() throws {
    let keys = try keys(("line-start", ["Home", "Ctrl-X"]))
    #expect(try action("Home", in: keys) == .editor(.lineStart))
    #expect(try action("Home", .menu, in: keys) == .menu(.first))
    #expect(try action("Ctrl-X", .menu, in: keys) == .editor(.lineStart))
    #expect(try action("Ctrl-A", in: keys) == nil)
  }

  @Test func whatCannotBeBoundIsSaid() throws {
    #expect(reason { _ = try keys(("sendd", ["F9"])) } == "is no action")
    #expect(reason { _ = try keys(("send", ["x"])) }?.hasPrefix("cannot have x, which is typed there") == true)
    #expect(reason { _ = try keys(("send", ["F9"]), ("newline", ["F9"])) } == "cannot have F9: send has it")
    #expect(
      reason { _ = try keys(("send", ["F9 F8"]), ("newline", ["F9"])) } == "cannot have F9: send has it")
    _ = try keys(("copy", ["w"]), ("save", ["F9"]), ("send", ["F9"]))
  }

  @Test func anActionCanBeLeftWithoutKeys() throws {
    let keys = try keys(("mouse", []))
    #expect(keys.label(of: .toggleMouse) == nil)
    #expect(try action("F6", in: keys) == nil)
    #expect(!HelpPage(keys).lines.contains { $0.name == "F6" })
  }

  @Test func keysOneAfterTheOther() throws {
    var state = AppState(
      size: Size(columns: 80, rows: 24), provider: "demo", keys: try keys(("mouse", ["Ctrl-X m"]), ("top", ["F8"])))
    func press(_ name: String) throws -> [Effect] {
      state.apply(.input(.key(try Screenplay.key(name))), at: .zero)
    }
    #expect(try press("Ctrl-X") == [])
    #expect(state.hint?.text == "Ctrl-X …")
    #expect(try press("m") == [.setMouse(true)])
    #expect(try press("m") == [])
    #expect(state.input.text == "m")
    _ = try press("Ctrl-X")
    _ = try press("n")
    #expect(state.hint?.text == "Ctrl-X n does nothing" && state.input.text == "m")
    _ = try press("Ctrl-X")
    _ = try press("Esc")
    #expect(state.hint == nil && state.begunKeys.isEmpty)
    _ = try press("Ctrl-X")
    _ = state.apply(.input(.paste("p")), at: .zero)
    _ = try press("m")
    #expect(state.input.text == "mpm" && state.isMouseOn)
  }

  @Test func everythingThatNamesKeysNamesThoseThatAreBound() throws {
    let changes = [("close", ["F10"]), ("help", ["Alt-H"]), ("choose", ["F9"]), ("reasoning", ["F8"])]
    var map = KeyMap.standard
    for (name, notations) in changes { try map.bind(name, to: notations.map { try KeySequence(notation: $0) }) }
    var state = AppState(size: Size(columns: 80, rows: 24), provider: "demo", keys: map)
    func shows(_ text: String) -> Bool { Screen.render(state).styledText.contains(text) }
    #expect(shows("Alt-H help"))
    _ = state.apply(.input(.key(Key(.function(2)))), at: .zero)
    #expect(shows("F9 switches · F10 leaves") && shows("F10 close"))
    _ = state.apply(.input(.key(Key(.function(10)))), at: .zero)
    _ = state.apply(.input(.key(Key(.character("h"), .alt))), at: .zero)
    #expect(shows("Up/Down scroll · F10 leaves"))
    #expect(HelpPage(map).lines.contains { $0.name == "F8" && $0.meaning == "open or fold the reasoning" })
    #expect(state.transcript.options.reasoningKey == "F8")
  }

  @Test func theMenuOfKeysTellsWhatEachIsCalledInTheConfiguration() throws {
    var state = AppState(size: Size(columns: 80, rows: 24), provider: "demo")
    for key in "/keys new" { _ = state.apply(.input(.key(Key(.character(key)))), at: .zero) }
    _ = state.apply(.input(.key(Key(.enter))), at: .zero)
    let screen = Screen.render(state).styledText
    for text in ["─ Keys ─", "/ new", "  newline  Alt-Enter, Ctrl-J", "\"keys\": { \"newline\":", "Esc leaves"] {
      #expect(screen.contains(text), "\(text)")
    }
    _ = state.apply(.input(.key(Key(.enter))), at: .zero)
    #expect(state.focus == .input)
  }
}

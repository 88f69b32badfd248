import ChatScreen
import TerminalModel
import Testing

@testable import aichat_tui

/// The keys that a configuration file asks for.
struct ConfiguredKeysTests {
  private func keys(_ text: String) throws -> KeyMap { try ConfigurationFile(text: text, path: "c.json").keys }

  @Test func withoutAnyTheStandardOnes() throws { #expect(try keys("{}") == .standard) }

  @Test func oneOrSeveralOrNone() throws {
    let keys = try keys(#"{ keys: { send: "Alt-Enter", newline: ["Enter", "Ctrl-J"], mouse: null, redraw: [] } }"#)
    #expect(keys.action(for: Key(.enter), in: .input) == .editor(.newline))
    #expect(keys.action(for: Key(.enter, .alt), in: .input) == .send)
    #expect(keys.label(of: .toggleMouse) == nil && keys.label(of: .redraw) == nil)
    #expect(keys.chosen == ["send", "newline", "mouse", "redraw"])
  }

  @Test(arguments: [
    ("{ keys: {\n sned: \"F9\" } }", "line 2: keys.sned is no action; did you mean send?"),
    ("{ keys: { send: [\"F9\",\n \"Ctl-x\"] } }", "line 2: keys.send has “Ctl-x”, which is no key"),
    ("{ keys: { send: \"F9\",\n newline: \"F9\" } }", "line 2: keys.newline cannot have F9: send has it"),
    ("{ keys: { send: 9 } }", "keys.send must be a text in quotes or a list of them"),
    ("{ keys: [] }", "keys must be an object"), ("{ keys: { send: \"x\" } }", "keys.send cannot have x"),
  ]) func mistakesAreNamedByTheirLine(_ text: String, _ words: String) {
    let failure = #expect(throws: CommandFailure.self) { try ConfigurationFile(text: text, path: "c.json") }
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
  }

  @Test func theTemplateListsEveryActionWithItsKeys() throws {
    let comment = ConfigurationTemplate.text
    let lines = comment.split(separator: "\n").filter { $0.hasPrefix("  //   \"") }.map { $0.dropFirst(5) }
    let text = "{ keys: {" + lines.map(String.init).joined(separator: "\n") + "} }"
    let read = try keys(text)
    #expect(read.chosen == Set(KeyMap.standard.bindings.map(\.name)))
    for binding in KeyMap.standard.bindings {
      for sequence in binding.sequences {
        for focus in binding.focus where sequence.keys.count == 1 {
          let key = sequence.keys[0]
          #expect(read.action(for: key, in: focus) == KeyMap.standard.action(for: key, in: focus), "\(key.label)")
        }
      }
    }
  }
}

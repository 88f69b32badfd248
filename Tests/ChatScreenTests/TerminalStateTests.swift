import TerminalModel
import Testing

@testable import ChatScreen

/// The mouse and the clipboard, as far as the state goes.
@Suite struct TerminalStateTests {
  private var state = AppState(size: Size(columns: 100, rows: 24), provider: "demo", model: "m")

  private mutating func press(_ name: String) throws -> [Effect] {
    state.apply(.input(.key(try Screenplay.key(name))), at: .zero)
  }

  @Test mutating func theMouseGoesOnAndOff() throws {
    let on = try press("F6")
    #expect(on == [.setMouse(true)])
    #expect(
      Screen.render(state).text.contains(
        "Mouse on: the wheel scrolls; the terminal no longer selects text (Shift selects in most)"))
    for character in "/mouse" { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    let off = try press("Enter")
    #expect(off == [.setMouse(false)])
    #expect(Screen.render(state).text.contains("Mouse off: the terminal selects text"))
  }

  @Test(arguments: [
    (CopyOutcome.sent, "Copied; if not there: /save FILE"), (.taken(command: "wl-copy"), "Copied by wl-copy"),
    (.tooLong(limit: 74_994), "Not copied: terminals take 74994 bytes at most"),
    (.unsupported, "Not copied: this terminal has no clipboard"),
    (
      .failed(command: "xclip", reason: "ended with exit code 1: no display"),
      "Not copied: xclip ended with exit code 1"
    ),
  ])
  mutating func whatBecameOfACopyIsSaid(_ outcome: CopyOutcome, _ words: String) throws {
    let effects = state.apply(.copied(outcome), at: .zero)
    #expect(effects.isEmpty)
    #expect(Screen.render(state).text.contains(words))
    _ = try press("a")
    #expect(!Screen.render(state).text.contains(words))
  }
}

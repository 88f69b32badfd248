import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

/// Themes on the screen, signs that move or stand still, and the width of text.
struct AppearanceTests {
  private static func state(_ appearance: Appearance = Appearance(), columns: Int = 60) -> AppState {
    AppState(size: Size(columns: columns, rows: 14), provider: "demo", appearance: appearance)
  }

  private static func type(_ text: String, into state: inout AppState) {
    for character in text { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    _ = state.apply(.input(.key(Key(.enter))), at: .zero)
  }

  private static func row(_ state: AppState, _ text: String) -> [Cell]? {
    Screen.render(state).rows.first { $0.map(\.text).joined().contains(text) }
  }

  @Test func aThemeIsPutOnByNameAtOnce() throws {
    var state = Self.state()
    _ = state.apply(.notice("# hello"), at: .zero)
    Self.type("hi", into: &state)
    #expect(Self.row(state, "Assistant")?.first?.style == Theme.terminal.assistant)
    Self.type("/theme calm", into: &state)
    #expect(state.theme == .calm && state.overlay == nil && state.hint?.text == "Theme: calm")
    #expect(Self.row(state, "Assistant")?.first?.style == Theme.calm.assistant)
    Self.type("/theme hi", into: &state)
    #expect(state.theme == .highContrast)
  }

  @Test func theMenuOfThemesFiltersAndSwitches() {
    var state = Self.state()
    Self.type("/theme", into: &state)
    #expect(state.focus == .menu)
    #expect(Self.row(state, "• terminal")?.first?.style == Theme.terminal.selected)
    for character in "mon" { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    _ = state.apply(.prompts(PromptList([])), at: .zero)
    _ = state.apply(.input(.key(Key(.enter))), at: .zero)
    #expect(state.theme == .mono && state.overlay == nil)
    Self.type("/theme nonsense", into: &state)
    #expect(Self.row(state, "Nothing matches") != nil)
    _ = state.apply(.input(.key(Key(.escape))), at: .zero)
    #expect(state.theme == .mono && state.overlay == nil)
  }

  @Test func aThemeFitsTheColoursThatThereAre() throws {
    #expect(Theme.calm.fitted(toColors: 256) == .calm)
    var mine = Theme(name: "mine", basedOn: .warm)
    try mine.set("heading", to: "#ff0000")
    var expected = Theme(name: "mine", basedOn: .terminal)
    expected.summary = mine.summary
    try expected.set("heading", to: "#ff0000")
    #expect(mine.fitted(toColors: 8) == expected)
    #expect(Theme.highContrast.fitted(toColors: 16) == .highContrast)
    for theme in [Theme.terminal, .calm, .warm] {
      let fitted = theme.fitted(toColors: 0)
      #expect(Theme.roleNames.allSatisfy { fitted.look(ofRole: $0) == Theme.mono.look(ofRole: $0) })
    }
    var appearance = Appearance()
    appearance.colors = 8
    var state = Self.state(appearance)
    Self.type("/theme calm", into: &state)
    #expect(state.theme.heading == Theme.terminal.heading && state.hint?.text == "Theme: calm, as far as 8 colours go")
    Self.type("/theme", into: &state)
    #expect(Self.row(state, "• calm") != nil)
  }

  /// The sign at the end of the answer at each of the ticks that the state asks for, within so many seconds.
  private static func signs(_ state: inout AppState, seconds: Int) -> [String] {
    var signs: [String] = []
    var now = Duration.zero
    while let next = state.nextTick(at: now), next < .seconds(seconds) {
      now = next
      _ = state.apply(.tick, at: now)
      let rows = Screen.render(state).rows
      signs.append(rows.joined().map(\.text).first { TranscriptView.waitingCursors.contains($0) } ?? "")
    }
    return signs
  }

  @Test func aSignTurnsWhileTheFirstPieceIsWaitedFor() {
    var state = Self.state()
    Self.type("hi", into: &state)
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "hi"))), at: .zero)
    #expect(Self.signs(&state, seconds: 2) == ["▀", "▐", "▄", "▌", "▀", "▐", "▄"])
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .events([.text("Ha")]))), at: .seconds(2))
    #expect(Self.row(state, "Ha▌") != nil)
    var now = Duration.seconds(2)
    while let next = state.nextTick(at: now), next < .seconds(4) {
      now = next
      _ = state.apply(.tick, at: now)
      #expect(Self.row(state, "Ha▌") != nil)
    }
  }

  @Test func withoutAnimationAllIsStillAndSecondsCountSlowly() {
    var state = Self.state(Appearance(isAnimated: false))
    Self.type("hi", into: &state)
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "hi"))), at: .zero)
    #expect(Self.signs(&state, seconds: 4) == ["▌", "▌", "▌"])
    #expect(Self.row(state, "waiting · 3.0 s") != nil)
  }

  @Test func textIsNoWiderThanItIsToBe() {
    let words = Array(repeating: "word", count: 60).joined(separator: " ")
    let answer = "\(words)\n\n> \(words)\n\n```\n\(words)\n```\n"
    func widths(_ textWidth: Int?) -> [Int] {
      var state = Self.state(Appearance(textWidth: textWidth), columns: 160)
      Self.type(words, into: &state)
      _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "hi"))), at: .zero)
      _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .events([.text(answer)]))), at: .zero)
      _ = state.apply(.resized(Size(columns: 160, rows: 40)), at: .zero)
      var widths: [Int] = []
      for row in Screen.render(state).rows.dropLast(4) {
        let text = row.map(\.text).joined()
        if text.contains("word"), let last = row.lastIndex(where: { $0.text != " " }) {
          widths.append(last + 1)
        }
      }
      return widths
    }
    // The two lines of code, and without a limit those of message, paragraph and quote too.
    #expect(widths(100).filter { $0 > 100 }.count == 2 && widths(100).contains(99))
    #expect(widths(nil).filter { $0 > 100 }.count == 8)
  }
}

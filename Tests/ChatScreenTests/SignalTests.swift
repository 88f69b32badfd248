import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

/// What tells a user who looks elsewhere, or waits.
@Suite struct SignalTests {
  private var state = AppState(
    size: Size(columns: 100, rows: 24), provider: "demo", model: "m", bellAfter: .seconds(10))

  private mutating func apply(_ event: AppEvent, at seconds: Int = 0) -> [Effect] {
    state.apply(event, at: .seconds(seconds))
  }

  private mutating func change(_ change: SessionUpdate.Change, at seconds: Int = 0) -> [Effect] {
    apply(.session(SessionUpdate(turn: TurnID(1), change: change)), at: seconds)
  }

  private mutating func ask(_ text: String) {
    for character in text { _ = apply(.input(.key(Key(.character(character))))) }
    _ = apply(.input(.key(Key(.enter))))
    _ = change(.started(prompt: text))
  }

  private func result(_ usage: Usage? = nil) -> TurnResult {
    var result = TurnResult()
    result.status = .complete
    result.content = "Yes."
    result.usage = usage
    return result
  }

  private var status: String { Screen.render(state).text.split(separator: "\n").last.map(String.init) ?? "" }

  @Test(arguments: [(10, false, true), (9, false, false), (60, true, false), (60, nil, false)])
  mutating func theBellRingsAfterALongAnswerThatNobodySees(_ seconds: Int, _ isFocused: Bool?, _ rings: Bool) {
    ask("hi")
    if let isFocused { _ = apply(.input(.focus(isFocused))) }
    let effects = change(.finished(result()), at: seconds)
    #expect(effects.contains(.bell) == rings)
    #expect(state.windowTitle.hasPrefix("● ") == (isFocused == false))
    _ = apply(.input(.focus(true)))
    #expect(!state.windowTitle.hasPrefix("● "))
  }

  @Test mutating func aQueueIsNotRungFor() {
    ask("hi")
    _ = apply(.input(.focus(false)))
    for character in "next" { _ = apply(.input(.key(Key(.character(character))))) }
    _ = apply(.input(.key(Key(.enter))))
    let effects = change(.finished(result()), at: 60)
    #expect(effects == [.send("next")])
  }

  @Test mutating func theTitleTellsWhatGoesOnSafely() {
    #expect(state.windowTitle == "m · aichat-tui")
    ask("What\u{7}\u{1B}]2;x is it?")
    #expect(state.windowTitle.hasPrefix("… What"))
    #expect(state.windowTitle.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    _ = change(.finished(result()))
    #expect(state.windowTitle.hasPrefix("What") && state.windowTitle.hasSuffix("it? · m · aichat-tui"))
  }

  @Test mutating func aSilentServiceIsCountedDown() {
    ask("hi")
    _ = change(.silent(left: .seconds(20)), at: 10)
    _ = apply(.tick, at: 13)
    #expect(status.contains("gives up in 17 s") && status.contains("Alt-+ 30 s more · Esc stop"))
    let effects = apply(.input(.key(Key(.character("+"), .alt))), at: 14)
    #expect(effects == [.extend(.seconds(30))])
    _ = change(.silent(left: .seconds(46)), at: 14)
    _ = apply(.tick, at: 15)
    #expect(status.contains("gives up in 45 s"))
    _ = change(.events([.text("at last")]), at: 16)
    #expect(!status.contains("gives up") && !status.contains("30 s more"))
  }

  @Test mutating func whereNothingIsWaitedForNothingIsExtended() {
    let effects = apply(.input(.key(Key(.character("+"), .alt))))
    #expect(effects == [])
  }

  @Test mutating func whatItCostsAndTakesOfTheContextIsShown() {
    var facts = ServiceFacts(provider: "demo", model: "m")
    facts.context = 1000
    facts.prices = Prices(input: 2, output: 10, currency: "€")
    _ = apply(.adopted(Choices(), facts))
    ask("hi")
    _ = change(.finished(result(Usage(promptTokens: 100_000, completionTokens: 50_000))))
    #expect(status.contains("€0.700") && status.contains("context 999%"))
    #expect(StatusLine.amount(0.00012, "$") == "$0.00012" && StatusLine.amount(12.345, "$") == "$12.35")
    #expect(StatusLine.amount(0, "$") == "$0.00" && StatusLine.amount(0.05, "") == "0.050")
    #expect(StatusLine.share(120, of: 1000) == "context 12%")
  }
}

import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

@Suite struct AppStateTests {
  private var state = AppState(size: Size(columns: 80, rows: 24), provider: "demo", model: "m")

  private mutating func press(_ name: String, at now: Duration = .zero) throws -> [Effect] {
    state.apply(.input(.key(try Screenplay.key(name))), at: now)
  }

  private mutating func type(_ text: String) {
    for character in text { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
  }

  private mutating func update(_ turn: Int, _ change: SessionUpdate.Change, at now: Duration = .zero) -> [Effect] {
    state.apply(.session(SessionUpdate(turn: TurnID(turn), change: change)), at: now)
  }

  private func result(_ content: String, _ status: TurnStatus = .complete) -> TurnResult {
    var result = TurnResult()
    result.content = content
    result.status = status
    return result
  }

  @Test mutating func nothingHappensWithoutAReason() {
    let before = state
    let effects1 = state.apply(.tick, at: .seconds(5))
    #expect(effects1.isEmpty)
    #expect(state == before)
    #expect(state.nextTick(at: .seconds(5)) == nil)
  }

  @Test mutating func updatesOfAnotherTurnAreDropped() throws {
    type("a")
    let effects2 = try press("Enter")
    #expect(effects2 == [.send("a")])
    _ = update(5, .started(prompt: "a"))
    let before = state
    _ = update(4, .events([.text("old")]))
    _ = update(4, .started(prompt: "old"))
    _ = update(6, .finished(result("new")))
    #expect(state == before)
    _ = update(5, .finished(result("answer")))
    #expect(state.transcript.lastAnswer == "answer")
    let after = state
    _ = update(5, .started(prompt: "a"))
    _ = update(5, .events([.text("late")]))
    #expect(state == after)
  }

  @Test mutating func theResultIsRightWherePiecesWereMissed() throws {
    type("a")
    _ = try press("Enter")
    _ = update(1, .started(prompt: "a"))
    _ = update(1, .events([.text("half")]))
    _ = update(1, .finished(result("half and half")))
    #expect(state.transcript.lastAnswer == "half and half")
    #expect(state.leavingText == "half and half")
  }

  @Test mutating func whatIsLeftBehindIsSafe() throws {
    type("a")
    _ = try press("Enter")
    _ = update(1, .started(prompt: "a"))
    _ = update(1, .finished(result("\u{1B}[31mred")))
    #expect(state.leavingText == "␛[31mred")
  }

  @Test mutating func theStatusMovesFourTimesASecond() throws {
    type("a")
    _ = try press("Enter", at: .seconds(1))
    #expect(state.nextTick(at: .seconds(1)) == .milliseconds(1250))
    _ = update(1, .started(prompt: "a"), at: .milliseconds(1100))
    #expect(state.nextTick(at: .milliseconds(1100)) == .milliseconds(1350))
    var screens: [StatusSample] = []
    for millisecond in 1100..<2100 {
      _ = update(1, .events([.text("x")]), at: .milliseconds(millisecond))
      if screens.last != state.status { screens.append(state.status) }
    }
    #expect(screens.count <= 5)
    _ = update(1, .finished(result("x")), at: .seconds(3))
    #expect(state.nextTick(at: .seconds(3)) == nil)
  }

  @Test mutating func knownTokensReplaceTheCount() throws {
    type("a")
    _ = try press("Enter")
    _ = update(1, .started(prompt: "a"))
    _ = update(1, .events([.text("x"), .text("y")]), at: .seconds(1))
    #expect(state.status.tokens == 2)
    #expect(state.status.isEstimate)
    var done = result("xy")
    done.usage = Usage(completionTokens: 40)
    _ = update(1, .finished(done), at: .seconds(3))
    #expect(state.status.tokens == 40)
    #expect(!state.status.isEstimate)
    #expect(state.status.rateTenths == 200)
    #expect(state.status.elapsed == .seconds(3))
  }

  @Test mutating func whatIsSentTooEarlyWaits() throws {
    state = AppState(size: Size(columns: 80, rows: 24), provider: "", isReady: false)
    type("early")
    let effects3 = try press("Enter")
    #expect(effects3.isEmpty)
    #expect(state.queue == ["early"])
    let effects4 = state.apply(.ready(ServiceFacts(provider: "demo", model: "m")), at: .zero)
    #expect(effects4 == [.send("early")])
    #expect(state.queue.isEmpty)
  }

  @Test mutating func whatCannotBeSentStaysInTheInput() throws {
    state = AppState(size: Size(columns: 80, rows: 24), provider: "", isReady: false)
    type("early")
    _ = try press("Enter")
    type("draft")
    let error = ChatError(.config, "No such file: key", remedy: "Set OPENAI_API_KEY")
    let effects = state.apply(.unavailable(error), at: .zero)
    #expect(effects.isEmpty)
    #expect(state.input.text == "early\ndraft")
    let nothing = try press("Enter")
    #expect(nothing.isEmpty)
    #expect(state.input.text == "early\ndraft")
    let screen = Screen.render(state).text
    for words in ["Configuration error", "No such file: key", "Set OPENAI_API_KEY", "Not sent", "failed"] {
      #expect(screen.contains(words))
    }
  }

  @Test mutating func interruptWithinTwoSecondsQuits() throws {
    type("text")
    let effects5 = try press("Ctrl-C", at: .seconds(1))
    #expect(effects5.isEmpty)
    #expect(state.input.isEmpty)
    #expect(state.nextTick(at: .seconds(1)) == .seconds(3))
    let effects6 = try press("Ctrl-C", at: .seconds(3))
    #expect(effects6.isEmpty)
    let effects7 = try press("Ctrl-C", at: .seconds(4))
    #expect(effects7 == [.quit])
    type("x")
    let effects8 = try press("Ctrl-C", at: .seconds(5))
    #expect(effects8.isEmpty)
  }

  @Test mutating func quittingStopsTheAnswer() throws {
    type("a")
    _ = try press("Enter")
    let effects9 = try press("Ctrl-D")
    #expect(effects9 == [.cancel, .quit])
    #expect(Screen.render(state).text.contains("[Stopped]"))
  }

  @Test mutating func newPromptsKeepTheFilter() throws {
    _ = try press("F2")
    type("mine")
    let effects10 = try press("Enter")
    #expect(effects10.isEmpty)
    let mine = SystemPrompt(name: "my own", summary: "mine", text: "You are mine.")
    _ = state.apply(.prompts(PromptList(SystemPrompt.builtIn + [mine])), at: .zero)
    let effects11 = try press("Enter")
    #expect(effects11 == [.setSystemPrompt(mine)])
    #expect(state.systemPrompt == mine)
  }

  @Test(arguments: [
    ("//x", SlashCommand.Parsed?.none), (" /retry", nil), ("hello", nil), ("/retry", .command(.retry, argument: "")),
    ("/prompt  code reviewer ", .command(.prompt, argument: "code reviewer")), ("/quit", .command(.exit, argument: "")),
    ("/exi", .mistake("No /exi. Did you mean /exit? A space before it sends it")),
    ("/hlep", .mistake("No /hlep. Did you mean /help? A space before it sends it")),
    ("/home/user/notes is where they are", nil),
    ("/ hello", .mistake("A slash alone is no command: /help lists them. A space before it sends it")),
    ("/clear all", .mistake("/clear stands alone; a space before it sends it as a message")),
  ])
  func slashCommands(input: String, expected: SlashCommand.Parsed?) {
    #expect(SlashCommand.parse(input) == expected)
  }

  @Test func filtersRankTheNearestFirst() {
    let names = ["code reviewer", "coder", "decoder", "c-o-d", "tutor"]
    func matches(_ filter: String) -> [String] {
      names.compactMap { name in
        MenuFilter.rank(title: name, detail: "for work", filter: filter).map { (name, $0) }
      }.sorted { $0.1 < $1.1 }.map(\.0)
    }
    #expect(matches("COD") == ["code reviewer", "coder", "decoder", "c-o-d"])
    #expect(matches("rev code") == ["code reviewer"])
    #expect(matches("work tut") == ["tutor"])
    #expect(matches("cw") == ["code reviewer"])
    #expect(matches("x").isEmpty)
  }

  @Test func framesComeAtOnceAfterKeysAndFortyTimesASecondOtherwise() {
    var pacer = FramePacer()
    #expect(pacer.nextPaint(at: .seconds(1)) == nil)
    pacer.changed(urgent: false)
    #expect(pacer.nextPaint(at: .seconds(1)) == .seconds(1))
    pacer.painted(at: .seconds(1))
    #expect(pacer.nextPaint(at: .seconds(1)) == nil)
    pacer.changed(urgent: false)
    #expect(pacer.nextPaint(at: .milliseconds(1001)) == .seconds(1) + FramePacer.interval)
    pacer.changed(urgent: true)
    #expect(pacer.nextPaint(at: .milliseconds(1001)) == .milliseconds(1001))
    pacer.painted(at: .milliseconds(1001))
    pacer.changed(urgent: false)
    #expect(pacer.nextPaint(at: .seconds(9)) == .seconds(9))
  }
}

import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

/// Several models and one question: what is asked of the outside, and what the keys do.
@Suite struct ComparisonTests {
  private var state = AppState(
    size: Size(columns: 120, rows: 30), provider: "demo", model: "m", offers: ServicePlay.offers)

  @discardableResult
  private mutating func press(_ name: String, at now: Duration = .zero) throws -> [Effect] {
    state.apply(.input(.key(try Screenplay.key(name))), at: now)
  }

  @discardableResult
  private mutating func enter(_ text: String, at now: Duration = .zero) throws -> [Effect] {
    for character in text { _ = state.apply(.input(.key(Key(.character(character)))), at: now) }
    return try press("Enter", at: now)
  }

  @discardableResult
  private mutating func update(_ number: Int, _ change: SessionUpdate.Change, at now: Duration = .zero) -> [Effect] {
    state.apply(.session(SessionUpdate(turn: TurnID(-number), change: change)), at: now)
  }

  @discardableResult
  private mutating func finish(_ number: Int, _ content: String) -> [Effect] {
    var result = TurnResult()
    result.content = content
    return update(number, .finished(result))
  }

  private func choices(_ provider: String?, _ model: String?) -> Choices {
    var choices = Choices()
    choices.provider = provider
    choices.model = model
    return choices
  }

  @Test mutating func theNextMessageGoesToAllOnce() throws {
    try enter("/compare other work/o3 work")
    let effects = try enter("q")
    #expect(
      effects == [
        .compare(
          "q",
          [
            Contender(turn: TurnID(-1), choices: choices("demo", "other")),
            Contender(turn: TurnID(-2), choices: choices("work", "o3")),
            // A provider alone stands for the model that it takes.
            Contender(turn: TurnID(-3), choices: choices("work", "gpt-4o")),
          ])
      ])
    for number in 1...3 { finish(number, "answer \(number)") }
    #expect(try enter("next") == [.keepCompared(TurnID(-1)), .send("next")])
    #expect(state.transcript.items.map(\.kind) == [.user, .answer, .user, .answer])
  }

  @Test mutating func oneNameIsComparedWithThePresentModel() throws {
    try enter("/compare other")
    guard case .compare(_, let contenders) = try enter("q").first else { return #expect(Bool(false)) }
    // The present one is asked as it is set up.
    #expect(contenders.map(\.choices) == [Choices(), choices("demo", "other")])
  }

  @Test mutating func escapeStopsAllAndNothingArrivesAfterIt() throws {
    try enter("/compare a b")
    try enter("q")
    update(1, .events([.text("one")]))
    #expect(try press("Esc") == [.cancel])
    let stopped = state
    update(1, .events([.text("late")]))
    finish(2, "late")
    #expect(state == stopped)
    // Twice by mistake leaves nothing yet.
    #expect(try press("Esc", at: .milliseconds(300)) == [])
    #expect(try press("Esc", at: .seconds(2)) == [.keepCompared(TurnID(-1))])
    #expect(state.transcript.lastAnswer == "one")
  }

  @Test mutating func theAnswerThatIsFocusedIsKept() throws {
    try enter("/compare a b c")
    try enter("q")
    for number in 1...2 { finish(number, "answer \(number)") }
    try press("Shift-Tab")
    #expect(try press("Enter") == [])
    #expect(state.hint?.text.contains("still comes") == true)
    try press("Shift-Tab")
    // The third would be stopped.
    #expect(try press("Enter") == [])
    #expect(state.hint?.fitted(into: 20) == "Enter again keeps it")
    #expect(state.hint?.text == "The other one still comes: Enter again stops it and keeps this one")
    try press("Tab")
    try press("Shift-Tab")
    #expect(try press("Enter", at: .seconds(1)) == [])
    #expect(try press("Enter", at: .seconds(4)) == [])
    #expect(try press("Enter", at: .seconds(5)) == [.cancel, .keepCompared(TurnID(-2))])
    #expect(state.hint?.text == "Kept: demo/b; /branch has the other one")
    #expect(state.transcript.lastAnswer == "answer 2")
    #expect(state.apply(.kept(TurnID(-2), Alternative(place: 2, count: 2)), at: .zero) == [])
    #expect(state.transcript.items.last?.alternative == Alternative(place: 2, count: 2))
    // Word of an answer that was left long ago changes nothing.
    let before = state
    #expect(state.apply(.kept(TurnID(-2), Alternative(place: 1, count: 9)), at: .zero) == [])
    finish(3, "late")
    #expect(state == before)
  }

  @Test mutating func whatIsTypedMeanwhileFollowsTheAnswerThatIsKept() throws {
    try enter("/compare a b")
    try enter("q")
    #expect(try enter("queued") == [])
    finish(1, "")
    #expect(finish(2, "two") == [])
    #expect(state.queue == ["queued"])
    // Nothing came of the first.
    #expect(try press("Enter") == [])
    try press("Tab")
    #expect(try press("Enter") == [.keepCompared(TurnID(-2)), .send("queued")])
  }

  @Test mutating func aFailureStopsNoOther() throws {
    try enter("/compare a b")
    try enter("q")
    var failed = TurnResult()
    failed.status = .failed
    failed.error = ChatError(.network, "refused")
    update(1, .finished(failed))
    update(2, .events([.text("two")]))
    #expect(state.isTurnRunning)
    #expect(state.comparison?.answers.map(\.status.state) == [.failed, .streaming])
    finish(2, "two")
    #expect(!state.isTurnRunning)
  }

  @Test mutating func quittingKeepsWhatCame() throws {
    try enter("/compare a b")
    try enter("q")
    update(2, .events([.text("\u{1B}two")]))
    #expect(state.leavingText == "␛two")
    #expect(try press("Ctrl-D") == [.cancel, .keepCompared(TurnID(-2)), .quit])
    #expect(state.leavingText == "␛two")
  }

  @Test mutating func otherTalksAreOpenedBehindIt() throws {
    try enter("/compare a b")
    try enter("q")
    #expect(try enter("/clear") == [.cancel, .keepCompared(TurnID(-1)), .clear])
    #expect(state.comparison == nil && state.keptAnswer == nil)
    // What is said of the answer that was kept is not of the new talk.
    #expect(state.hint == nil)
  }

  @Test mutating func theWheelScrollsWhatIsPointedAtAndKeysTheFocused() throws {
    try enter("/compare a b")
    try enter("q")
    let text = (1...90).map { "line \($0)" }.joined(separator: "\n")
    for number in 1...2 { update(number, .events([.text(text)])) }
    func isFollowing() -> [Bool?] { state.comparison?.answers.map { $0.transcript.anchor == .following } ?? [] }
    _ = state.apply(.input(.wheel(-3, at: Position(column: 90, row: 10))), at: .zero)
    #expect(isFollowing() == [true, false])
    try press("PgUp")
    #expect(isFollowing() == [false, false])
    try press("End")
    #expect(isFollowing() == [true, false])
    _ = state.apply(.input(.click(Position(column: 90, row: 10))), at: .zero)
    #expect(state.comparison?.focus == 1)
    try press("Ctrl-End")
    #expect(isFollowing() == [true, true])
  }

  @Test mutating func theNumbersMoveFourTimesASecond() throws {
    try enter("/compare a b")
    try enter("q")
    #expect(state.nextTick(at: .zero) == .milliseconds(250))
    _ = state.apply(.tick, at: .milliseconds(250))
    #expect(state.comparison?.answers.map(\.status.elapsed) == [.milliseconds(250), .milliseconds(250)])
    finish(1, "one")
    finish(2, "two")
    #expect(state.nextTick(at: .seconds(1)) == nil)
  }
}

/// What follows from keeping one of the answers.
@Suite struct KeptAnswerTests {
  private var play = ComparisonPlay()

  @Test mutating func whoGaveTheAnswerAnswersFromThenOn() throws {
    try play.compare("other work/o3")
    let kept = try play.keep(2)
    #expect(kept == [.adopt(play.choices("work", "o3")), .keepCompared(TurnID(-2))])
    #expect(play.state.provider == "work" && play.state.model == "o3")
    #expect(
      play.state.hint?.text == "Kept: work/o3, which answers from now on; /branch has the other one")
    // The head of what is asked next says so at once.
    #expect(try play.enter("/retry") == [.retry(model: nil)])
    #expect(play.state.transcript.items.last?.blocks.contains { $0.content.source.contains("o3") } == true)
  }

  @Test(arguments: ["/retry", "next", "/continue"])
  mutating func whatIsAskedAfterItGoesThere(_ input: String) throws {
    try play.compare("other work/o3")
    try play.press("Tab")
    play.update(2, .events([.text("half")]))
    play.finish(1, "one")
    var broken = TurnResult()
    (broken.status, broken.content) = (.truncated, "half")
    play.update(2, .finished(broken))
    let effects = try play.enter(input)
    #expect(effects.prefix(2) == [.adopt(play.choices("work", "o3")), .keepCompared(TurnID(-2))])
    #expect(effects.count == 3)
    #expect(play.state.hint?.text.hasPrefix("Kept: work/o3, which answers") == true)
  }

  @Test mutating func thePresentModelIsNotChosenAgain() throws {
    try play.compare("work/o3")
    #expect(try play.keep(1) == [.keepCompared(TurnID(-1))])
    #expect(play.state.hint?.text == "Kept: demo/m; /branch has the other one")
  }

  @Test mutating func whatCannotBeSetUpAnswersNothing() throws {
    try play.compare("other work/o3")
    guard case .adopt(let choices)? = try play.keep(2).first else { return #expect(Bool(false)) }
    try play.enter("next")
    let effects = play.state.apply(.notAdopted(choices, ChatError(.config, "no key")), at: .zero)
    #expect(effects == [.cancel])
    #expect(play.state.provider == "demo" && play.state.model == "m" && play.state.service.asked == Choices())
    // What the old one says is not shown under the other's name.
    _ = play.state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "next"))), at: .zero)
    _ = play.state.apply(.session(SessionUpdate(turn: TurnID(1), change: .events([.text("late")]))), at: .zero)
    #expect(play.state.transcript.items.allSatisfy { !$0.text.contains("late") })
  }

  @Test mutating func anotherTalkHasTheServiceThatThereWas() throws {
    try play.compare("other work/o3")
    try play.press("Tab")
    for number in 1...2 { play.finish(number, "answer") }
    #expect(try play.enter("/clear") == [.keepCompared(TurnID(-2)), .clear])
    #expect(play.state.provider == "demo")
  }

  @Test mutating func quittingKeepsTheServiceToo() throws {
    try play.compare("other work/o3")
    try play.press("Tab")
    for number in 1...2 { play.finish(number, "answer") }
    #expect(try play.press("Ctrl-D") == [.adopt(play.choices("work", "o3")), .keepCompared(TurnID(-2)), .quit])
  }

  @Test mutating func whatOnlyLooksKeepsNothing() throws {
    try play.compare("a b")
    play.update(1, .events([.text("so far")]))
    play.finish(2, "Two:\n\n```\ncode\n```")
    try play.press("Tab")
    #expect(try play.enter("/copy code") == [.copy("code")])
    #expect(try play.enter("/save x.md") == [.save(path: "x.md", text: "Two:\n\n```\ncode\n```\n", overwrites: false)])
    try play.press("Tab")
    #expect(try play.enter("/copy") == [.copy("so far")])
    for command in ["/export x.html", "/find two", "/select"] {
      #expect(try play.enter(command) == [])
      #expect(play.state.hint?.text.hasPrefix("Keep one of the answers first") == true, "\(command)")
      #expect(play.state.find == nil && play.state.selection == nil)
    }
    #expect(play.state.comparison?.answers.count == 2)
  }

  @Test mutating func aCallThatWasNotRunSaysSo() throws {
    try play.compare("a b")
    var result = TurnResult()
    result.toolCalls = [
      ToolCall(id: "1", name: "look", arguments: "{}"), ToolCall(id: "2", name: "look", arguments: "{}"),
    ]
    play.update(1, .finished(result))
    let blocks = play.state.comparison?.answers[0].transcript.items[0].blocks ?? []
    #expect(blocks.filter { $0.kind == .mark }.map(\.content.source) == ["[Not run: --allow-tool look runs it]"])
  }
}

/// Names of models, as they are typed.
@Suite struct ModelNameTests {
  private var play = ComparisonPlay()

  @Test(arguments: [
    ("work/ a", "work/ names no model"), ("/x a", "/x names no provider"), ("m2,m3", "/compare m2 m3"),
    ("work work/gpt-4o", "work/gpt-4o is named twice"), ("m", "demo/m is the present model"), ("a b c d e", "not 5"),
  ])
  mutating func aMistakeIsSaid(_ argument: String, _ why: String) throws {
    try play.enter("/compare " + argument)
    #expect(play.state.hint?.text.contains(why) == true, "\(play.state.hint?.text ?? "")")
    #expect(play.state.comparing.isEmpty)
  }

  @Test mutating func aSlashMayBePartOfAModelsName() throws {
    try play.enter("/compare a nowhere/x")
    #expect(play.state.comparing.last?.name == "demo: nowhere/x")
    _ = play.state.apply(.models(.success(["m", "meta/llama"]), of: "demo"), at: .zero)
    try play.enter("/compare m meta/llama")
    #expect(play.state.comparing.last?.name == "demo: meta/llama")
    try play.enter("/compare off")
    try play.enter("/compare m nowhere/x")
    #expect(play.state.comparing.isEmpty)
    #expect(
      play.state.hint?.text == "No provider nowhere, and demo lists no nowhere/x. Providers: demo, work, broken")
  }

  @Test mutating func alonePlainlySaysThePlan() throws {
    try play.enter("/compare a work")
    try play.press("Left")
    try play.enter("/compare")
    #expect(play.state.hint?.text == "The next message goes to demo/a and work/gpt-4o; Esc leaves that")
    // A plan that is made while answers are there is taken back first.
    try play.enter("q")
    for number in 1...2 { play.finish(number, "answer") }
    try play.enter("/compare b c")
    #expect(try play.press("Esc") == [])
    #expect(play.state.comparing.isEmpty && play.state.comparison != nil)
    #expect(try play.press("Esc") == [.keepCompared(TurnID(-1))])
  }

  @Test(arguments: [
    ("/compare wo", "/compare work"), ("/compare a work/g", "/compare a work/gpt-4o "),
    ("/model demo-", "/model demo-eliza"), ("/provider b", "/provider broken"), ("/retry demo-e", "/retry demo-eliza"),
    ("/compare none", "/compare none"), ("/prompt wo", "/prompt wo"),
  ])
  mutating func tabCompletesNames(_ typed: String, _ completed: String) throws {
    for character in typed { _ = play.state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    try play.press("Tab")
    #expect(play.state.input.text == completed)
  }

  @Test mutating func tabAsksForNamesThatAreNotKnown() throws {
    for character in "/model x" { _ = play.state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    #expect(try play.press("Tab") == [.listModels(provider: "demo")])
    #expect(play.state.hint?.text == "demo is asked for its models; Tab completes then")
    #expect(try play.press("Tab") == [])
    _ = play.state.apply(.models(.success(["xenon", "xylo"]), of: "demo"), at: .zero)
    #expect(try play.press("Tab") == [])
    #expect(play.state.hint?.text == "xenon  xylo")
  }
}

/// A chat in which several models are asked.
private struct ComparisonPlay {
  var state = AppState(
    size: Size(columns: 120, rows: 30), provider: "demo", model: "m", offers: ServicePlay.offers)

  @discardableResult
  mutating func press(_ name: String, at now: Duration = .zero) throws -> [Effect] {
    state.apply(.input(.key(try Screenplay.key(name))), at: now)
  }

  @discardableResult
  mutating func enter(_ text: String) throws -> [Effect] {
    for character in text { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    return try press("Enter")
  }

  /// Asks models, each of which is found as it was named.
  mutating func compare(_ models: String) throws {
    try enter("/compare " + models)
    let asked = state.comparing
    try enter("q")
    for (place, model) in asked.enumerated() {
      let facts = ServiceFacts(provider: model.provider, model: model.model)
      _ = state.apply(.answers(TurnID(-1 - place), facts), at: .zero)
    }
  }

  /// Ends all of two, and keeps one.
  mutating func keep(_ number: Int) throws -> [Effect] {
    for number in 1...2 { finish(number, "answer \(number)") }
    for _ in 1..<number { try press("Tab") }
    return try press("Enter")
  }

  mutating func update(_ number: Int, _ change: SessionUpdate.Change) {
    _ = state.apply(.session(SessionUpdate(turn: TurnID(-number), change: change)), at: .zero)
  }

  mutating func finish(_ number: Int, _ content: String) {
    var result = TurnResult()
    result.content = content
    update(number, .finished(result))
  }

  func choices(_ provider: String, _ model: String?) -> Choices {
    var choices = Choices()
    choices.provider = provider
    choices.model = model
    return choices
  }
}

/// Where several answers stand.
@Suite struct ComparisonLayoutTests {
  private func layout(_ columns: Int, _ rows: Int, _ count: Int, focus: Int = 0) -> ComparisonLayout {
    ComparisonLayout(rows: 1..<1 + rows, columns: columns, count: count, focus: focus)
  }

  @Test func columnsOfFortyStandSideBySide() {
    let areas = layout(80, 20, 2).areas
    // A blank on both sides of the line.
    #expect(areas.map { $0?.columns } == [0..<38, 41..<80] && layout(80, 20, 2).lines == [39])
    #expect(areas.allSatisfy { $0?.header == 2..<4 && $0?.text == 4..<21 })
    #expect(layout(79, 20, 2).areas.map { $0?.columns } == [0..<79, 0..<79])
    #expect(layout(159, 20, 4).lines == [] && layout(160, 20, 4).lines.count == 3)
  }

  @Test func narrowWindowsShareTheirRows() {
    // The one that is read has the most.
    #expect(layout(60, 20, 2).areas.map { $0?.text } == [3..<15, 16..<21])
    #expect(layout(60, 20, 2, focus: 1).areas.map { $0?.text } == [3..<8, 9..<21])
    #expect(layout(60, 9, 2).areas.map { $0?.text.count } == [3, 3])
    // Headers stay where there is no room for the texts of all.
    #expect(layout(60, 8, 3, focus: 1).areas.map { $0?.text.count } == [0, 5, 0])
    #expect(layout(60, 8, 3, focus: 1).areas.map { $0?.header } == [1..<2, 2..<3, 8..<9])
    #expect(layout(60, 2, 3, focus: 2).areas == [nil, nil, .init(columns: 0..<60, header: 1..<2, text: 2..<3)])
    #expect(layout(60, 1, 2, focus: 1).areas == [nil, .init(columns: 0..<60, header: 1..<1, text: 1..<2)])
    #expect(layout(60, 0, 2).areas.allSatisfy { $0 == nil })
  }

  @Test func noTwoShareACell() {
    for count in Comparison.models {
      for columns in stride(from: 1, to: 200, by: 7) {
        for rows in 0..<30 {
          let layout = layout(columns, rows, count, focus: count - 1)
          for row in 1..<1 + max(0, rows) {
            for column in 0..<columns {
              let owners = layout.areas.count { $0?.contains(Position(column: column, row: row)) ?? false }
              if owners > 1 { Issue.record("\(count) in \(columns)x\(rows) share \(column),\(row)") }
            }
          }
        }
      }
    }
  }
}

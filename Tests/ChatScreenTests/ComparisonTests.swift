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
            Contender(turn: TurnID(-3), choices: choices("work", nil)),
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
    // The third is stopped.
    #expect(try press("Enter") == [.cancel, .keepCompared(TurnID(-2))])
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

/// Where several answers stand.
@Suite struct ComparisonLayoutTests {
  private func layout(_ columns: Int, _ rows: Int, _ count: Int, focus: Int = 0) -> ComparisonLayout {
    ComparisonLayout(rows: 1..<1 + rows, columns: columns, count: count, focus: focus)
  }

  @Test func columnsOfFortyStandSideBySide() {
    let areas = layout(80, 20, 2).areas
    #expect(areas.map { $0?.columns } == [0..<39, 40..<80] && layout(80, 20, 2).lines == [39])
    #expect(areas.allSatisfy { $0?.header == 2..<4 && $0?.text == 4..<21 })
    #expect(layout(79, 20, 2).areas.map { $0?.columns } == [0..<79, 0..<79])
    #expect(layout(159, 20, 4).lines == [] && layout(160, 20, 4).lines.count == 3)
  }

  @Test func narrowWindowsShareTheirRows() {
    #expect(layout(60, 20, 2).areas.map { $0?.text } == [3..<11, 12..<21])
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

import ChatModel
import Testing

/// The ways through a conversation's tree.
@Suite struct ConversationWaysTests {
  private func message(_ id: String, after parent: String?, _ role: Role, at time: Int = 0) -> SavedMessage {
    SavedMessage(
      id: MessageID(id), parent: parent.map { MessageID($0) }, role: role, content: id,
      created: Timestamp(milliseconds: time), answer: role == .assistant ? SavedAnswer(model: "m-\(id)") : nil)
  }

  /// s, q1, then two answers; under the first two questions, of which one follows a prompt that was switched to.
  private func talk(head: String?) -> SavedConversation {
    SavedConversation(
      id: ConversationID("c"), created: Timestamp(milliseconds: 0), head: head.map { MessageID($0) },
      messages: [
        message("s", after: nil, .system), message("q1", after: "s", .user), message("a1", after: "q1", .assistant),
        message("a2", after: "q1", .assistant, at: 9), message("q2", after: "a1", .user),
        message("b2", after: "q2", .assistant, at: 5), message("s2", after: "a1", .system),
        message("q3", after: "s2", .user), message("b3", after: "q3", .assistant, at: 7),
      ])
  }

  @Test func eachEndIsAWay() {
    let ways = talk(head: "b3").ways
    #expect(ways.map(\.end?.text) == ["a2", "b3", "b2"])
    #expect(ways.map(\.isCurrent) == [false, true, false])
    #expect(ways.map { $0.own.map(\.id.text) } == [["a2"], ["q3", "b3"], ["q2", "b2"]])
    #expect(ways.map(\.follows?.id.text) == ["q1", "a1", "a1"])
    #expect(ways.map(\.turns) == [1, 2, 2] && ways.map(\.sharedTurns) == [1, 1, 1])
    #expect(ways.map(\.model) == ["m-a2", "m-b3", "m-b2"])
  }

  @Test func wherePathEndsBeforeOthersIsAWayToo() {
    let ways = talk(head: "q1").ways
    #expect(ways.map(\.end?.text) == ["a2", "b3", "b2", "q1"])
    #expect(ways.last?.isCurrent == true && ways.last?.own.map(\.id.text) == ["q1"])
    #expect(talk(head: "q1").continuations == 2 && talk(head: "b3").continuations == 0)
    let beginning = talk(head: "s")
    #expect(beginning.ways.last?.isCurrent == true && beginning.ways.last?.own == [])
    #expect(beginning.ways.last?.end?.text == "s" && beginning.continuations == 1)
  }

  @Test func messagesInTheSamePlaceAreAlternatives() {
    let alternatives = talk(head: "b3").alternatives
    #expect(alternatives[MessageID("a2")] == Alternative(place: 2, count: 2))
    // A system prompt in between does not make the place another.
    #expect(alternatives[MessageID("q3")] == Alternative(place: 2, count: 2))
    #expect(alternatives[MessageID("q1")] == nil && alternatives[MessageID("b2")] == nil)
  }

  @Test func aTalkWithoutBranchesIsOneWay() {
    var talk = talk(head: "b2")
    talk.messages.removeAll { ["a2", "s2", "q3", "b3"].contains($0.id.text) }
    #expect(talk.ways.count == 1 && talk.ways.first?.own.map(\.id.text) == ["q1", "a1", "q2", "b2"])
    talk.messages = []
    #expect(talk.ways == [] && talk.alternatives == [:])
  }

  @Test func whatIsTakenBackTakesItsSummaryAlong() {
    func turn(_ number: Int) -> Turn { Turn(id: TurnID(number), prompt: "\(number)", result: TurnResult()) }
    var talk = Conversation(
      turns: [turn(1), turn(2), turn(4)], threadID: "t",
      summary: ConversationSummary(text: "Sums", through: TurnID(1), writtenIn: TurnID(3)))
    talk.takeBack(1)
    #expect(talk.turns.map(\.id.number) == [1, 2] && talk.threadID == nil && talk.summary?.text == "Sums")
    talk.takeBack(2)
    #expect(talk.turns.isEmpty && talk.summary == nil)
  }

  @Test func thePartsOfAnAnswerAddUp() {
    var first = TurnResult()
    first.usage = Usage(promptTokens: 10, completionTokens: 4)
    first.timing = TurnTiming(firstChunk: .seconds(1), total: .seconds(5))
    first.status = .truncated
    var second = TurnResult()
    second.usage = Usage(promptTokens: 16, completionTokens: .max, totalTokens: 20)
    second.timing = TurnTiming(firstChunk: .seconds(2), total: .seconds(3))
    let whole = first.joined(with: second)
    #expect(whole.usage == Usage(promptTokens: 26, completionTokens: 4, totalTokens: 20))
    #expect(whole.timing == TurnTiming(firstChunk: .seconds(1), total: .seconds(8)) && whole.status == .complete)
    second.usage = nil
    #expect(first.joined(with: second).usage == first.usage)
  }
}

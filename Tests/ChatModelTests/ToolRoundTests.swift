import ChatModel
import Testing

/// Turns in which tools were run: what requests say of them, and what is saved.
struct ToolRoundTests {
  private let calls = [
    ToolCall(id: "c1", name: "a", arguments: "{}"), ToolCall(id: nil, name: "b", arguments: "{\"x\":1}"),
  ]

  private func part(_ content: String, _ calls: [ToolCall] = [], reasoning: String? = nil) -> TurnResult {
    var part = TurnResult()
    part.content = content
    part.chunks = content.isEmpty ? [] : [content]
    part.reasoning = reasoning
    part.toolCalls = calls
    return part
  }

  /// Said, called, said and called again, said.
  private var whole: TurnResult {
    let first = part("Let me see. ", calls, reasoning: "Hm. ").answered(with: ["one", "two"])
    let more = [ToolCall(id: "c3", name: "a", arguments: "")]
    let second = first.followed(by: part("", more)).answered(with: ["three"])
    return second.followed(by: part("So it is.", reasoning: "Aha."))
  }

  @Test func aResultHasAllOfItsParts() {
    #expect(whole.content == "Let me see. So it is." && whole.reasoning == "Hm. Aha.")
    #expect(whole.chunkCount == 2 && whole.toolCalls.count == 3 && whole.rounds.count == 2)
    #expect(whole.lastPart.content == "So it is." && whole.lastPart.reasoning == "Aha.")
    #expect(whole.lastPart.toolCalls.isEmpty && !whole.isUnfinished)
  }

  private func expectMessages(_ conversation: Conversation) {
    let messages = conversation.messages.dropFirst()
    #expect(messages.map(\.role) == [.user, .assistant, .tool, .tool, .assistant, .tool, .assistant])
    #expect(messages.map(\.content) == ["Why?", "Let me see. ", "one", "two", "", "three", "So it is."])
    #expect(messages.map(\.toolCallID) == [nil, nil, "c1", "call_1", nil, "c3", nil])
    #expect(messages.map { $0.toolCalls.map(\.id) } == [[], ["c1", "call_1"], [], [], ["c3"], [], []])
  }

  @Test func laterRequestsTellOfTheTools() {
    expectMessages(Conversation(turns: [Turn(id: TurnID(1), prompt: "Why?", result: whole)]))
  }

  @Test func callsThatWereNotRunGoAlong() {
    var called = part("Let me see.", calls + [ToolCall(id: "c9", name: nil, arguments: "")])
    called.status = .complete
    let turns = [
      Turn(id: TurnID(1), prompt: "Why?", result: called),
      Turn(id: TurnID(2), prompt: "And?", result: part("", [calls[0]])), Turn(id: TurnID(3), prompt: "So?"),
    ]
    let messages = Conversation(turns: turns).messages.dropFirst()
    #expect(messages.map(\.role) == [.user, .assistant, .tool, .tool, .user, .assistant, .tool, .user])
    #expect(messages.filter { $0.role == .tool }.map(\.content) == ["[Not run]", "[Not run]", "[Not run]"])
    #expect(messages.map(\.toolCallID) == [nil, nil, "c1", "call_1", nil, nil, "c1", nil])
    // One that was cut short is none.
    called.finishReason = "length"
    called.content = ""
    #expect(Conversation(turns: [Turn(id: TurnID(1), prompt: "Why?", result: called)]).messages.count == 1)
  }

  @Test func whatIsStoredBeforeACallThatWasNotRunIsNotContinued() {
    var stored = part("Because.")
    (stored.status, stored.finishReason, stored.responseID) = (.complete, "stop", "r1")
    var turns = [Turn(id: TurnID(1), prompt: "Why?", result: stored)]
    #expect(Conversation(turns: turns).storedResponse?.id == "r1")
    turns.append(Turn(id: TurnID(2), prompt: "And?", result: part("", [calls[0]])))
    #expect(Conversation(turns: turns).storedResponse == nil)
  }

  @Test func savedTheyAreMessagesOfTheirOwn() {
    var random = SystemRandomNumberGenerator()
    let time = Timestamp(milliseconds: 1_700_000_000_000)
    let conversation = Conversation(turns: [Turn(id: TurnID(1), prompt: "Why?", result: whole)])
    let saved = SavedConversation(
      conversation, id: ConversationID(at: time), provider: "p", created: time, random: &random)
    #expect(saved.path.map(\.role) == [.system, .user, .assistant, .tool, .tool, .assistant, .tool, .assistant])
    let back = saved.conversation(for: "p")
    expectMessages(back)
    #expect(back.turns[0].result?.content == whole.content && back.turns[0].result?.toolCalls == whole.toolCalls)
    #expect(back.turns[0].result?.reasoning == whole.reasoning && back.turns[0].result?.rounds == whole.rounds)
  }

  @Test func whatIsCarriedOnKeepsItsTools() {
    var broken = whole
    broken.status = .truncated
    #expect(broken.isUnfinished)
    let running = Conversation(turns: [Turn(id: TurnID(2), prompt: "Why?", beginning: broken)])
    #expect(running.messages.last?.content == Turn.carryOnInstruction)
    #expect(running.messages.count == 9)
    let joined = broken.joined(with: part(" Indeed."))
    #expect(joined.lastPart.content == "So it is. Indeed." && joined.rounds == broken.rounds)
    // It goes on, and calls again: what was said before the break belongs to that part.
    let again = broken.joined(with: part(" Indeed. ", calls).answered(with: ["x", "y"]).followed(by: part("End.")))
    #expect(again.rounds.map(\.content) == ["Let me see. ", "", "So it is. Indeed. "])
    #expect(again.lastPart.content == "End." && again.content == "Let me see. So it is. Indeed. End.")
  }

  @Test func aTurnThatEndedBeforeTheModelSpokeAgainGoesOnFromTheTools() {
    var stopped = part("Let me see. ", calls).answered(with: ["one", "two"]).followed(by: part(""))
    stopped.status = .cancelled
    let running = Conversation(turns: [Turn(id: TurnID(2), prompt: "Why?", beginning: stopped)])
    #expect(running.messages.last?.role == .tool)
  }
}

import ChatModel
import FoundationEssentials
import Testing

@Suite struct SavedConversationTests {
  private let now = Timestamp(milliseconds: 1_763_722_341_123)

  private func message(
    _ id: String, after parent: String?, _ role: Role, _ content: String, _ answer: SavedAnswer? = nil
  ) -> SavedMessage {
    SavedMessage(
      id: MessageID(id), parent: parent.map { MessageID($0) }, role: role, content: content, created: now,
      answer: answer)
  }

  /// A question with two answers, of which the second is shown, and a question after it.
  private var branched: SavedConversation {
    SavedConversation(
      id: ConversationID("c"), title: "t", created: now, head: MessageID("q2"),
      messages: [
        message("s", after: nil, .system, "Be brief."), message("q1", after: "s", .user, "one"),
        message("a1", after: "q1", .assistant, "1", SavedAnswer(provider: "openai", status: .complete)),
        message("a2", after: "q1", .assistant, "2", SavedAnswer(provider: "openai")),
        message("q2", after: "a2", .user, "two"),
      ])
  }

  private func result(_ content: String, _ status: TurnStatus = .complete) -> TurnResult {
    var accumulator = TurnAccumulator()
    accumulator.add(.text(content))
    accumulator.add(.reasoning("hm"))
    accumulator.add(.model("gpt-4o"))
    accumulator.add(.finishReason("stop"))
    accumulator.add(.usage(Usage(promptTokens: 1, completionTokens: 2)))
    accumulator.add(.toolCall(ToolCallFragment(index: 0, id: "call_1", name: "f", arguments: "{\"a\": \u{7} }")))
    accumulator.add(.reference(.response("r")))
    accumulator.end(
      as: status, error: status == .complete ? nil : ChatError(.server, "down", status: 500, retryAfter: 1.5))
    var result = accumulator.result
    result.timing = TurnTiming(firstChunk: .milliseconds(210), total: .milliseconds(1840))
    return result
  }

  @Test func thePathLeavesOutOtherBranches() {
    #expect(branched.path.map(\.id.text) == ["s", "q1", "a2", "q2"])
    var torn = branched
    torn.messages.removeAll { $0.id.text == "q1" }
    #expect(torn.path.map(\.id.text) == ["a2", "q2"])
    var ring = branched
    ring.messages[0].parent = MessageID("q2")
    #expect(ring.path.map(\.id.text) == ["s", "q1", "a2", "q2"])
  }

  @Test func whatBrokeOffCountsAsStopped() {
    let conversation = branched.conversation()
    #expect(conversation.systemPrompt.text == "Be brief.")
    #expect(conversation.turns.map(\.id.number) == [1, 2])
    #expect(conversation.turns.map(\.prompt) == ["one", "two"])
    #expect(conversation.turns.map(\.result?.status) == [.cancelled, .cancelled])
    #expect(conversation.turns[0].result?.content == "2")
    // The question that nothing came to is left out of requests.
    #expect(conversation.messages.count == 3)
  }

  @Test func answersInARowAreOne() {
    var calling = SavedAnswer(provider: "x", status: .complete)
    calling.toolCalls = [ToolCall(id: "1", name: "f", arguments: "{}")]
    let saved = SavedConversation(
      id: ConversationID("c"), created: now, head: MessageID("4"),
      messages: [
        message("1", after: nil, .assistant, "Hello."), message("2", after: "1", .assistant, "", calling),
        message("3", after: "2", .tool, "sunny"),
        message("4", after: "3", .assistant, "Sun.", SavedAnswer(provider: "x", status: .complete)),
      ])
    let turns = saved.conversation().turns
    #expect(turns.count == 1)
    #expect(turns[0].result?.content == "Hello.Sun.")
    #expect(turns[0].result?.toolCalls == calling.toolCalls)
    // Requests tell of the tool as it was.
    #expect(
      saved.conversation().messages == [
        Message(role: .system, content: SystemPrompt.helpful.text),
        Message(role: .assistant, content: "Hello.", toolCalls: calling.toolCalls),
        Message(role: .tool, content: "sunny", toolCallID: "1"), Message(role: .assistant, content: "Sun."),
      ])
    #expect(!saved.conversation().isPromptChosen)
  }

  @Test func aSessionsConversationComesBackAsItWas() {
    var conversation = Conversation(
      systemPrompt: SystemPrompt(name: "p", text: "Be brief."),
      turns: [
        Turn(id: TurnID(1), prompt: "one", result: result("1")),
        Turn(id: TurnID(2), prompt: "two", result: result("2…", .failed)),
        Turn(id: TurnID(3), prompt: "three", result: result("3")),
      ], threadID: nil, summary: ConversationSummary(text: "one", through: TurnID(1), writtenIn: TurnID(2)))
    var random = SystemRandomNumberGenerator()
    func saved() -> SavedConversation {
      SavedConversation(
        conversation, id: ConversationID(at: now), provider: "openai", created: now, random: &random)
    }
    #expect(saved().conversation(for: "openai") == conversation)
    #expect(saved().conversation() == conversation)
    #expect(saved().title == "one")
    #expect(saved().messages.count == 7)
    // A prompt that nobody chose stays one.
    conversation.systemPrompt = .helpful
    conversation.isPromptChosen = false
    #expect(saved().conversation().isPromptChosen == false)
  }

  @Test func whatAnotherServiceKeepsIsNotContinued() {
    let conversation = Conversation(
      turns: [Turn(id: TurnID(1), prompt: "one", result: result("1"))], threadID: nil)
    var random = SystemRandomNumberGenerator()
    var saved = SavedConversation(
      conversation, id: ConversationID("c"), provider: "openai", created: now, random: &random)
    saved.threadID = "thread"
    saved.messages[2].answer?.threadID = "thread"
    #expect(saved.conversation(for: "openai").threadID == "thread")
    #expect(saved.conversation(for: "ollama").threadID == nil)
    #expect(saved.conversation(for: "ollama").turns[0].result?.responseID == nil)
  }

  @Test func aSummaryOfABranchThatWasLeftIsNotTakenUp() {
    var saved = branched
    saved.summary = .init(text: "s", through: MessageID("a1"), writtenAfter: MessageID("q2"))
    #expect(saved.conversation().summary == nil)
    saved.summary = .init(text: "s", through: MessageID("q1"), writtenAfter: MessageID("a1"))
    #expect(saved.conversation().summary == ConversationSummary(text: "s", through: TurnID(1), writtenIn: TurnID(2)))
  }

  @Test func jsonAndBack() throws {
    var saved = branched
    saved.messages[2].answer = SavedAnswer(
      result("x", .failed), provider: "p",
      parameters: Parameters(temperature: 0.1, topP: 0.9, maxTokens: 5, seed: 1, reasoningEffort: "low"))
    saved.summary = .init(text: "s", through: MessageID("q1"), writtenAfter: MessageID("q1"))
    saved.messages[0].isChosen = false
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(saved)
    #expect(try JSONDecoder().decode(SavedConversation.self, from: data) == saved)
    let text = String(decoding: data, as: UTF8.self)
    for key in [
      "title_chosen", "first_chunk_ms", "tool_calls", "retry_after", "top_p", "written_after", "\"chosen\":false",
    ] {
      #expect(text.contains(key), "\(key)")
    }
    #expect(text.contains(#""created":"2025-11-21T10:52:21.123Z""#))
    #expect(!text.contains("null"))
  }

  @Test(
    arguments: [
      ("hello", "hello"), ("\n \t\n  two   words \nmore", "two words"), ("", ""), ("\r\n", ""),
      (String(repeating: "x", count: 60), String(repeating: "x", count: 60)),
      (String(repeating: "ö", count: 100_000), String(repeating: "ö", count: 59) + "…"),
    ])
  func titles(_ question: String, _ title: String) {
    #expect(SavedConversation.title(from: question) == title)
  }

  @Test func namesSortByTimeAndDiffer() {
    let early = ConversationID(at: now)
    let late = ConversationID(at: Timestamp(milliseconds: now.milliseconds + 1))
    #expect(early < late)
    #expect(early.text.count == 26)
    #expect(ConversationID(at: now) != early)
    #expect(early.text.hasPrefix(MessageID(at: now).text.prefix(10)))
  }
}

import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

/// Tools run on a word that was meant for them.
@Suite struct ToolQuestionTests {
  private var state = AppState(size: Size(columns: 80, rows: 24), provider: "demo", model: "m")
  private let question = ToolQuestion(id: 7, name: "rm", command: ["rm", "-rf", "a b"], arguments: "{}")

  private mutating func press(_ name: String, at now: Duration) throws -> [Effect] {
    state.apply(.input(.key(try Screenplay.key(name))), at: now)
  }

  private mutating func begin() throws {
    for key in ["h", "i", "Enter"] { _ = try press(key, at: .zero) }
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "hi"))), at: .zero)
    let effects = state.apply(.toolAsked(question), at: .seconds(1))
    #expect(effects == [])
  }

  @Test(arguments: [("y", ToolQuestion.Decision.once), ("a", .always), ("n", .never)])
  mutating func aLetterDecides(_ key: String, _ decision: ToolQuestion.Decision) throws {
    try begin()
    #expect(Screen.render(state).text.contains("$ rm -rf 'a b'  ← {}"))
    #expect(Screen.render(state).text.contains("Run rm?"))
    let effects = try press(key, at: .seconds(2))
    #expect(effects == [.answerTool(7, decision)])
    let again = try press(key, at: .seconds(2))
    #expect(again == [], "it is asked once")
  }

  @Test mutating func whoIsTypingSaysNothing() throws {
    try begin()
    // Each letter puts the moment off from which one counts.
    for (index, letter) in ["a", "n", "y"].enumerated() {
      let effects = try press(letter, at: .seconds(1) + .milliseconds(500 * (index + 1)))
      #expect(effects == [])
    }
    #expect(state.input.text == "any")
    let effects = try press("y", at: .seconds(4))
    #expect(effects == [.answerTool(7, .once)])
    #expect(state.input.text == "any")
  }

  @Test(arguments: ["x", "Enter", "Backspace"]) mutating func otherKeysDecideNothing(_ key: String) throws {
    try begin()
    let effects = try press(key, at: .seconds(2))
    #expect(effects == [] && state.toolQuestion != nil && state.queue == [])
  }

  @Test mutating func escapeEndsTheTurn() throws {
    try begin()
    let effects = try press("Esc", at: .seconds(2))
    #expect(effects == [.cancel] && state.toolQuestion == nil)
    // One that comes after all is answered with no.
    let late = state.apply(.toolAsked(question), at: .seconds(2))
    #expect(late == [.answerTool(7, .never)])
  }

  @Test mutating func aChatThatIsTakenUpHasItAllInOneAnswer() {
    func message(_ id: String, _ role: Role, _ text: String, _ calls: [ToolCall] = []) -> SavedMessage {
      var answer = SavedAnswer(model: "m", status: .complete)
      answer.toolCalls = calls
      return SavedMessage(
        id: MessageID(id), parent: id == "1" ? nil : MessageID("\((Int(id) ?? 0) - 1)"), role: role, content: text,
        toolCallID: role == .tool ? "c" : nil, created: Timestamp(milliseconds: 0),
        answer: role == .assistant ? answer : nil)
    }
    let saved = SavedConversation(
      id: ConversationID("x"), created: Timestamp(milliseconds: 0), head: MessageID("5"),
      messages: [
        message("1", .user, "Why?"),
        message("2", .assistant, "Wait.", [ToolCall(id: "c", name: "look", arguments: "{}")]),
        message("3", .tool, "rain"), message("4", .assistant, "So."), message("5", .user, "And?"),
      ])
    let talk = OpenedTalk(saved, isKept: true)
    #expect(talk.items.count == 3 && talk.places[MessageID("4")] == 1 && talk.places[MessageID("5")] == 2)
    _ = state.apply(.history(.opened(talk)), at: .zero)
    let shown = """
      Assistant · m
      Wait.
      → look
        {}
      ▸ Answer of the tool · 1 word · Ctrl-O opens
      So.

      You
      And?
      """
    #expect(Screen.render(state).text.contains(shown), "\(Screen.render(state).text)")
  }
}

import ChatModel
import Testing

@Suite struct ConversationTests {
  private func answered(_ number: Int, _ prompt: String, _ answer: String, _ status: TurnStatus) -> Turn {
    var accumulator = TurnAccumulator()
    if !answer.isEmpty { accumulator.add(.text(answer)) }
    accumulator.end(as: status)
    return Turn(id: TurnID(number), prompt: prompt, result: accumulator.result)
  }

  @Test func partialAnswersStayInTheTalkAndUnansweredQuestionsDoNot() {
    let conversation = Conversation(
      systemPrompt: SystemPrompt(name: "p", text: "Be brief."),
      turns: [
        answered(1, "one", "1", .complete), answered(2, "two", "", .failed), answered(3, "three", "3…", .cancelled),
        Turn(id: TurnID(4), prompt: "four"),
      ])
    #expect(
      conversation.messages == [
        Message(role: .system, content: "Be brief."), Message(role: .user, content: "one"),
        Message(role: .assistant, content: "1"), Message(role: .user, content: "three"),
        Message(role: .assistant, content: "3…"), Message(role: .user, content: "four"),
      ])
  }

  @Test func onlyTheDefaultThatNobodyAskedForIsUntouched() {
    #expect(Conversation().untouchedPrompt == SystemPrompt.helpful.text)
    #expect(Conversation(systemPrompt: .helpful, isPromptChosen: true).untouchedPrompt == nil)
    #expect(Conversation(systemPrompt: SystemPrompt(name: "p", text: "Be brief.")).untouchedPrompt == nil)
  }

  @Test func emptySystemPromptIsNotSent() {
    let conversation = Conversation(
      systemPrompt: SystemPrompt(name: "none", text: ""), turns: [Turn(id: TurnID(1), prompt: "hi")])
    #expect(conversation.messages == [Message(role: .user, content: "hi")])
  }
}

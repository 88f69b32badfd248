import ChatHistory
import ChatModel
import FoundationEssentials
import TestSupport
import Testing

/// What our own forms write, they read back to the last bit. `ROUND_TRIPS` says of how many conversations.
@Suite struct RoundTripTests {
  private static let count = ProcessInfo.processInfo.environment["ROUND_TRIPS"].flatMap { Int($0) } ?? 150

  private func read(_ text: String) throws -> [SavedConversation] {
    var reading = ConversationImport(now: Timestamp(milliseconds: 0))
    try reading.read(Array(text.utf8))
    return reading.conversations
  }

  @Test(arguments: [ExportFormat.json, .jsonl]) func lossless(format: ExportFormat) throws {
    var random = RandomConversation(seed: 5)
    let conversations = (0..<Self.count).map { _ in random.next() }
    for (index, conversation) in conversations.enumerated() {
      let text = format.text(of: [conversation])
      let back = try read(text)
      #expect(back == [conversation], "conversation \(index)")
      #expect(Array(format.text(of: back).utf8) == Array(text.utf8), "conversation \(index)")
    }
    let all = format.text(of: conversations)
    #expect(try format.text(of: read(all)) == all)
  }

  /// Numbers that JSON has no words for come back as well.
  @Test func oddNumbers() throws {
    var conversation = SampleConversation.conversation
    conversation.messages[2].answer?.error = ChatError(.server, "x", retryAfter: .infinity)
    conversation.messages[2].answer?.parameters.temperature = -0.0
    #expect(try read(ExportFormat.json.text(of: [conversation])) == [conversation])
  }

  /// Keys in another order, as other tools write them, and without the object around: still ours.
  @Test func aConversationAloneIsReadToo() throws {
    let conversation = SampleConversation.conversation
    let encoder = JSONEncoder()
    let alone = String(decoding: try encoder.encode(conversation), as: UTF8.self)
    #expect(try read(alone) == [conversation])
    #expect(try read("[\(alone)]") == [conversation])
    #expect(try read(#"{"conversations":[\#(alone)],"format":"aichat-tui","version":1}"#) == [conversation])
  }

  @Test func messagesInAnyOrderComeIntoTheirs() throws {
    var conversation = SampleConversation.conversation
    conversation.messages.reverse()
    let back = try #require(read(ExportFormat.json.text(of: [conversation])).first)
    #expect(back.path == SampleConversation.conversation.path)
    #expect(Set(back.messages.map(\.id)) == Set(conversation.messages.map(\.id)))
  }

  /// What OpenAI messages can hold comes back from them; the same file twice is the same conversation.
  @Test func openAIAndBack() throws {
    let conversation = SampleConversation.conversation
    let text = ExportFormat.openai.text(of: [conversation])
    let back = try #require(read(text).first)
    #expect(back.path.map(\.role) == conversation.path.map(\.role))
    #expect(back.path.map(\.content) == conversation.path.map(\.content))
    #expect(back.path[4].answer?.toolCalls.first == conversation.path[4].answer?.toolCalls.first)
    #expect(back.path[5].toolCallID == "call_1")
    #expect(back.path.last?.answer?.refusal == "I cannot do <that>.")
    #expect(try read(text) == [back])
    #expect(ExportFormat.openai.text(of: [back, back]).split(separator: "\n").count == 2)
  }

  @Test func noConversationsAreAFileToo() throws {
    #expect(try read(ExportFormat.json.text(of: [])) == [])
  }
}

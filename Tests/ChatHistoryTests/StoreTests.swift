import ChatHistory
import ChatModel
import TestSupport
import Testing

@Suite struct StoreTests {
  private let shelf = Shelf()
  private let id = ConversationID("c")

  @Test func whatIsSaidIsThereForOthersAtOnce() async throws {
    let (writer, reader) = (shelf.store(), shelf.store())
    try await writer.save([SavedConversation(id: id, created: Shelf.start)])
    try await writer.append(SavedMessage("s", after: nil, .system, "Be brief."), to: id)
    try await writer.append(SavedMessage("q", after: "s", .user, "What is  this?\nTell me."), to: id)
    #expect(try await reader.load(id).messages.map(\.content) == ["Be brief.", "What is  this?\nTell me."])
    #expect(try await reader.load(id).title == "What is this?")
    let streaming = SavedAnswer(provider: "openai", model: "gpt-4o")
    try await writer.append(SavedMessage("a", after: "q", .assistant, "", answer: streaming), to: id)
    try await writer.extend(MessageID("a"), of: id, content: "It ", reasoning: "Let me")
    try await writer.extend(MessageID("a"), of: id, content: "is…", reasoning: " see.")
    var answer = try #require(try await reader.load(id).messages.last)
    #expect(answer.content == "It is…" && answer.answer?.reasoning == "Let me see." && answer.answer?.status == nil)
    answer.content = "It is a test."
    answer.answer?.status = .complete
    answer.answer?.usage = Usage(promptTokens: 1)
    let later = Timestamp(milliseconds: Shelf.start.milliseconds + 5)
    try await writer.update(answer, of: id, at: later)
    let saved = try await reader.load(id)
    #expect(saved.messages.last == answer && saved.head == answer.id && saved.updated == later)
    let listing = try #require(try await reader.list(limit: 10).first)
    #expect(listing.model == "gpt-4o" && listing.provider == "openai" && listing.turns == 1)
  }

  @Test func savingAgainDoublesNothing() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "one", "1")])
    let message = SavedMessage("q", after: "1", .user, "two")
    try await store.append(message, to: id)
    try await store.append(message, to: id)
    #expect(try await store.load(id).messages.map(\.content) == ["one", "1", "two"])
    #expect(try await store.list(limit: 5).first?.turns == 2)
    try await store.addInput("two", to: id)
    try await store.setDraft("three", of: id)
    try await store.save([SavedConversation("c", "one", "1")])
    #expect(try await store.inputs(limit: 1) == ["two"])
    #expect(try await store.draft(of: id) == "three")
    #expect(try await store.load(id).messages.map(\.content) == ["one", "1", "two"])
  }

  @Test func branches() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "one", "first", "two")])
    var other = SavedAnswer(provider: "ollama", model: "llama", status: .cancelled)
    other.toolCalls = [ToolCall(id: nil, name: "f", arguments: "{\u{0}")]
    try await store.append(SavedMessage("b", after: "0", .assistant, "second", answer: other), to: id)
    #expect(try await store.load(id).path.map(\.content) == ["one", "second"])
    #expect(try await store.load(id).messages.last?.answer == other)
    #expect(try await store.list(limit: 1).first?.model == "llama")
    try await store.setHead(MessageID("2"), of: id)
    #expect(try await store.load(id).path.map(\.content) == ["one", "first", "two"])
    let listing = try #require(try await store.list(limit: 1).first)
    #expect(listing.model == "m" && listing.turns == 2)
    await #expect(throws: HistoryError.self) { try await store.setHead(MessageID("?"), of: id) }
    await #expect(throws: HistoryError.self) {
      try await store.append(SavedMessage("x", after: "?", .user, ""), to: id)
    }
  }

  @Test func randomConversationsComeBackAsTheyWere() async throws {
    let store = shelf.store()
    var random = SeededGenerator(state: 5)
    let texts = [
      "", "a\u{0}b", "漢字かな", "e\u{301} \u{1F468}\u{200D}\u{1F469}", "line\r\nline", "\"'\\ %_", "\u{FFFD}\u{202E}",
    ]
    for number in 0..<40 {
      var conversation = SavedConversation(
        id: ConversationID("c\(number)"), title: texts.randomElement(using: &random) ?? "",
        isTitleChosen: .random(using: &random),
        isPinned: .random(using: &random), created: Shelf.start, threadID: .random(using: &random) ? "t" : nil)
      for place in 0..<Int.random(in: 0...20, using: &random) {
        var message = SavedMessage(
          "\(place)",
          after: place == 0 || Int.random(in: 0..<9, using: &random) == 0
            ? nil : "\(Int.random(in: 0..<place, using: &random))",
          [.user, .assistant, .system, .tool].randomElement(using: &random) ?? .user,
          texts.randomElement(using: &random) ?? "")
        if message.role == .assistant {
          var answer = SavedAnswer(provider: "p", parameters: Parameters(temperature: 0.1), status: .truncated)
          answer.error = ChatError(.network, "\u{0}", retryAfter: 0.3)
          answer.reasoning = texts.randomElement(using: &random)
          message.answer = answer
        }
        if message.role == .system { message.isChosen = false }
        conversation.messages.append(message)
      }
      conversation.head = conversation.messages.randomElement(using: &random)?.id
      if let head = conversation.head { conversation.summary = .init(text: "s", through: head, writtenAfter: head) }
      try await store.save([conversation])
      #expect(try await store.load(conversation.id) == conversation)
    }
  }

  @Test func theEndOfALongPath() async throws {
    let store = shelf.store()
    var conversation = SavedConversation("c")
    for place in 0..<300 {
      conversation.messages.append(
        SavedMessage(
          "\(place)", after: place == 0 ? nil : "\(place - 1)", place.isMultiple(of: 2) ? .user : .assistant, "\(place)"
        ))
    }
    conversation.head = MessageID("299")
    try await store.save([conversation])
    let end = try await store.loadEnd(of: id, count: 5)
    #expect(end.path.map(\.content) == ["295", "296", "297", "298", "299"])
    #expect(
      try await store.messages(before: MessageID("295"), of: id, count: 3).map(\.content) == ["292", "293", "294"])
    #expect(try await store.messages(before: MessageID("1"), of: id, count: 3).map(\.content) == ["0"])
    #expect(try await store.messages(before: MessageID("0"), of: id, count: 3).isEmpty)
    #expect(try await store.loadEnd(of: id, count: 1000) == conversation)
  }

  @Test func titlesPinsAndCopies() async throws {
    let store = shelf.store()
    try await store.save([
      SavedConversation("a", "first", "1", updated: 1), SavedConversation("b", "second", "2", updated: 2),
    ])
    #expect(try await store.latest() == ConversationID("b"))
    try await store.setPinned(true, ConversationID("a"))
    #expect(try await store.list(limit: 5).map(\.id.text) == ["a", "b"])
    #expect(try await store.latest() == ConversationID("b"))
    try await store.rename(ConversationID("b"), to: "named")
    #expect(try await store.load(ConversationID("b")).isTitleChosen)
    #expect(try await store.search("named", limit: 5).map(\.id.text) == ["b"])
    try await store.rename(ConversationID("b"), to: "")
    #expect(try await store.load(ConversationID("b")).title == "second")
    let copy = try await store.duplicate(ConversationID("a"))
    #expect(try await store.load(copy).messages == store.load(ConversationID("a")).messages)
    #expect(try await store.load(copy).title == "first (copy)")
    try await store.append(SavedMessage("x", after: "1", .user, "on"), to: copy)
    #expect(try await store.load(ConversationID("a")).messages.count == 2)
  }

  @Test func pages() async throws {
    let store = shelf.store()
    // Several of the same time, and pinned ones among them.
    try await store.save(
      (0..<25).map { number in
        var conversation = SavedConversation("c\(number)", "x", updated: number / 5)
        conversation.isPinned = number % 6 == 0
        return conversation
      })
    let all = try await store.list(limit: 100)
    #expect(all.count == 25 && all.prefix(5).allSatisfy(\.isPinned) && !all[5].isPinned)
    var paged: [ConversationListing] = []
    while paged.count < 25 {
      let page = try await store.list(after: paged.last, limit: 4)
      paged += page
      if page.isEmpty { break }
    }
    #expect(paged == all)
    #expect(try await store.list(after: all.last, limit: 4).isEmpty)
  }

  @Test func idsMayBeShortened() async throws {
    let store = shelf.store()
    try await store.save(["01ab", "01ac", "02", "0"].map { SavedConversation($0, "x") })
    #expect(try await store.conversation(beginningWith: "01ab").text == "01ab")
    #expect(try await store.conversation(beginningWith: "02").text == "02")
    #expect(try await store.conversation(beginningWith: "01AB").text == "01ab")
    #expect(try await store.conversation(beginningWith: "last").text == "0")
    #expect(try await store.conversation(beginningWith: "0").text == "0")
    await #expect(throws: HistoryError.self) { try await store.conversation(beginningWith: "3") }
    do {
      _ = try await store.conversation(beginningWith: "01")
      Issue.record("one of two was taken")
    } catch {
      #expect(error.kind == .ambiguous && error.message.contains("01ab, 01ac"))
    }
  }

  @Test func draftsAndInputs() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "x")])
    #expect(try await store.draft(of: nil) == "")
    try await store.setDraft("unsent", of: nil)
    try await store.setDraft("old", of: id)
    try await store.setDraft("half a", of: id)
    #expect(try await store.draft(of: nil) == "unsent")
    #expect(try await shelf.store().draft(of: id) == "half a")
    try await store.setDraft("", of: nil)
    #expect(try await store.draft(of: nil) == "")
    for text in ["one", "two", "two", "one", "three"] { try await store.addInput(text, to: id) }
    try await store.addInput("of no chat")
    #expect(try await store.inputs(limit: 10) == ["of no chat", "three", "one", "two"])
    #expect(try await store.inputs(limit: 2) == ["of no chat", "three"])
    try await store.delete(id)
    #expect(try await store.inputs(limit: 10) == ["of no chat"])
  }
}

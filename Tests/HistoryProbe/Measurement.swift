import ChatHistory
import ChatModel
import Glibc

/// Times the store with so many saved chats as somebody has after years: 10,000 of 20 messages, and one of 10,000.
struct Measurement {
  let path: String
  let now: @Sendable () -> Timestamp

  /// Fills the database where there is none, then says how long each thing takes.
  func run() async throws {
    if access(path, F_OK) != 0 { try await fill() }
    let store = HistoryStore(HistoryFile(path: path), now: now)
    try await time("open", times: 1) { try await store.open() }
    try await time("first list of 50", times: 1) { _ = try await store.list(limit: 50) }
    try await time("list of 50") { _ = try await store.list(limit: 50) }
    try await time("list of all") { _ = try await store.list(limit: 20_000) }
    for words in [
      "w1", "w1 ", "w", "w12", "w1 w2", "\"w1 w2\"", "w9999 w1", "w77777", "漢", "漢字", "語文 w1", "w3 w4 w5 w6 w7 w8",
    ] {
      var count = 0
      try await time("search \(words)") { count = try await store.search(words, limit: 50).count }
      print("  \(count) chats")
    }
    let long = ConversationID("long")
    try await time("end of a long chat") { _ = try await store.loadEnd(of: long, count: 100) }
    try await time("the whole of a long chat") { _ = try await store.load(long) }
    let message = SavedMessage(
      id: MessageID(at: now()), parent: MessageID("9999"), role: .user, content: text(60, 1), created: now())
    try await time("append") { try await store.append(message, to: long) }
    try await time("extend") { try await store.extend(message.id, of: long, content: "word") }
    let oldest = try await store.list(limit: 20_000).last?.id ?? long
    try await time("delete and close", times: 1) {
      try await store.delete(oldest)
      await store.close()
    }
    // While the index is mended.
    let again = HistoryStore(HistoryFile(path: path), now: now)
    try await time("open after that", times: 1) { try await again.open() }
    try await time("list of 50 after that") { _ = try await again.list(limit: 50) }
    try await time("search w1 after that") { _ = try await again.search("w1", limit: 50) }
  }

  /// Says how long something takes and how much of the processor, the middle one of several runs; and the first run, which may
  /// have to read the disk.
  private func time(_ name: String, times count: Int = 5, _ work: () async throws -> Void) async throws {
    var runs: [(milliseconds: Double, processor: Double)] = []
    for _ in 0..<count {
      let (begin, processor) = (ContinuousClock.now, clock())
      try await work()
      let used = Double(clock() - processor) * 1000 / Double(CLOCKS_PER_SEC)
      runs.append((milliseconds: (ContinuousClock.now - begin) / .milliseconds(1), processor: used))
    }
    let first = Self.text(runs[0].milliseconds)
    runs.sort { $0.milliseconds < $1.milliseconds }
    let middle = runs[count / 2]
    print("\(name): \(Self.text(middle.milliseconds)), of the processor \(Self.text(middle.processor)), first \(first)")
  }

  private static func text(_ milliseconds: Double) -> String { "\((milliseconds * 100).rounded() / 100) ms" }

  private func fill() async throws {
    let store = HistoryStore(HistoryFile(path: path), now: now)
    let begin = ContinuousClock.now
    var number = 0
    for hundred in 0..<100 {
      var conversations: [SavedConversation] = []
      for place in 0..<100 {
        conversations.append(conversation("c\(hundred * 100 + place)", 20, seed: number))
        number += 1
      }
      for conversation in conversations { try await store.merge(conversation) }
    }
    try await store.merge(conversation("long", 10_000, seed: number))
    await store.close()
    print("filled in \(ContinuousClock.now - begin)")
  }

  private func conversation(_ id: String, _ count: Int, seed: Int) -> SavedConversation {
    let messages = (0..<count).map { place in
      let isQuestion = place.isMultiple(of: 2)
      return SavedMessage(
        id: MessageID("\(place)"), parent: place == 0 ? nil : MessageID("\(place - 1)"),
        role: isQuestion ? .user : .assistant, content: text(isQuestion ? 20 : 100, seed * 50_000 + place),
        created: now(),
        answer: isQuestion ? nil : SavedAnswer(provider: "openai", model: "gpt-4o", status: .complete))
    }
    return SavedConversation(
      id: ConversationID(id), title: SavedConversation.title(from: messages[0].content), created: now(),
      head: messages.last?.id, messages: messages)
  }

  /// Words as often as words are: `w1` in nearly every text, `w50000` hardly anywhere; one text in ten is Chinese.
  private func text(_ count: Int, _ seed: Int) -> String {
    var random = Generator(state: UInt64(seed))
    if seed % 10 == 9 {
      let letters = Array("漢字文語的一是不了人我在有他这为之大来以个中上们")
      return String((0..<count * 3).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
    }
    return (0..<count).map { _ in "w\(Int(exp(Double.random(in: 0...11.5, using: &random))))" }.joined(separator: " ")
  }
}

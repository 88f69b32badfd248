import ChatHistory
import ChatModel
import Testing

@Suite struct SearchTests {
  private let shelf = Shelf()

  private func found(_ query: String, in texts: [String]) async throws -> [String] {
    let store = shelf.store()
    try await store.save(
      texts.enumerated().map { SavedConversation("\($0.offset)", "?", $0.element, updated: $0.offset) })
    return try await store.search(query, limit: 10).map(\.id.text).sorted()
  }

  @Test(
    arguments: [
      ("lighthouse", ["0"]), ("light", ["0", "1"]), ("light ", ["1"]), ("l", ["0", "1"]), ("LIGHT house ", []),
      ("keeper lighthouse", ["0"]), ("\"the lighthouse\"", ["0"]), ("\"lighthouse the\"", []),
      ("\"the light", ["0", "1"]),
      ("uber", ["2"]), ("Ü", ["2"]), ("über", ["2"]),
      ("漢字", ["3"]), ("字を", ["3"]), ("字漢", []), ("を", ["3"]), ("漢 字", ["3"]), ("ภาษา", ["4"]), ("ไทย", ["4"]),
      ("국어", ["5"]), ("foo(bar)", ["6"]), ("bar_baz", ["6"]), ("c++", ["6"]), ("x == 1", ["6"]),
      ("\"", []), ("", []), ("*", []), ("NOT", ["6"]), ("keeper OR foo", []), ("(", []), ("a\u{0}b", []), ("😀", []),
      ("-", []), ("lighthouse -", ["0"]), ("content:keeper", []), ("^the", ["0", "1"]),
    ])
  func words(_ query: String, _ expected: [String]) async throws {
    let texts = [
      "The lighthouse, and its keeper", "the light", "Über", "これは漢字を含む文です", "ภาษาไทยไม่มีช่องว่าง", "한국어는",
      "foo(bar_baz); // c++ if x == 1 not",
    ]
    #expect(try await found(query, in: texts) == expected)
  }

  @Test func theHitIsShownInItsPlace() async throws {
    let store = shelf.store()
    let long = Array(repeating: "word", count: 100).joined(separator: " ")
    try await store.save([SavedConversation("c", "Is it?", "\(long)\n\nof the Zebra \(long)", "And the zebra?", long)])
    let hit = try #require(try await store.search("zebra", limit: 5).first?.hit)
    // The newest.
    #expect(hit.message == MessageID("2"))
    #expect(
      hit.snippet == [
        .init(text: "And the ", isMatch: false), .init(text: "zebra", isMatch: true), .init(text: "?", isMatch: false),
      ])
    let phrase = try #require(try await store.search("\"of the zebra\"", limit: 5).first?.hit)
    #expect(phrase.message == MessageID("1"))
    #expect(phrase.snippet.filter(\.isMatch).map(\.text) == ["of the Zebra"])
    #expect(!phrase.snippet.contains { $0.text.contains("\n") })
    #expect(phrase.snippet.map(\.text).joined().count < 200)
  }

  @Test func lettersThatWereSetApartAreTogetherAgain() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "?", "これは漢字を含む文です")])
    let hit = try #require(try await store.search("漢字", limit: 5).first?.hit)
    #expect(hit.snippet.map(\.text).joined() == "これは漢字を含む文です")
    #expect(hit.snippet.filter(\.isMatch).map(\.text) == ["漢字"])
  }

  @Test func otherBranchesTitlesAndOrder() async throws {
    let store = shelf.store()
    var renamed = SavedConversation("a", "nothing", "here", updated: 3)
    renamed.title = "About zebras"
    renamed.isTitleChosen = true
    var branched = SavedConversation("b", "one", "zebras", updated: 9)
    branched.messages.append(
      SavedMessage("x", after: "0", .assistant, "horses", answer: SavedAnswer(status: .complete)))
    branched.head = MessageID("x")
    try await store.save([branched, renamed, SavedConversation("c", "zebras", updated: 1)])
    let found = try await store.search("zebra", limit: 5)
    #expect(found.map(\.id.text) == ["b", "a", "c"])
    #expect(found.map(\.hit?.message?.text) == ["1", nil, "0"])
    #expect(found[1].hit?.snippet.map(\.text) == ["About ", "zebras"])
    #expect(try await store.search("zebra", limit: 2).map(\.id.text) == ["b", "a"])
  }

  @Test func whatNobodyWaitsForIsNotSearched() async throws {
    let store = shelf.store()
    try await store.save([SavedConversation("c", "zebra")])
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await store.search("zebra", limit: 5)
    }
    #expect(try await task.value.isEmpty)
    #expect(try await store.search("zebra", limit: 5).count == 1)
  }

  @Test func aPromptThatNobodyChoseIsNotFound() async throws {
    let store = shelf.store()
    var conversation = SavedConversation("c")
    var prompt = SavedMessage("s", after: nil, .system, "You are a helpful assistant.")
    prompt.isChosen = false
    conversation.messages = [prompt, SavedMessage("t", after: "s", .system, "You are a pirate.")]
    try await store.save([conversation])
    #expect(try await store.search("helpful", limit: 5).isEmpty)
    #expect(try await store.search("pirate", limit: 5).count == 1)
    // What is not in the index is not taken out of it.
    try await store.delete(conversation.id)
    await store.close()
    #expect(try await store.search("pirate", limit: 5).isEmpty)
  }
}

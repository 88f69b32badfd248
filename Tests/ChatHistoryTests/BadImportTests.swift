import ChatHistory
import ChatModel
import TestSupport
import Testing

/// Files that are wrong: what is wrong is said, and where, and nothing traps.
@Suite struct BadImportTests {
  private let now = Timestamp(milliseconds: 0)

  private func read(_ bytes: [UInt8], lenient: Bool = false) throws -> ConversationImport {
    var reading = ConversationImport(isLenient: lenient, now: now)
    try reading.read(bytes)
    return reading
  }

  private static func own(_ change: (inout SavedConversation) -> Void) -> String {
    var conversation = SampleConversation.conversation
    change(&conversation)
    return ExportFormat.json.text(of: [conversation])
  }

  private static let table: [(String, String)] = [
    ("", "holds no conversations"), ("  \n", "holds no conversations"), ("hello", "line 1, column 1: this is no JSON"),
    ("[", "line 1, column 2: the JSON breaks off"), ("[]x", "line 1, column 3: this is no JSON"),
    ("{\"a\":\n  ö}", "line 2, column 3: this is no JSON"),
    ("[{\"messages\":[]},\n 5 6]", "conversation 1: [0].messages: holds no messages"),
    ("[1]", "conversation 1: [0]: is no object, and so no conversation"),
    ("{}", "conversation 1: is no conversation of a known form"), ("null", "is no object"),
    ("PK\u{3}\u{4}zip", "is a ZIP archive; unpack it"),
    ("{\"messages\":[{\"role\":\"narrator\"}]}", "conversation 1: messages[0].role: “narrator” is no role"),
    (
      "{\"title\":\"Rome\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"content\":\"x\"}]}",
      "conversation 1 (“Rome”): messages[1].role: is missing"
    ),
    ("[{\"messages\":[{\"role\":\"user\"}]}]", "[0].messages[0].content: is missing"),
    ("{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[]}]}", "messages[0].content: is missing"),
    (
      "[{\"role\":\"user\",\n\"content\":\"\\\\ \\ud83d\\ude00 \\ude00\"}]",
      "line 2, column 28: holds half a character"
    ),
    (
      "[{\"created\":\"soon\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}]",
      "conversation 1: [0].created: “soon” is no time"
    ),
    (chatGPT.replacing("1.5,\"content", with: "true,\"content"), "[0].mapping.a.message.create_time: is no time"),
    ("{\"messages\":[{\"role\":\"user\",\"content\":5}]}", "messages[0].content: is neither a text nor a list"),
    ("{\"messages\":[{\"role\":\"user\",\"content\":[{}]}]}", "messages[0].content[0]: is no part"),
    ("[{\"role\":\"user\",\"content\":\"a\"},{\"role\":1}]", "[1].role: “1” is no role"),
    (String(repeating: "[", count: 100_000), "nested more than"),
    ("{\"messages\":[{\"role\":\"user\",\"content\":\"a\u{0}b\"}]}", "line 1, column 41: this is no JSON"),
    ("[{\"mapping\":5}]", "[0].mapping: is no object of nodes"),
    (
      "[{\"mapping\":{\"a\":{\"parent\":\"b\"},\"b\":{\"parent\":\"a\"}}}]",
      "[0].mapping: 2 nodes have parents that go round"
    ),
    ("[{\"mapping\":{\"a\":{\"parent\":\"x\"}}}]", "[0].mapping.a.parent: names no node"),
    ("[{\"mapping\":{\"a\":{\"parent\":null}},\"current_node\":\"x\"}]", "[0].current_node: names no node"),
    (
      "[{\"mapping\":{\"a\":{\"message\":{\"content\":{\"parts\":[\"x\"]}}}}}]",
      "[0].mapping.a.message.author.role: is missing"
    ),
    ("{\"format\":\"aichat-tui\",\"version\":2,\"conversations\":[{}]}", "newer aichat-tui (version 2"),
    ("{\"format\":\"aichat-tui\",\"version\":1,\"conversations\":[{}]}", "conversations[0].id: is missing"),
    (
      own { $0.messages[1].parent = MessageID("nobody") },
      "conversation 1 (“Hello <World> & *others*”): conversations[0].messages[1].parent: no message is called “nobody”"
    ),
    (
      own { $0.messages[0].parent = $0.messages[9].id },
      "conversations[0].messages[0].parent: the parents of this message go round"
    ),
    (own { $0.messages[3].id = $0.messages[2].id }, "messages[3].id: the message “03-old” is there twice"),
    (own { $0.head = MessageID("x") }, "conversations[0].head: no message is called “x”"),
    (own { $0.head = nil }, "conversations[0].head: is missing"),
    (own { $0.id = ConversationID("") }, "conversations[0].id: wants a name"),
    (
      own { _ in }.replacing("2025-11-21T10:52:31.123Z", with: "yesterday"),
      "conversations[0].updated: no time in ISO 8601"
    ),
    (own { _ in }.replacing("\"role\" : \"tool\"", with: "\"role\" : 7"), "conversations[0].messages[6].role:"),
    (own { _ in }.replacing("\"truncated\",", with: "\"mangled\","), "conversations[0].messages[8].answer."),
    (own { _ in }.replacing("And tomorrow?", with: "\\ud83d"), "half a character"),
  ]

  @Test(arguments: table) func saysWhatAndWhere(text: String, words: String) {
    #expect { try read(Array(text.utf8)) } throws: { error in
      let text = (error as? ImportProblem)?.description ?? "another error"
      if !text.contains(words) { Issue.record("“\(text)” lacks “\(words)”") }
      return true
    }
  }

  @Test func brokenBytesAreFoundAndMayBeReplaced() throws {
    let bytes = Array("[{\"role\":\"user\",\n\"content\":\"é".utf8) + [0xFF, 0xC3] + Array("\"}]".utf8)
    #expect { try read(bytes) } throws: { "\($0)" == "line 2, column 13: bytes that are no UTF-8" }
    let reading = try read(bytes, lenient: true)
    #expect(reading.conversations.first?.path.first?.content == "é\u{FFFD}\u{FFFD}")
    #expect(reading.leftOut.count == 1)
  }

  @Test func lenientReadingLeavesOutAndSaysSo() throws {
    let good = #"{"messages":[{"role":"user","content":"A"}]}"#
    let bad = #"{"title":"T","messages":[{"role":"x"}]}"#
    let array = try read(Array("[\(good),\(bad),\(good.replacing("A", with: "B"))]".utf8), lenient: true)
    #expect(array.conversations.map(\.title) == ["A", "B"])
    #expect(
      array.leftOut.map(\.description) == [
        "conversation 2 (“T”): [1].messages[0].role: “x” is no role (system, developer, user, assistant, tool)"
      ])
    // What follows a mistake in the grammar cannot be read, but in a file of lines it can.
    let broken = try read(Array("[\(good),{\"a\" \(good)]".utf8), lenient: true)
    #expect(broken.conversations.map(\.title) == ["A"] && broken.leftOut.count == 1)
    let other = good.replacing("A", with: "B")
    let lines = try read(Array("\(good)\n{\"messages\": oops\n\(other)\n\(bad)\n{\"mess".utf8), lenient: true)
    #expect(lines.conversations.map(\.title) == ["A", "B"])
    #expect(lines.leftOut.map(\.place) == ["line 2, column 14", "line 4.messages[0].role", "line 5, column 7"])
    let first = try read(Array("{\"x\n\(good)\n".utf8), lenient: true)
    #expect(first.conversations.map(\.title) == ["A"] && first.leftOut.count == 1)
    // Strict, the same files are nothing.
    for text in ["[\(good),\(bad)]", "\(good)\n\(bad)\n"] {
      #expect(throws: ImportProblem.self) { try read(Array(text.utf8)) }
    }
  }

  @Test func halvesOfCharactersMayBeReplaced() throws {
    let reading = try read(Array(#"[{"role":"user","content":"\ud83d!"}]"#.utf8), lenient: true)
    #expect(reading.conversations.first?.path.first?.content == "\u{FFFD}!")
    #expect(reading.leftOut.map(\.place) == ["line 1, column 28"])
  }

  /// Any damage to a file is found or harmless; it never traps.
  @Test func damagedFilesNeverTrap() throws {
    let texts = [ExportFormat.json.text(of: [SampleConversation.conversation]), Self.chatGPT]
    var generator = SeededGenerator(state: 11)
    for text in texts {
      let bytes = Array(text.utf8)
      for round in 0..<120 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<damaged.count, using: &generator)
          damaged[place] =
            round % 2 == 0
            ? UInt8.random(in: 0...255, using: &generator)
            : Array("0123456789{}[],:\"\\-e".utf8).randomElement(using: &generator) ?? 0
        }
        _ = try? read(damaged)
        _ = try? read(damaged, lenient: true)
      }
    }
  }

  /// Numbers that no type holds.
  @Test(arguments: [
    "1e999", "-1e999", "99999999999999999999999", "-9223372036854775808", "1e300", "NaN", "\"x\"", "[]",
  ])
  func extremeNumbers(number: String) {
    let texts = [
      Self.chatGPT.replacing("1.5", with: number), "{\"created\":\(number),\"messages\":[{\"role\":\"user\"}]}",
      ExportFormat.json.text(of: [SampleConversation.conversation]).replacing("1840", with: number),
      "{\"format\":\"aichat-tui\",\"version\":\(number),\"conversations\":[{}]}",
    ]
    for text in texts { _ = try? read(Array(text.utf8)) }
  }

  private static let chatGPT = """
    [{"title":"t","create_time":1.5,"id":"i","current_node":"b","mapping":{"a":{"message":{"author":{"role":"user"},
    "create_time":1.5,"content":{"content_type":"text","parts":["x"]}},"parent":null,"children":["b"]},"b":{"message":{
    "author":{"role":"assistant"},"content":{"content_type":"code","text":"y"},"recipient":"p"},"parent":"a","children":[]}}}]
    """
}

import CSQLite
import ChatHistory
import ChatModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Files of other programs, as they make them.
@Suite struct ForeignImportTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures/imports"
  private let now = Timestamp(milliseconds: 1_790_000_000_000)

  private func read(_ text: String, lenient: Bool = false) throws -> ConversationImport {
    var reading = ConversationImport(isLenient: lenient, now: now)
    try reading.read(Array(text.utf8))
    return reading
  }

  private func file(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
  }

  // MARK: ChatGPT

  @Test func chatGPTKeepsBranchesAndLeavesOutWhatThePageHides() throws {
    let reading = try read(file("chatgpt.json"))
    #expect(reading.conversations.count == 2 && reading.empty == 1)
    #expect(reading.marks == ["[image_asset_pointer]": 1])
    let sine = reading.conversations[0]
    #expect(sine.title == "Sine" && sine.isTitleChosen && sine.isPinned)
    #expect(sine.created.text == "2024-04-24T23:06:40.000Z" && sine.updated.text == "2024-04-24T23:08:21.500Z")
    #expect(
      sine.path.map(\.content) == [
        "Plot a sine, please.", "", "0.8414709848078965", "Here it is: **0.84**.",
        "[image_asset_pointer: file-service://file-abc]\nWhat is this?", "A cat. 🐈",
      ])
    #expect(sine.path.map(\.role) == [.user, .assistant, .tool, .assistant, .user, .assistant])
    #expect(sine.messages.count == 7)
    let old = try #require(sine.messages.first { $0.content.hasPrefix("An answer") })
    #expect(old.parent == sine.path[0].id && old.answer?.status == .cancelled && old.answer?.model == "gpt-4")
    let call = try #require(sine.path[1].answer)
    #expect(call.reasoning == "Planning\nA sine needs numpy." && call.model == "o3")
    #expect(call.toolCalls.map(\.name) == ["python"])
    #expect(call.toolCalls.map(\.arguments) == ["import numpy as np\nnp.sin(1)"])
    #expect(sine.path[2].toolCallID == call.toolCalls[0].id)
    #expect(sine.path[3].answer?.finishReason == "stop" && sine.path[3].answer?.reasoning == nil)
    #expect(sine.path[5].answer?.finishReason == "length")
    #expect(sine.path[5].created == sine.path[4].created)
    #expect(sine.path[0].created.text == "2024-04-24T23:06:40.123Z")
    #expect(reading.conversations[1].title == "Hi" && !reading.conversations[1].isTitleChosen)
  }

  @Test func theSameFileTwiceGivesTheSameNames() throws {
    let text = try file("chatgpt.json")
    #expect(try read(text).conversations == read(text).conversations)
    let twice = try read("[" + text + "]" == "" ? "" : text.dropLast(2) + "," + text.dropFirst())
    #expect(twice.conversations == (try read(text).conversations))
    let names = try read(text).conversations.flatMap { [$0.id.text] + $0.messages.map(\.id.text) }
    #expect(Set(names).count == names.count && names.allSatisfy { $0.count == 26 })
  }

  @Test func aTalkMayBeVeryDeep() throws {
    var nodes = ["\"n0\":{\"message\":null,\"parent\":null,\"children\":[\"n1\"]}"]
    for index in 1...3000 {
      let message = "{\"author\":{\"role\":\"user\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"m\(index)\"]}}"
      nodes.append("\"n\(index)\":{\"message\":\(message),\"parent\":\"n\(index - 1)\",\"children\":[]}")
    }
    let reading = try read("[{\"mapping\":{\(nodes.joined(separator: ","))},\"id\":\"x\"}]")
    #expect(reading.conversations.first?.path.count == 3000)
    #expect(reading.conversations.first?.created == now)
  }

  // MARK: OpenAI messages

  @Test(arguments: [
    #"[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]"#,
    #"{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":"Hello"}]}"#,
    "\u{FEFF}  {\"messages\":[{\"role\":\"user\",\"content\":[\"Hi\"]},{\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"}]}]}\n",
    #"[{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}]"#,
  ]) func messagesInEveryWrapping(text: String) throws {
    let conversation = try #require(read(text).conversations.first)
    #expect(conversation.path.map(\.content) == ["Hi", "Hello"])
    #expect(conversation.title == "Hi" && conversation.created == now)
    #expect(conversation.path[1].answer?.status == .complete)
  }

  @Test func messagesWithCallsAndPictures() throws {
    let reading = try read(
      """
      {"title":"T","created":1714000000,"messages":[
        {"role":"developer","content":"d"},
        {"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:x"}}]},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c","content":"r"},
        {"role":"assistant","content":null,"function_call":{"name":"g","arguments":{"x":1}},"reasoning_content":"why"},
        {"role":"function","name":"g","content":"s"},
        {"role":"assistant","content":"","refusal":"no"}]}
      """)
    let conversation = try #require(reading.conversations.first)
    #expect(reading.marks == ["[image_url]": 1])
    #expect(conversation.title == "T" && conversation.isTitleChosen)
    #expect(conversation.created.text == "2024-04-24T23:06:40.000Z")
    #expect(conversation.path.map(\.role) == [.developer, .user, .assistant, .tool, .assistant, .tool, .assistant])
    #expect(conversation.path[1].content == "a\n[image_url]")
    #expect(conversation.path[2].answer?.toolCalls == [ToolCall(id: "c", name: "f", arguments: "{}")])
    #expect(conversation.path[3].toolCallID == "c")
    #expect(conversation.path[4].answer?.toolCalls == [ToolCall(id: nil, name: "g", arguments: #"{"x":1}"#)])
    #expect(conversation.path[4].answer?.reasoning == "why")
    #expect(conversation.path[6].answer?.refusal == "no")
  }

  @Test func linesOfAFineTuningFile() throws {
    let line = #"{"messages":[{"role":"user","content":"A"},{"role":"assistant","content":"B"}]}"#
    let other = #"{"messages":[{"role":"user","content":"C"}]}"#
    // The same line twice is the same conversation.
    #expect(try read("\(line)\n\n\(other)\n\(line)\n").conversations.map(\.title) == ["A", "C"])
  }

  // MARK: llm

  /// Makes a database of statements, and reads it.
  private func readDatabase(_ sql: String) throws -> ConversationImport {
    var template = Array("/tmp/aichat-tui-llm-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    close(descriptor)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
    sqlite3_close(handle)
    let beginning = try Data(contentsOf: URL(filePath: path)).prefix(16)
    #expect(ConversationImport.isDatabase(beginning))
    var reading = ConversationImport(now: now)
    try reading.readDatabase(at: path)
    return reading
  }

  /// Both versions were asked the same, of the same server.
  @Test(arguments: ["llm-0.26.sql", "llm-0.36.sql"]) func llm(file name: String) throws {
    let reading = try readDatabase(file(name))
    #expect(
      reading.conversations.map(\.title).sorted() == [
        "Hello there", "Rome is a city. What is this?", "What is in the picture?", "weather in Oslo?",
      ])
    func path(_ title: String) -> [SavedMessage] { reading.conversations.first { $0.title == title }?.path ?? [] }
    let hello = path("Hello there").filter { $0.role != .system }
    #expect(hello.map(\.role) == [.user, .assistant, .user, .assistant])
    #expect(hello[1].content == "You said: Hello there\n\n```python\nprint(1)\n```\n")
    #expect(hello[2].content == "And Grüße 日本 👍?")
    let answer = try #require(hello[3].answer)
    #expect(answer.model == "mock" && answer.status == .complete && answer.finishReason == "stop")
    #expect(answer.parameters == Parameters(temperature: 0.5))
    #expect(answer.usage == Usage(promptTokens: 7, completionTokens: 5))
    #expect(hello[3].created >= hello[2].created && hello[2].created > hello[1].created)
    #expect(hello[0].created.text.hasPrefix("2026-11-21T16:2"))
    #expect(path("Rome is a city. What is this?").first?.content == "Rome is a city.\n\nWhat is this?")
    let weather = path("weather in Oslo?")
    #expect(weather.map(\.role) == [.user, .assistant, .tool, .assistant])
    #expect(weather[1].answer?.toolCalls.map(\.id) == ["call_w1"])
    #expect(weather[1].answer?.toolCalls.map(\.name) == ["weather"])
    #expect(weather[2].toolCallID == "call_w1" && weather[2].content == "sunny in Oslo")
    #expect(weather[3].content == "The tool says sunny in Oslo.")
    #expect(path("What is in the picture?").first?.content.contains("[attachment") == true)
    #expect(reading.marks == ["[attachment]": 1])
    if name.contains("0.26") {
      #expect(path("Hello there").map(\.role) == [.user, .assistant, .system, .user, .assistant])
    }
  }

  @Test func llmOfBothFormsHasEachOnce() throws {
    let both = try readDatabase(
      """
      CREATE TABLE responses (id TEXT, model TEXT, prompt TEXT, response TEXT, conversation_id TEXT, datetime_utc TEXT);
      CREATE TABLE threads (id TEXT, tip_message_hash TEXT); CREATE TABLE turns (id TEXT, tip_message_hash TEXT, datetime_utc TEXT);
      CREATE TABLE messages (hash TEXT, parent_hash TEXT, role TEXT);
      CREATE TABLE parts (message_hash TEXT, position INT, type TEXT, text TEXT, payload TEXT, tool_name TEXT);
      INSERT INTO responses VALUES ('r', 'm', 'Hi', 'Hello', 'same', '2024-01-02T03:04:05'), ('s', 'm', 'Alone', 'Yes', NULL, NULL);
      INSERT INTO threads VALUES ('same', 'b'); INSERT INTO turns VALUES ('t', 'b', '2024-01-02T03:05:05');
      INSERT INTO messages VALUES ('a', NULL, 'user'), ('b', 'a', 'assistant');
      INSERT INTO parts VALUES ('a', 0, 'text', 'Hi', NULL, NULL), ('b', 0, 'text', 'Hello', NULL, NULL), ('b', 1, 'text', ' again', NULL, NULL);
      """)
    #expect(
      both.conversations.map { $0.path.map(\.content) }.sorted { $0[0] < $1[0] } == [
        ["Alone", "Yes"], ["Hi", "Hello again"],
      ])
  }

  @Test(arguments: [
    ("CREATE TABLE x (y)", "not one of llm"),
    ("CREATE VIEW responses AS SELECT 1 id, 2 prompt, 3 response, 4 conversation_id", "not one of llm"),
    (
      """
      CREATE TABLE threads (id TEXT, tip_message_hash TEXT); CREATE TABLE turns (id TEXT, tip_message_hash TEXT);
      CREATE TABLE messages (hash TEXT, parent_hash TEXT, role TEXT);
      CREATE TABLE parts (message_hash TEXT, position INT, type TEXT, text TEXT, payload TEXT);
      INSERT INTO threads VALUES ('t', 'a'); INSERT INTO messages VALUES ('a', 'b', 'user'), ('b', 'a', 'user');
      """, "conversation 1: a: the messages go round in a ring"
    ),
  ]) func databasesThatAreNot(sql: String, words: String) {
    #expect { try readDatabase(sql) } throws: { "\($0)".contains(words) }
  }

  @Test func aFileThatIsNoDatabase() {
    var reading = ConversationImport(now: now)
    #expect { try reading.readDatabase(at: #filePath) } throws: {
      "\($0)".contains("cannot be read: file is not a database")
    }
    #expect { try reading.readDatabase(at: "/nonexistent") } throws: { "\($0)".contains("cannot be read") }
  }
}

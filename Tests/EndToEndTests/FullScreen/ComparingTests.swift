import Foundation
import Glibc
import TestSupport
import Testing

/// One question to several models, on the real program.
@Suite(.ownThreads) struct ComparingTests {
  private let home = TemporaryHome()

  /// Says which model it answers as.
  private func server(_ answer: @escaping @Sendable (String) -> [FaultServer.Step]) throws -> FaultServer {
    try FaultServer { request in
      let model = request.bodyText.firstMatch(of: /"model":"([^"]*)"/).map { String($0.1) } ?? "none"
      return answer(model)
    }
  }

  private func chat(
    _ arguments: [String] = [], with server: FaultServer? = nil, rows: Int = 24, columns: Int = 80
  ) throws -> Chat {
    try Chat(arguments, with: server, environment: ["HOME": home.path], rows: rows, columns: columns)
  }

  private func history(_ arguments: String...) async throws -> String {
    try await Program.run(["history"] + arguments, ["HOME": home.path]).output
  }

  private func compare(_ chat: Chat, _ models: String, _ question: String) {
    chat.ask("/compare " + models)
    chat.isAt("next to 2 models")
    chat.ask(question)
  }

  @Test func oneAnswerIsKeptAndTheOtherStaysBesideIt() async throws {
    let server = try server { answer("by \($0)") }
    let chat = try chat(with: server)
    chat.ask("First")
    chat.shows("by m\n")
    chat.isAt("ready")
    compare(chat, "one openai/two", "Who?")
    chat.shows("You: Who?", "▸1/2 openai/one", "2/2 openai/two", "by one", "by two")
    chat.isAt("2 answers", "Enter or Esc keep")
    let requests = server.requests.suffix(2)
    #expect(
      requests.allSatisfy { $0.messages.dropFirst() == ["user: First", "assistant: by m", "user: Who?"] },
      "\(requests.map(\.messages))")
    chat.type("\t" + Press.enter)
    chat.shows(
      "Assistant · two ‹2/2›\nby two\n", "Kept: openai/two, which answers from now on; /branch has the other one")
    chat.ask("On")
    chat.shows("You\nOn\n\nAssistant · two\nby two\n")
    chat.isAt("ready")
    #expect(server.requests.last?.messages.suffix(3) == ["user: Who?", "assistant: by two", "user: On"])
    chat.ask("/branch")
    chat.shows("1 of 2", "openai/one → by one")
    chat.type(Press.escape)
    chat.until("the menu is closed") { !$0.text.contains("Branches") }
    chat.type(Press.controlD)
    chat.ends(with: 0)
    let export = try await history("export", "--all", "--format", "json")
    #expect(export.contains("\"by one\"") && export.contains("\"by two\""), "\(export)")
    let shown = try await history("show", "last")
    #expect(shown.contains("by two") && !shown.contains("by one"), "\(shown)")
  }

  @Test func whoGaveTheKeptAnswerCarriesItOn() async throws {
    let server = try FaultServer { request in
      let isOfTwo = request.bodyText.contains("\"model\":\"two\"")
      let isGoingOn = request.bodyText.contains("broke off")
      return isOfTwo && !isGoingOn
        ? [.head(200), .say("half "), .reset] : answer(isOfTwo ? "rest by two" : "by another")
    }
    let chat = try chat(with: server)
    compare(chat, "one two", "Who?")
    chat.shows("by another", "half", "Connection lost")
    chat.isAt("2 answers")
    chat.type("\t" + Press.enter)
    chat.shows("Kept: openai/two, which answers from now on")
    chat.ask("/continue")
    chat.shows("half rest by two")
    chat.isAt("openai · two", "ready")
    chat.ask("/retry")
    chat.shows("Assistant · two ‹3/3›", "half", "Connection lost")
    chat.isAt("openai · two", "connection lost")
    chat.type(Press.controlD)
    chat.ends(with: 0)
    // And it does so when the chat is taken up again.
    let second = try self.chat(["--continue"], with: server)
    second.isAt("openai · two")
    second.type(Press.controlD)
    second.ends(with: 0)
  }

  @Test func aTurnWhoseToolsWereNotRunIsPartOfTheTalk() async throws {
    let call = #"{"index":0,"id":"c","function":{"name":"look","arguments":"{}"}}"#
    let server = try FaultServer { request in
      if !request.bodyText.contains("\"model\":\"caller\"") || request.bodyText.contains("tool_call_id") {
        return answer("fine")
      }
      return [
        .head(200), .chunk(#"data: {"choices":[{"delta":{"tool_calls":[\#(call)]}}]}"# + "\n\n"),
        .chunk(#"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"# + "\n\ndata: [DONE]\n\n"), .end,
      ]
    }
    let chat = try chat(with: server, columns: 120)
    compare(chat, "caller other", "Look")
    chat.isAt("2 answers")
    chat.shows("[Not run: --allow-tool look runs it]")
    chat.ask("Then?")
    chat.shows("You\nThen?\n\nAssistant · caller\nfine\n")
    let request = try #require(server.requests.last)
    for part in ["\"content\":\"Look\"", "\"tool_calls\":[", "\"content\":\"[Not run]\"", "\"content\":\"Then?\""] {
      #expect(request.bodyText.contains(part), "\(request.bodyText)")
    }
    chat.type(Press.controlD)
    chat.ends(with: 0)
  }

  @Test func whatCameBeforeACrashIsThereBesideEachOther() async throws {
    let server = try server { [.head(200), .say("half by \($0)"), .stall] }
    let first = try chat(with: server)
    compare(first, "one two", "Begin")
    first.shows("half by one▌", "half by two▌")
    var saved = ""
    for _ in 0..<500 where !saved.contains("half by one") || !saved.contains("half by two") {
      saved = try await history("export", "--all", "--format", "json")
    }
    first.terminal.signal(SIGKILL)
    let second = try chat(["--continue"], with: server)
    second.shows("You\nBegin\n", "/2›\nhalf by one\n[Interrupted]")
    second.ask("/branch")
    second.shows("1 of 2", "→ half by one", "→ half by two")
    second.type(Press.escape)
    second.until("the menu is closed") { !$0.text.contains("Branches") }
    second.type(Press.controlD)
    second.ends(with: 0)
  }

  @Test func escapeStopsAllAndAFailureNone() async throws {
    let scratch = Scratch()
    scratch.write(
      "aichat-tui/config.json",
      """
      { providers: { half: { type: "azure-openai", endpoint: "http://127.0.0.1:1" } } }
      """)
    let server = try server { [.head(200), .say("so far by \($0)"), .stall] }
    let chat = try Chat(
      with: server, environment: ["HOME": home.path, "XDG_CONFIG_HOME": scratch.path], rows: 30, columns: 130)
    chat.ask("/compare half one two")
    chat.isAt("next to 3 models")
    chat.ask("Begin")
    chat.shows("failed ·", "half is not fully", "so far by one▌", "so far by two▌")
    chat.isAt("2 of 3 on their way", "Esc stop")
    chat.type(Press.escape)
    chat.until("both are stopped") { $0.text.contains("[Stopped]") && !$0.text.contains("▌") }
    chat.isAt("3 answers")
    _ = await server.nextDeparture()
    _ = await server.nextDeparture()
    chat.type(Press.controlD)
    chat.ends(with: 0)
    let export = try await history("export", "--all", "--format", "json")
    #expect(export.contains("so far by one") && export.contains("so far by two"), "\(export)")
    #expect(export.components(separatedBy: "\"cancelled\"").count == 3, "\(export)")
  }

  @Test func aPrivateComparisonLeavesNoTrace() async throws {
    let chat = try chat(columns: 120)
    chat.ask("/private")
    chat.shows("nothing of it is written to disk")
    compare(chat, "here there", "markdown")
    chat.isAt("2 answers")
    chat.type("\u{1B}[Z")
    chat.shows("▸2/2 demo/there")
    chat.ask("hello")
    chat.shows("You\nhello\n\nAssistant")
    chat.isAt("ready")
    chat.ask("/branch")
    chat.shows("1 of 2")
    chat.type(Press.escape)
    chat.until("the menu is closed") { !$0.text.contains("Branches") }
    chat.type(Press.controlD)
    chat.ends(with: 0)
    #expect(try await history("list", "--json") == "[]\n")
  }

  @Test func theWindowMayChangeWhileTheyStream() async throws {
    let chat = try chat(rows: 30, columns: 120)
    compare(chat, "here there", "long")
    chat.shows("1/2 demo/here", "│  2/2 demo/there", "streaming ·")
    for (columns, rows) in [(60, 24), (20, 5), (100, 12), (80, 24)] {
      chat.terminal.resize(rows: rows, columns: columns)
      chat.until("\(columns)x\(rows)") { $0.columns == columns && $0.text.contains("1/2 demo/here") }
    }
    // Quitting keeps what came of the focused one, and the other beside it.
    chat.type(Press.controlD)
    chat.ends(with: 0)
    let export = try await history("export", "--all", "--format", "json")
    #expect(export.components(separatedBy: "\"cancelled\"").count == 3, "\(export)")
  }
}

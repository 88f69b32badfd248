import TestSupport
import Testing

/// What is typed and pasted arrives, whatever goes on.
@Suite(.ownThreads) struct TypingTests {
  @Test func keysBeforeTheFirstPaintAreInTheInput() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server, waits: false)
    // The program has only just been started.
    chat.type("early bird 早い")
    chat.hasInput("early bird 早い")
    chat.ask("!")
    chat.shows("You\nearly bird 早い!\n", "Yes.\n")
    #expect(server.requests.first?.question == "early bird 早い!")
  }

  @Test(arguments: 1...3) func keysAtTheFirstPaintAreSent(_ round: Int) throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server)
    for keys in ["one\r", "two\r", "thr", "ee\r", "draft"] { chat.type(keys) }
    chat.shows("You\none\n", "You\ntwo\n", "You\nthree\n\nAssistant · m\nYes.\n")
    chat.hasInput("draft")
    #expect(server.requests.map(\.question) == ["one", "two", "three"])
  }

  @Test func enterWhileAnAnswerStreamsQueuesVisibly() throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer(
      inTurn: [.head(200), .say("So far"), .wait(gate), .say(", done."), .done, .end], answer("Second."),
      answer("Third."))
    let chat = try Chat(with: server)
    chat.ask("one")
    chat.shows("So far▌")
    chat.ask("two")
    chat.ask("three")
    chat.type("draft")
    chat.shows("queued: two\nqueued: three\n")
    chat.hasInput("draft")
    #expect(server.requests.count == 1)
    gate.open()
    chat.shows(
      "So far, done.\n\nYou\ntwo\n\nAssistant · m\nSecond.\n\nYou\nthree\n\nAssistant · m\nThird.\n")
    chat.hasInput("draft")
    chat.isAt("ready")
    #expect(!chat.terminal.text.contains("queued"))
    #expect(server.requests.map(\.question) == ["one", "two", "three"])
    #expect(server.requests[1].messages.dropFirst() == ["user: one", "assistant: So far, done.", "user: two"])
  }

  @Test func everyKeyDuringAStreamArrives() throws {
    let server = try FaultServer(
      inTurn: [.head(200), .endless(FaultServer.Step.event("word "))], answer("Second."))
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("word word")
    let typed = (1...40).map { "k\($0)" }.joined(separator: " ")
    for key in typed { chat.type(String(key)) }
    chat.shows("k39 k40")
    chat.type(Press.escape)
    chat.shows("[Stopped]")
    chat.ask("")
    chat.shows("Second.\n")
    #expect(server.requests.last?.question == typed)
  }

  @Test func aPasteOfManyLinesArrivesByteForByte() throws {
    let server = try FaultServer { request in answer("\(request.question.utf8.count) bytes") }
    let chat = try Chat(with: server)
    chat.isAt("ready")
    var text =
      "עברית، العربية, नमस्ते, ไทย, 🏴\u{E0067}\u{E0062}\u{E007F} \u{E01F0}\u{10FFFD}\n  first\tline, “quoted”, \\backslash\\, 漢字 👩‍👩‍👧 e\u{301}\n\n"
    var number = 0
    while text.utf8.count < 100_000 {
      number += 1
      text += "line \(number): ünïcödé, \u{7F8}\\n and 'more' of it\n"
    }
    text += "last"
    chat.paste(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    chat.hasInput("[pasted \(lines) lines · 100 KB]")
    chat.type(" and this")
    text += " and this"
    chat.ask("")
    chat.shows("Assistant · m\n\(text.utf8.count) bytes", timeout: .seconds(30))
    let question = try #require(server.requests.first).question
    #expect(question.utf8.elementsEqual(text.utf8), "\(question.utf8.count) of \(text.utf8.count) bytes")
  }

  /// A terminal that does not bracket pastes sends what was copied as if it were typed, line ends as Enter.
  @Test(arguments: [2, 30, 2000]) func aPasteWithoutBracketsIsNotSentByItself(lines: Int) throws {
    let server = try FaultServer { request in answer("\(request.question.utf8.count) bytes") }
    let chat = try Chat(with: server)
    chat.isAt("ready")
    chat.type("Look: ")
    let text = (1...lines).map { "line\t\($0) of zażółć 漢字" }.joined(separator: "\n") + "\n"
    chat.type(text.replacing("\n", with: "\r"))
    chat.until("the paste shows") { screen in
      lines == 2 ? screen.line(screen.rows - 3).contains("\(lines) of za") : screen.text.contains("[pasted ")
    }
    #expect(server.requests.isEmpty)
    chat.type("and tell me")
    chat.ask("")
    let question = "Look: \(text)and tell me"
    chat.shows("Assistant · m\n\(question.utf8.count) bytes")
    #expect(server.requests.map(\.question) == [question])
  }

  @Test func linesOfOneMessage() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server)
    chat.isAt("ready")
    for keys in ["one\n", "two\u{1B}\r", "three\\\r", "four\u{1B}[13;2u", "five\u{1B}[27;2;13~", "six"] {
      chat.type(keys)
    }
    chat.ask("")
    chat.shows("You\none\ntwo\nthree\nfour\nfive\nsix\n\nAssistant · m\nYes.\n")
    #expect(server.requests.first?.question == "one\ntwo\nthree\nfour\nfive\nsix")
  }
}

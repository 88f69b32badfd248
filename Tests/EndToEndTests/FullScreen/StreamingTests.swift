import Glibc
import TestSupport
import Testing

/// An answer while it streams, and Escape.
@Suite(.ownThreads) struct StreamingTests {
  @Test func aTypingCursorStandsAtTheEndWhileItStreams() throws {
    let (first, second) = (FaultServer.Gate(), FaultServer.Gate())
    let server = try FaultServer { _ in
      [.head(200), .wait(first), .say("One "), .say("two"), .wait(second), .say(" three."), .done, .end]
    }
    let chat = try Chat(with: server)
    chat.ask("Count")
    chat.shows("Assistant · m\n▌")
    chat.isAt("waiting", "Esc stop")
    first.open()
    chat.shows("\nOne two▌\n")
    chat.isAt("streaming", "~2 tokens")
    second.open()
    chat.shows("\nOne two three.\n")
    chat.isAt("ready", "F1 help")
    #expect(!chat.terminal.text.contains("▌"))
  }

  @Test func aLinkCanBeOpenedAndShowsItsHost() throws {
    let server = try FaultServer { _ in answer("See [the site](https://example.org/a) or [mail](mailto:a@b.c).") }
    let chat = try Chat(with: server)
    chat.ask("Where?")
    chat.shows("See the site (https://example.org/a) or mail (mailto:a@b.c).")
    chat.isAt("ready")
    let row =
      chat.page.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix("See ") } ?? 0
    func link(_ column: Int) -> String? { chat.terminal.link(row: row + 1, column: column) }
    // The text and the address are links; what stands around them, and other schemes, are not.
    for column in Array(4..<12) + Array(14..<35) {
      #expect(link(column)?.hasSuffix(";https://example.org/a") == true, "\(column)")
    }
    for column in Array(0..<4) + [12, 13, 35] + Array(40..<62) { #expect(link(column) == nil, "\(column)") }
    #expect(chat.terminal.cell(row: row + 1, column: 4).isUnderlined)
  }

  @Test func escapeStopsAtOnceAndKeepsTheText() async throws {
    let server = try FaultServer { request in
      request.question == "Begin" ? [.head(200), .say("So far"), .stall] : answer("Second")
    }
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("So far▌")
    let start = ContinuousClock.now
    chat.type(Press.escape)
    chat.shows("So far\n[Stopped]")
    let shown = ContinuousClock.now - start
    let closed = await server.nextDeparture() - start
    print("Escape: on the screen after \(shown), at the server after \(closed)")
    // 50 ms is promised; a machine that does other things besides gets ten times that.
    #expect(shown < .milliseconds(500) && closed < .milliseconds(500))
    chat.isAt("stopped", "F1 help")
    chat.ask("Go on")
    chat.shows("So far\n[Stopped]\n\nYou\nGo on\n\nAssistant · m\nSecond\n")
    let messages = try #require(server.requests.last).messages
    #expect(messages.dropFirst() == ["user: Begin", "assistant: So far", "user: Go on"])
  }

  @Test func nothingComesAfterEscape() async throws {
    // The server goes on sending until it sees that nobody listens.
    let server = try FaultServer { request in
      request.question == "Begin"
        ? [.head(200), .say("Start. "), .endless(FaultServer.Step.event("flood "))] : answer("Second")
    }
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("flood flood")
    chat.type("echo")
    chat.hasInput("echo")
    chat.type(Press.escape)
    chat.shows("[Stopped]")
    _ = await server.nextDeparture()
    let page = chat.page
    chat.type(Press.controlU + "x")
    chat.hasInput("x")
    #expect(chat.page == page)
    chat.ask("")
    chat.shows("[Stopped]\n\nYou\nx\n\nAssistant · m\nSecond\n")
  }

  @Test func escapeBeforeAnyAnswer() async throws {
    let server = try FaultServer { request in request.question == "Begin" ? [.stall] : answer("Second") }
    let chat = try Chat(with: server)
    chat.ask("Begin")
    _ = await server.nextRequest()
    chat.isAt("waiting")
    chat.type(Press.escape)
    chat.shows("Assistant · m\n[Stopped]")
    _ = await server.nextDeparture()
    chat.ask("Again")
    chat.shows("You\nAgain\n\nAssistant · m\nSecond\n")
  }

  @Test func controlCStopsTooAndThenClearsTheInput() async throws {
    let server = try FaultServer { _ in [.head(200), .say("So far"), .stall] }
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("So far▌")
    chat.type("draft" + Press.controlC)
    chat.shows("So far\n[Stopped]", "Ctrl-C again quits")
    chat.hasInput("draft")
    _ = await server.nextDeparture()
    chat.type("!")
    chat.hasInput("draft!")
    chat.type(Press.controlC)
    chat.hasInput("")
    #expect(chat.terminal.exitCode == nil)
  }

  @Test func twentyThousandChunksAtFullSpeed() throws {
    var steps: [FaultServer.Step] = [.head(200)]
    // Many events in a segment, as they come from a fast server.
    for start in stride(from: 0, to: 20_000, by: 100) {
      steps.append(.chunk((start..<start + 100).map { FaultServer.Step.event("w\($0) ") }.joined()))
    }
    steps += [.say("and that is the end."), .done, .end]
    let server = try FaultServer { [steps] _ in steps }
    let chat = try Chat(with: server)
    chat.ask("Flood")
    chat.type("typed meanwhile")
    chat.shows("w19999 and that is the end.", timeout: .seconds(60))
    chat.isAt("ready", "25782 tokens")
    chat.hasInput("typed meanwhile")
  }

  @Test func whoReadsAboveIsNotMoved() throws {
    let (first, second) = (FaultServer.Gate(), FaultServer.Gate())
    @Sendable func lines(_ range: ClosedRange<Int>) -> String { range.map { "line \($0)\n" }.joined() }
    let server = try FaultServer { _ in
      [
        .head(200), .say(lines(1...60)), .wait(first), .say(lines(61...65)), .wait(second), .say("the end"), .done,
        .end,
      ]
    }
    let chat = try Chat(with: server)
    chat.ask("Count")
    chat.shows("line 60▌")
    chat.type(Press.pageUp)
    // The page has 20 rows; one row of it stays.
    let page = (22...41).map { "line \($0)" }.joined(separator: "\n")
    chat.until("a page up") { _ in chat.page == page }
    first.open()
    chat.shows("↓ 5 new")
    #expect(chat.page == page)
    chat.type("meanwhile")
    chat.hasInput("meanwhile")
    #expect(chat.page == page)
    chat.type(Press.controlEnd)
    chat.shows("line 65▌")
    chat.until("nothing is new") { !$0.text.contains("new ──") }
    second.open()
    chat.shows("line 65\nthe end")
    chat.type(Press.controlHome)
    chat.shows("You\nCount\n\nAssistant · m\nline 1\n")
  }
}

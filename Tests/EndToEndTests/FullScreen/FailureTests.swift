import TestSupport
import Testing

/// What goes wrong on the way, and what the screen says of it.
@Suite(.ownThreads) struct FailureTests {
  @Test(
    arguments: [
      // How the server ends, and the lines that the screen then shows.
      ([.head(200), .say("So far"), .stall], "So far\n[Timeout - partial response] chunk timeout: 127.0.0.1"),
      ([.head(200), .say("So far"), .reset], "So far\n[Connection lost - partial response]"),
      ([.head(200), .say("So far"), .close], "So far\n[Connection lost - partial response]"),
      ([.head(200), .say("So far"), .halfChunk("data: {"), .close], "So far\n[Connection lost - partial response]"),
      ([.head(200), .say("So far"), .halfChunk("data: {"), .reset], "So far\n[Connection lost - partial response]"),
      ([.head(200), .say("So far"), .end], "So far\n[Connection lost - partial response]"),
      ([.close], "Assistant · m\nNetwork error\n"),
      ([.reset], "Assistant · m\nNetwork error\n"),
      ([.head(200), .end], "Assistant · m\nUnexpected reply\n"),
      (
        [
          .head(200), .say("So far"), .chunk("event: error\ndata: {\"error\":{\"message\":\"The model crashed\"}}\n\n"),
          .end,
        ],
        "So far\n[Response truncated due to error]\nServer error\nThe model crashed\n"
      ),
    ] as [([FaultServer.Step], String)])
  func aStreamThatBreaksOff(_ steps: [FaultServer.Step], _ ending: String) throws {
    let server = try FaultServer(inTurn: steps, answer("Better."))
    let chat = try Chat(["--chunk-timeout", "0.3", "--retries", "0"], with: server)
    chat.ask("Begin")
    chat.shows("You\nBegin\n\nAssistant · m\n", ending, "/retry")
    #expect(!chat.terminal.text.contains("▌"))
    chat.ask("Go on")
    chat.shows("Assistant · m\nBetter.\n")
    chat.isAt("ready")
  }

  @Test func continueJoinsTheParts() throws {
    let server = try FaultServer(inTurn: [.head(200), .say("Once upon a ti"), .reset], answer("me there was."))
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("Once upon a ti\n[Connection lost - partial response]", "/continue", "/retry")
    chat.ask("/continue")
    chat.shows("You\nBegin\n\nAssistant · m\nOnce upon a time there was.\n")
    chat.isAt("ready")
    #expect(!chat.terminal.text.contains("Connection lost"))
    #expect(server.requests.count == 2)
    #expect(server.requests[1].messages.dropFirst().prefix(2) == ["user: Begin", "assistant: Once upon a ti"])
  }

  @Test func retryAsksAgain() throws {
    let server = try FaultServer(inTurn: [.head(200), .say("Worse"), .reset], answer("Better."))
    let chat = try Chat(with: server)
    chat.ask("Begin")
    chat.shows("Worse\n[Connection lost - partial response]", "/retry")
    chat.ask("/retry")
    chat.shows("You\nBegin\n\nAssistant · m ‹2/2›\nBetter.\n")
    chat.isAt("ready")
    #expect(!chat.terminal.text.contains("Worse"))
    #expect(server.requests.count == 2 && server.requests[0].messages == server.requests[1].messages)
  }

  @Test(
    arguments: [
      (
        429, [], #"{"error":{"message":"Slow down, please","code":"rate_limit_exceeded"}}"#,
        ["Rate limit", "Slow down"]
      ),
      (502, ["Content-Type: text/html"], "<html><title>Bad &amp; ugly</title></html>", ["Server error", "Bad & ugly"]),
      (404, [], #"{"error":{"message":"No such model"}}"#, ["Not found (HTTP 404)", "No such model", "the model m"]),
      (500, [], "", ["Server error (HTTP 500)"]),
    ] as [(Int, [String], String, [String])])
  func anHTTPError(_ status: Int, _ headers: [String], _ body: String, _ told: [String]) throws {
    let server = try FaultServer { _ in [.response(status, headers, body: body)] }
    let chat = try Chat(["--retries", "0"], with: server)
    chat.ask("Hi")
    chat.isAt("failed")
    for text in told { chat.shows(text) }
    chat.shows("/retry")
  }

  @Test func tooLongATalkSaysHowMuchWasSent() throws {
    let body = #"{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#
    let server = try FaultServer { _ in [.response(400, body: body)] }
    let chat = try Chat(with: server)
    chat.ask("Hi")
    chat.shows("prompt is too long", "Sent: 2 messages", "210000 tokens; the model takes 200000", "/clear")
    chat.isAt("failed")
  }

  @Test func compactMakesRoom() throws {
    let tooLong = #"{"error":{"message":"Too long","code":"context_length_exceeded"}}"#
    let server = try FaultServer(
      inTurn: answer("First."), [.response(400, body: tooLong)], answer("They met."), answer("Second."))
    let chat = try Chat(with: server)
    chat.ask("One")
    chat.isAt("ready")
    chat.ask("Two")
    chat.shows("Too long. Sent: 4 messages", "/compact")
    chat.ask("/compact")
    chat.shows("Compacted: 2 earlier messages are now a summary of 9 characters", "You\nOne\n")
    chat.isAt("ready")
    chat.ask("/retry")
    chat.shows("Second.")
    #expect(server.requests.count == 4)
    #expect(server.requests[2].question.contains("User: One\n\nAssistant: First."))
    #expect(server.requests[3].messages.count == 2 && server.requests[3].question == "Two")
    #expect(server.requests[3].messages[0].hasSuffix("They met."))
    #expect(!chat.terminal.text.contains("They met."))
  }

  @Test func aRefusedKeyIsNamedAndNeverShown() throws {
    // A server that repeats the key that it was given, as some do.
    let server = try FaultServer { request in
      let given = request.header("authorization") ?? ""
      return [.response(401, body: #"{"error":{"message":"Incorrect API key: \#(given)"}}"#)]
    }
    let chat = try Chat(with: server)
    chat.ask("Hi")
    chat.shows("Sign-in refused (HTTP 401)", "Incorrect API key", "OPENAI_API_KEY")
    #expect(server.requests.first?.header("authorization") == "Bearer " + Program.key)
    chat.type(Press.controlD)
    chat.ends(with: 0)
  }

  @Test func aRedirectIsNotFollowed() throws {
    let other = try FaultServer { _ in answer("Never") }
    let server = try FaultServer { _ in
      [.response(302, ["Location: \(other.url)/v1/chat/completions"], body: "")]
    }
    let chat = try Chat(["--retries", "0"], with: server)
    chat.ask("Hi")
    chat.shows("Configuration error (HTTP 302)", "redirects are not", other.url)
    #expect(other.requests.isEmpty && server.requests.count == 1)
  }

  @Test func oneByteAtATime() throws {
    let server = try FaultServer { _ in
      [.head(200), .chunkByteByByte(FaultServer.Step.event("Grüße, 世界 🌍")), .done, .end]
    }
    let chat = try Chat(with: server)
    chat.ask("Hi")
    chat.shows("Assistant · m\nGrüße, 世界 🌍\n")
    chat.isAt("ready")
  }

  @Test func aCompressedAnswer() throws {
    let body = FaultServer.gzip(FaultServer.Step.event("Unpacked") + "data: [DONE]\n\n")
    let server = try FaultServer { _ in [.head(200, ["Content-Encoding: gzip"]), .chunkBytes(body), .end] }
    let chat = try Chat(with: server)
    chat.ask("Hi")
    chat.shows("Assistant · m\nUnpacked\n")
    chat.isAt("ready")
  }

  @Test(
    arguments: [
      ("--first-chunk-timeout", [.stall], "[Timeout] first-chunk timeout:"),
      ("--first-chunk-timeout", [.head(200), .chunk(": keep-alive\n\n"), .stall], "[Timeout] first-chunk timeout:"),
      ("--total-timeout", [.head(200), .stall], "[Timeout] total timeout:"),
    ] as [(String, [FaultServer.Step], String)])
  func timeoutsBeforeAnyText(_ option: String, _ steps: [FaultServer.Step], _ told: String) throws {
    let server = try FaultServer { _ in steps }
    let chat = try Chat([option, "0.3"], with: server)
    chat.ask("Hi")
    chat.shows("Assistant · m\n" + told, option, "/retry")
    chat.isAt("timed out")
  }

  @Test func theTotalTimeoutEndsAnAnswerThatNeverEnds() async throws {
    let server = try FaultServer { _ in [.head(200), .endless(FaultServer.Step.event("more "))] }
    let chat = try Chat(["--total-timeout", "0.5"], with: server)
    chat.ask("Hi")
    chat.shows("more more", "[Timeout - partial response] total timeout:")
    _ = await server.nextDeparture()
  }

  @Test func aRefusedConnection() throws {
    let closed = try ClosedPort()
    let address = "127.0.0.1:\(closed.port)"
    let chat = try Chat(["--retries", "0"], environment: Program.openAI("http://" + address))
    chat.ask("Hi")
    chat.shows("Network error", address, "/retry")
    chat.isAt("failed")
    withExtendedLifetime(closed) {}
  }
}

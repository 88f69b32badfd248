import Glibc
import TestSupport
import Testing

/// `--plain`: the chat line by line.
struct PlainTests {
  @Test func aChatThroughPipes() async throws {
    let server = try FaultServer { request in
      let turns = request.bodyText.split(separator: #""role":"user""#).count - 1
      return [
        .head(200), .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"answer \#(turns)"}}]}"# + "\n\n"),
        .chunk("data: [DONE]\n\n"), .end,
      ]
    }
    let input = "one\ntwo\n/prompt concise\n/retry\n/clear\nthree\nexit\nfour\n"
    let outcome = try await Program.run(["--plain"], Program.openAI(server.url), input: Array(input.utf8))
    #expect(outcome.code == 0 && outcome.errors == "")
    let lines = outcome.output.split(separator: "\n").dropFirst()
    #expect(
      lines == [
        "User: Assistant: answer 1", "User: Assistant: answer 2",
        "User: [System prompt: concise, from the next turn on]", "User: Assistant: answer 2",
        "User: [The conversation begins anew]", "User: Assistant: answer 1", "User: ",
      ], "\(outcome.output)")
    #expect(server.requests.count == 4)
    #expect(server.requests[2].bodyText.contains("as briefly as"))
  }

  @Test func aBrokenAnswerIsContinued() async throws {
    let server = try FaultServer(inTurn: [.head(200), .say("half an ans"), .end], answer("wer"), answer("Well."))
    let input = "/continue\none\n/continue\ntwo\n"
    let outcome = try await Program.run(["--plain"], Program.openAI(server.url), input: Array(input.utf8))
    #expect(outcome.output.contains("User: [Nothing to continue: no answer broke off]\n"))
    #expect(outcome.output.contains("before the answer was complete. /continue goes"))
    #expect(outcome.output.contains("/continue goes on from there, /retry asks again.\nUser: Assistant: wer\nUser: "))
    #expect(server.requests.count == 3)
    #expect(server.requests[2].messages.dropFirst() == ["user: one", "assistant: half an answer", "user: two"])
  }

  @Test func olderMessagesAreCompacted() async throws {
    let server = try FaultServer(inTurn: answer("1"), answer("2"), answer("In short."), answer("3"))
    let input = "/compact\none\ntwo\n/compact\nthree\n"
    let outcome = try await Program.run(["--plain"], Program.openAI(server.url), input: Array(input.utf8))
    #expect(outcome.output.contains("User: [Nothing to compact: there are no older messages]\n"))
    #expect(outcome.output.contains("[Compacted: 2 earlier messages are now a summary of 9 characters]\nUser: "))
    #expect(server.requests.last?.messages.dropFirst() == ["user: two", "assistant: 2", "user: three"])
  }

  @Test func withNothingConfiguredTheDemoAnswers() async throws {
    let outcome = try await Program.run(["--plain"], input: Array("error\n\n".utf8))
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("demo") && outcome.output.contains("[HTTP Error 500: "))
  }

  @Test func controlCStopsAnAnswerAndThenTheProgram() throws {
    let server = try FaultServer { _ in
      [.head(200), .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"so far"}}]}"# + "\n\n"), .stall]
    }
    let terminal = try PtyTerminal(
      binary(named: "aichat-tui"), ["--plain"], environment: Program.openAI(server.url).merging(["TERM": "dumb"]) { $1 }
    )
    #expect(terminal.waitForText("User:"))
    terminal.send("hello\n")
    #expect(terminal.waitForText("Assistant: so far"))
    terminal.send([3])
    #expect(terminal.waitForText("[Stopped]\nUser:"), "\(terminal.text)")
    terminal.send([3])
    #expect(terminal.waitForExit() == 130)
    #expect(terminal.settings == terminal.initialSettings)
  }
}

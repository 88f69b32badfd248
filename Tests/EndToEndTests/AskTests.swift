import Foundation
import Glibc
import TestSupport
import Testing

private func text(_ content: String) -> FaultServer.Step {
  .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"\#(content)"}}]}"# + "\n\n")
}

private let done = FaultServer.Step.chunk("data: [DONE]\n\n")

/// What a body of a request to the server said.
private struct Body: Decodable {
  struct Message: Decodable, Equatable {
    var role: String
    var content: String
  }
  var model: String?
  var messages: [Message]
  var temperature: Double?
  var seed: Int?
  var tools: [[String: String]]?
}

/// `ask`: what goes in, what comes out, and the code at the end.
struct AskTests {
  private func body(_ server: FaultServer) throws -> Body {
    let request = try #require(server.requests.last)
    return try JSONDecoder().decode(Body.self, from: Data(request.body))
  }

  // MARK: The prompt

  @Test(
    arguments: [
      (["one", "two"], nil, "one two"), (["sum up:"], "a\nb\n\n", "sum up:\n\na\nb"), ([], "  piped\n", "  piped"),
      (["--", "--json"], "", "--json"),
    ] as [([String], String?, String)])
  func wordsAndPipeMakeThePrompt(_ words: [String], _ input: String?, _ prompt: String) async throws {
    let server = try FaultServer { _ in [.head(200), done, .end] }
    let arguments = ["ask", "-s", "Be kind", "--temperature=0.5", "--seed", "7"] + words
    _ = try await Program.run(arguments, Program.openAI(server.url), input: input.map { Array($0.utf8) })
    let body = try body(server)
    #expect(body.messages == [.init(role: "system", content: "Be kind"), .init(role: "user", content: prompt)])
    #expect(body.model == "m" && body.temperature == 0.5 && body.seed == 7)
  }

  @Test func toolsArePassedOn() async throws {
    let scratch = Scratch()
    let server = try FaultServer { _ in [.head(200), done, .end] }
    let file = scratch.write("tools.json", #"[{"type": "function"}]"#)
    _ = try await Program.run(["ask", "--tools", file, "Hi"], Program.openAI(server.url))
    #expect(try body(server).tools == [["type": "function"]])
    let broken = scratch.write("broken.json", "[1,\n2")
    let outcome = try await Program.run(["ask", "--tools", broken, "Hi"], Program.openAI(server.url))
    #expect(outcome.code == 78 && outcome.errors.contains("broken.json, line 1"))
  }

  // MARK: The output

  @Test func bytesArePassedOnAsTheyAre() async throws {
    let server = try FaultServer { _ in [.head(200), text(#"a\u001b[31m\r\nb\u202e"#), done, .end] }
    let outcome = try await Program.run(["ask", "Hi"], Program.openAI(server.url))
    #expect(outcome.output == "a\u{1B}[31m\r\nb\u{202E}")
    #expect(outcome.errors == "" && outcome.code == 0)
  }

  @Test func onATerminalTheyAreMadeSafe() throws {
    let server = try FaultServer { _ in [.head(200), text(#"a\u001b[31mb"#), done, .end] }
    let terminal = try PtyTerminal(
      binary(named: "aichat-tui"), ["ask", "Hi"], environment: Program.openAI(server.url))
    #expect(terminal.waitForExit() == 0)
    #expect(terminal.text.hasPrefix("a␛[31mb\n"), "\(terminal.text)")
    #expect(terminal.output.suffix(2) == [13, 10])
  }

  @Test func theOrderOfTheResultsKeysIsKept() async throws {
    let server = try FaultServer { _ in [.head(200), text(#"\u0000\n"#), done, .end] }
    let outcome = try await Program.run(["ask", "--json", "a \"b\""], Program.openAI(server.url))
    let start =
      #"{"index":0,"prompt":"a \"b\"","content":"\u0000\n","reasoning":null,"refusal":null,"model":null,"#
      + #""finish_reason":null,"usage":null,"tool_calls":[],"chunks":1,"status":"complete","error":null,"#
      + #""timing":{"first_chunk_ms":"#
    #expect(outcome.output.hasPrefix(start), "\(outcome.output)")
  }

  // MARK: Ends

  @Test(arguments: [
    (400, 65, "bad_request", "[HTTP Error 400: "), (401, 77, "auth", "[Auth Error: "),
    (403, 77, "auth", "[Auth Error: "),
    (404, 78, "not_found", "[HTTP Error 404: "), (429, 75, "rate_limit", "[HTTP Error 429: "),
    (500, 75, "server", "[HTTP Error 500: "), (302, 78, "config", "[HTTP Error 302: "),
  ])
  func anHTTPErrorHasItsCode(_ status: Int, _ code: Int32, _ kind: String, _ start: String) async throws {
    // A server that repeats the key it was given: the program must not.
    let server = try FaultServer { request in
      let given = request.header("authorization") ?? ""
      return [
        .response(status, ["Location: http://127.0.0.1:1/"], body: #"{"error":{"message":"no: \#(given)"}}"#)
      ]
    }
    let environment = Program.openAI(server.url)
    let plain = try await Program.run(["ask", "--retries", "0", "Hi"], environment)
    #expect(plain.code == code)
    #expect(plain.errors.hasPrefix(start) && plain.errors.hasSuffix("]\n"), "\(plain.errors)")
    #expect(plain.errors.split(separator: "\n").count == 1 && plain.output == "")
    let json = try await Program.run(["ask", "--json", "--retries=0", "Hi"], environment)
    #expect(json.code == code && json.errors == "", "\(json.code), \(json.errors), \(json.output)")
    let line = try ResultLine(json)
    #expect(line.status == "failed" && line.error?.kind == kind && line.error?.status == status)
  }

  @Test func aRefusedConnection() async throws {
    let server = try FaultServer { _ in [.close] }
    let url = server.url
    server.stop()
    let outcome = try await Program.run(["ask", "--retries", "0", "Hi"], Program.openAI(url))
    #expect(outcome.code == 69 && outcome.errors.hasPrefix("[Network Error: "), "\(outcome)")
  }

  @Test(arguments: [
    (["--chunk-timeout", "0.05"], true, "timeout_chunk"),
    (["--first-chunk-timeout", "0.05"], false, "timeout_first_chunk"),
    (["--total-timeout", "0.05"], false, "timeout_total"),
  ])
  func timeouts(_ option: [String], _ hasText: Bool, _ kind: String) async throws {
    let server = try FaultServer { _ in hasText ? [.head(200), text("so far"), .stall] : [.head(200), .stall] }
    let json = try await Program.run(["ask", "--json", "Hi"] + option, Program.openAI(server.url))
    let line = try ResultLine(json)
    #expect(json.code == 124 && line.status == "timed_out" && line.error?.kind == kind)
    #expect(line.content == (hasText ? "so far" : ""))
    let plain = try await Program.run(["ask", "Hi"] + option, Program.openAI(server.url))
    #expect(plain.output == (hasText ? "so far" : "") && plain.errors == "[Timeout - partial response]\n", "\(plain)")
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func aSignalStopsTheTurnAndKeepsItsText(_ signal: Int32, _ code: Int32) async throws {
    let server = try FaultServer { _ in [.head(200), text("so far"), .stall] }
    let program = try Program(["ask", "Hi"], Program.openAI(server.url))
    #expect(await program.waitForOutput("so far"))
    program.send(signal)
    _ = await server.nextDeparture()
    let outcome = await program.finish()
    #expect(outcome.code == code && outcome.output == "so far" && outcome.errors == "", "\(outcome)")
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func aSignalStillBringsTheResult(_ signal: Int32, _ code: Int32) async throws {
    let server = try FaultServer { _ in [.head(200), text("so far"), .stall] }
    let program = try Program(["ask", "--json", "Hi"], Program.openAI(server.url))
    _ = await server.nextRequest()
    program.send(signal)
    let outcome = await program.finish()
    let line = try ResultLine(outcome)
    #expect(outcome.code == code && line.status == "cancelled" && line.error == nil)
  }

  @Test(arguments: [["ask", "Hi"], ["ask", "--json", "Hi"]])
  func aReaderThatGoesAwayEndsIt(_ arguments: [String]) async throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in [.head(200), text("begin"), .wait(gate), text("more"), done, .end] }
    let home = TemporaryHome()
    var environment = Program.openAI(server.url)
    environment["HOME"] = home.path
    let program = try Program(arguments, environment)
    _ = await server.nextRequest()
    await program.closeOutput()
    gate.open()
    #expect(await program.finish().code == 141)
    // How it ended is known to the saved chat.
    let saved = try await Program.run(["history", "show", "last", "--json"], environment)
    #expect(saved.output.contains("begin") && saved.output.contains("\"status\""), "\(saved)")
  }

  @Test func controlZStopsItAndItGoesOn() throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in [.head(200), text("one "), .wait(gate), text("two"), done, .end] }
    let terminal = try PtyTerminal(
      binary(named: "aichat-tui"), ["ask", "Hi"], environment: Program.openAI(server.url))
    #expect(terminal.waitForText("one"))
    terminal.send([26])
    #expect(terminal.waitForStop())
    gate.open()
    terminal.signal(SIGCONT)
    #expect(terminal.waitForExit() == 0)
    #expect(terminal.text.contains("one ") && terminal.text.contains("two"), "\(terminal.text)")
  }

  // MARK: The demo

  @Test func theDemoAnswersWhereItIsAskedFor() async throws {
    let outcome = try await Program.run(["ask", "--provider", "demo", "error"])
    #expect(outcome.code == 75)
    #expect(outcome.errors.hasPrefix("[HTTP Error 500: "))
  }
}

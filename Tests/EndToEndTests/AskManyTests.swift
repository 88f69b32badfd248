import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

private func text(_ content: String) -> FaultServer.Step {
  .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"\#(content)"}}]}"# + "\n\n")
}

private let done = FaultServer.Step.chunk("data: [DONE]\n\n")

/// What a request asked, and whom.
private struct Asked: Decodable {
  struct Message: Decodable {
    var content: String
  }
  var model: String
  var messages: [Message]

  init(_ request: FaultServer.Request) {
    self =
      (try? JSONDecoder().decode(Asked.self, from: Data(request.body))) ?? Asked(model: "?", messages: [])
  }

  private init(model: String, messages: [Message]) {
    self.model = model
    self.messages = messages
  }

  var prompt: String { messages.last?.content ?? "?" }
}

/// `ask` with several prompts or models.
struct AskManyTests {
  /// The lines of one answer, without their prefix.
  private func lines(_ outcome: Program.Outcome, of index: Int) -> [String] {
    outcome.output.split(separator: "\n").filter { $0.hasPrefix("[\(index)] ") }.map {
      String($0.dropFirst("[\(index)] ".count))
    }
  }

  private func results(_ outcome: Program.Outcome) throws -> [ResultLine] {
    try outcome.output.split(separator: "\n").map { line in
      try ResultLine(Program.Outcome(code: 0, bytes: Array("\(line)\n".utf8), errors: ""))
    }
  }

  @Test func linesOfDifferentAnswersDoNotMix() async throws {
    let gates = (FaultServer.Gate(), FaultServer.Gate())
    // Each answer stops in the middle of a line until the other has one under way, too.
    let server = try FaultServer { request in
      let isFirst = Asked(request).prompt == "a"
      let (mine, other) = isFirst ? gates : (gates.1, gates.0)
      let name = isFirst ? "a" : "b"
      return [
        .head(200), text("\(name) one\\n\(name) t"), .call { mine.open() }, .wait(other), text("wo\\n\(name)"),
        text(" three"), done, .end,
      ]
    }
    let outcome = try await Program.run(["ask", "--each", "a", "b"], Program.openAI(server.url))
    #expect(lines(outcome, of: 0) == ["a one", "a two", "a three"])
    #expect(lines(outcome, of: 1) == ["b one", "b two", "b three"])
    #expect(outcome.output.split(separator: "\n").count == 6 && outcome.errors == "" && outcome.code == 0)
  }

  @Test func everyPromptForEveryModelInThatOrder() async throws {
    let server = try FaultServer { request in
      let asked = Asked(request)
      return [.head(200), text("\(asked.prompt.replacing("\n", with: "\\n")) by \(asked.model)"), done, .end]
    }
    let arguments = ["ask", "--each", "-m", "x", "--model=y", "p", "q"]
    let outcome = try await Program.run(arguments, Program.openAI(server.url))
    let expected = ["[0] p by x", "[1] p by y", "[2] q by x", "[3] q by y"]
    #expect(outcome.output.split(separator: "\n").map(String.init).sorted() == expected)
    // Without --each the words are one prompt, and what is piped in belongs to it.
    let one = try await Program.run(
      ["ask", "-mx", "-my", "p", "q"], Program.openAI(server.url), input: Array("r\n".utf8))
    #expect(lines(one, of: 1) == ["p q", "", "r by y"] && one.code == 0)
  }

  @Test func everyLineOfStandardInputIsAPrompt() async throws {
    let server = try FaultServer { request in [.head(200), text(Asked(request).prompt), done, .end] }
    let outcome = try await Program.run(
      ["ask", "--each", "--json"], Program.openAI(server.url), input: Array("one\r\n\n  \n two \nthree".utf8))
    let prompts = try results(outcome).sorted { $0.index < $1.index }.map(\.prompt)
    #expect(prompts == ["one", " two ", "three"])
    // What is piped in besides prompts belongs to each of them.
    let both = try await Program.run(
      ["ask", "--each", "--json", "a", "b"], Program.openAI(server.url), input: Array("about this\n".utf8))
    #expect(try Set(results(both).map(\.prompt)) == ["a\n\nabout this", "b\n\nabout this"])
    let none = try await Program.run(["ask", "--each"], Program.openAI(server.url), input: Array("\n \n".utf8))
    #expect(none.code == 64 && none.errors.contains("--each"))
  }

  @Test func resultsComeInTheOrderOfEnding() async throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { request in
      Asked(request).prompt == "slow"
        ? [.head(200), text("s"), .wait(gate), done, .end] : [.head(200), text("q"), done, .end]
    }
    let program = try Program(["ask", "--each", "--json", "slow", "quick"], Program.openAI(server.url))
    #expect(await program.waitForOutput("\"index\":1"))
    gate.open()
    let results = try results(await program.finish())
    #expect(results.map(\.index) == [1, 0] && results.map(\.content) == ["q", "s"])
  }

  @Test(arguments: [1, 2]) func soManyRunAtATime(_ jobs: Int) async throws {
    let now = Mutex((running: 0, most: 0))
    let full = FaultServer.Gate()
    let server = try FaultServer { _ in
      let count = now.withLock { now in
        now.running += 1
        now.most = max(now.most, now.running)
        return now.running
      }
      // All wait until there are as many as there may be.
      if count == jobs { full.open() }
      return [.wait(full), .call { now.withLock { $0.running -= 1 } }, .head(200), text("x"), done, .end]
    }
    let prompts = (1...6).map { "\($0)" }
    let outcome = try await Program.run(
      ["ask", "--each", "--jobs", "\(jobs)"] + prompts, Program.openAI(server.url))
    #expect(outcome.code == 0 && outcome.output.split(separator: "\n").count == 6)
    #expect(now.withLock { $0.most } == jobs)
    if jobs == 1 { #expect(server.requests.map { Asked($0).prompt } == prompts) }
  }

  @Test func aFailureStopsNoneOfTheOthers() async throws {
    let server = try FaultServer { request in
      switch Asked(request).prompt {
      case "bad": [.response(401, body: #"{"error":{"message":"no"}}"#)]
      case "worse": [.response(404, body: #"{"error":{"message":"none"}}"#)]
      default: [.head(200), text("fine"), done, .end]
      }
    }
    let outcome = try await Program.run(
      ["ask", "--each", "good", "worse", "bad", "better"], Program.openAI(server.url))
    #expect(outcome.code == 78, "the first that is not 0, by index")
    #expect(outcome.output.split(separator: "\n").sorted() == ["[0] fine", "[3] fine"])
    let errors = outcome.errors.split(separator: "\n").sorted()
    #expect(
      errors.count == 2 && errors[0].hasPrefix("[1] [HTTP Error 404: ") && errors[1].hasPrefix("[2] [Auth Error: "))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func aSignalEndsAllOfThem(_ signal: Int32, _ code: Int32) async throws {
    let server = try FaultServer { _ in [.head(200), text("so far"), .stall] }
    let program = try Program(
      ["ask", "--json", "--each", "--jobs", "2", "a", "b", "c"], Program.openAI(server.url))
    _ = await server.nextRequest()
    _ = await server.nextRequest()
    program.send(signal)
    let outcome = await program.finish()
    let results = try results(outcome)
    #expect(outcome.code == code && outcome.errors == "")
    #expect(results.map(\.index).sorted() == [0, 1, 2] && results.allSatisfy { $0.status == "cancelled" })
    #expect(server.requests.count == 2, "the third is not asked any more")
  }

  @Test func aReaderThatGoesAwayEndsAllOfThem() async throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in [.head(200), .wait(gate), text("a line\\n"), .stall] }
    let program = try Program(["ask", "--each", "a", "b", "c", "d", "e"], Program.openAI(server.url))
    for _ in 0..<4 { _ = await server.nextRequest() }
    await program.closeOutput()
    gate.open()
    #expect(await program.finish().code == 141)
  }

  @Test func eachIsAChatOfItsOwn() async throws {
    let scratch = Scratch()
    let environment = ["HOME": scratch.path]
    let outcome = try await Program.run(
      ["ask", "--provider", "demo", "--each", "I am sad", "My mother is here", "Hello"], environment)
    #expect(outcome.code == 0 && outcome.errors == "", "\(outcome)")
    let list = try await Program.run(["history", "list", "--json"], environment).output
    for title in ["I am sad", "My mother is here", "Hello"] { #expect(list.contains("\"\(title)\""), "\(list)") }
  }
}

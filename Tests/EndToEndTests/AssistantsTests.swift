import Glibc
import TestSupport
import Testing

/// The program against a server of the Assistants API that takes the documented order of requests, and no other.
struct AssistantsTests {
  private func environment(_ url: String) -> [String: String] {
    Program.openAI(url).merging(["ASSISTANT_ID": "asst_1"]) { $1 }
  }

  /// Answers as the service does; each run's stream is `run`.
  private func server(_ run: [FaultServer.Step]) throws -> FaultServer {
    try FaultServer { request in
      guard request.method == "POST", request.header("openai-beta") == "assistants=v2" else {
        return [.response(400, body: #"{"error":{"message":"not the documented request"}}"#)]
      }
      switch request.target {
      case "/v1/threads": return [.response(200, body: #"{"id":"t","object":"thread"}"#)]
      case "/v1/threads/t/messages": return [.response(200, body: #"{"id":"m","object":"thread.message"}"#)]
      case "/v1/threads/t/runs": return run
      case "/v1/threads/t/runs/run_1/cancel": return [.response(200, body: #"{"id":"run_1","status":"cancelling"}"#)]
      default: return [.response(404, body: #"{"error":{"message":"no such route"}}"#)]
      }
    }
  }

  private func run(_ status: String) -> FaultServer.Step {
    .chunk(
      "event: thread.run.\(status)\ndata: {\"object\":\"thread.run\",\"id\":\"run_1\",\"status\":\"\(status)\"}\n\n")
  }
  private let text = FaultServer.Step.chunk(
    "event: thread.message.delta\n"
      + #"data: {"object":"thread.message.delta","delta":{"content":[{"type":"text","text":{"value":"so far"}}]}}"#
      + "\n\n")

  @Test func aTalkKeepsItsThread() async throws {
    let server = try server([.head(200), run("queued"), text, run("completed"), .end])
    let outcome = try await Program.run(
      ["--plain", "--provider", "openai-assistants"], environment(server.url), input: Array("one\ntwo\n\n".utf8))
    #expect(outcome.code == 0 && outcome.output.split(separator: "so far").count == 3, "\(outcome)")
    #expect(
      server.requests.map(\.target) == [
        "/v1/threads", "/v1/threads/t/messages", "/v1/threads/t/runs", "/v1/threads/t/messages", "/v1/threads/t/runs",
      ])
    #expect(server.requests.map(\.bodyText).filter { $0.contains("content") }.count == 2)
    // The environment's model is for chats.
    #expect(!server.requests.contains { $0.bodyText.contains("model") })
  }

  @Test(arguments: [["ask", "Hi"], ["--plain"]]) func ctrlCCancelsTheRun(_ arguments: [String]) async throws {
    let server = try server([.head(200), run("in_progress"), text, .stall])
    let program = try Program(
      arguments + ["--provider", "openai-assistants"], environment(server.url), input: Array("Hi\n\n".utf8))
    #expect(await program.waitForOutput("so far"))
    program.send(SIGINT)
    let outcome = await program.finish()
    #expect(outcome.code == (arguments == ["--plain"] ? 0 : 130), "\(outcome)")
    #expect(server.requests.last?.target == "/v1/threads/t/runs/run_1/cancel")
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func aSignalThatEndsTheChatCancelsTheRun(_ signal: Int32) async throws {
    let server = try server([.head(200), run("in_progress"), text, .stall])
    let program = try Program(
      ["--plain", "--provider", "openai-assistants"], environment(server.url), input: Array("Hi\nmore\n\n".utf8))
    #expect(await program.waitForOutput("so far"))
    program.send(signal)
    let outcome = await program.finish()
    #expect(outcome.code == 128 + signal, "\(outcome)")
    #expect(
      server.requests.map(\.target).dropFirst(2) == ["/v1/threads/t/runs", "/v1/threads/t/runs/run_1/cancel"])
  }

  @Test func aServerThatIgnoresTheCancelHoldsNobodyUpForLong() async throws {
    let server = try FaultServer { request in
      switch request.target {
      case "/v1/threads": [.response(200, body: #"{"id":"t"}"#)]
      case "/v1/threads/t/messages": [.response(200, body: "{}")]
      case "/v1/threads/t/runs": [.head(200), run("in_progress"), text, .reset]
      default: [.stall]
      }
    }
    let outcome = try await Program.run(
      ["ask", "--provider", "openai-assistants", "--retries", "0", "Hi"], environment(server.url))
    #expect(outcome.code == 76 && outcome.output == "so far", "\(outcome)")
  }

  @Test func aToolThatIsAskedForIsShown() async throws {
    let action = FaultServer.Step.chunk(
      #"data: {"object":"thread.run","id":"run_1","status":"requires_action","required_action":{"submit_tool_outputs":"#
        + #"{"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}}}"# + "\n\n")
    let server = try server([.head(200), action, .end])
    let line = try ResultLine(
      try await Program.run(["ask", "--json", "--provider", "openai-assistants", "Hi"], environment(server.url)))
    #expect(line.status == "complete" && line.finishReason == "tool_calls")
    #expect(line.toolCalls == [.init(id: "c", type: "function", function: .init(name: "f", arguments: "{}"))])
  }

  @Test func withoutAnAssistantNothingIsAsked() async throws {
    let server = try server([])
    let outcome = try await Program.run(["ask", "--provider", "openai-assistants", "Hi"], Program.openAI(server.url))
    #expect(outcome.code == 78 && outcome.errors.contains("ASSISTANT_ID") && server.requests.isEmpty, "\(outcome)")
  }
}

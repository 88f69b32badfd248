import Foundation
import TestSupport
import Testing

/// Tools that run, in the real program, called by the demo.
struct ToolTests {
  private let scratch = Scratch()

  /// A home whose configuration has the tools that the demo calls.
  private var environment: [String: String] {
    scratch.write(
      ".config/aichat-tui/config.json",
      """
      { tools: {
        get_weather: { description: "Weather", command: ["sh", "-c", "echo rain; cat"] },
        get_local_time: { description: "Time", command: ["sh", "-c", "echo noon; env | grep -c API_KEY"] },
      } }
      """)
    return ["HOME": scratch.path, "OPENAI_API_KEY": Program.key]
  }

  private let arguments = ["ask", "--provider", "demo", "--allow-tool", "get_weather", "tools"]

  @Test func askRunsWhatIsAllowed() async throws {
    let outcome = try await Program.run(arguments + ["--allow-tool=get_local_time"], environment)
    #expect(outcome.output.contains("rain\n{\"location\":\"Oslo\",\"unit\":\"celsius\"}"), "\(outcome)")
    #expect(outcome.output.contains("noon\n0\n") && outcome.errors == "" && outcome.code == 0)
  }

  @Test func theResultIsOfTheWholeTurn() async throws {
    let environment = environment
    let line = try ResultLine(try await Program.run(["ask", "--json"] + arguments.dropFirst(), environment))
    #expect(line.toolCalls.map(\.function.name) == ["get_weather", "get_local_time"])
    #expect(line.content.contains("rain") && line.content.contains("no tool of this name"))
    #expect(line.finishReason == "stop" && line.status == "complete" && (line.usage?.totalTokens ?? 0) > 0)
    let saved = try await Program.run(["history", "show", "last", "--json"], environment).output
    #expect(saved.contains("\"role\" : \"tool\"") && saved.contains("call_demo_weather"), "\(saved)")
    // The talk goes on with all of it.
    let next = try await Program.run(["ask", "--provider", "demo", "--continue", "Hello"], environment)
    #expect(next.code == 0 && !next.output.isEmpty)
  }

  @Test func nothingRunsUnlessItIsAllowed() async throws {
    let outcome = try await Program.run(["ask", "--provider", "demo", "tools"], environment)
    #expect(outcome.output == "" && outcome.errors.contains("[Tool calls: get_weather, get_local_time"), "\(outcome)")
    let unknown = try await Program.run(["ask", "--allow-tool", "get_wether", "tools"], environment)
    let wire = try await Program.run(
      ["ask", "--provider", "openai-completions", "--allow-tool", "get_weather", "x"], environment)
    #expect(wire.code == 64 && wire.errors.contains("openai-completions cannot be told"), "\(wire)")
    #expect(unknown.code == 64 && unknown.errors.contains("get_weather"), "\(unknown)")
  }

  @Test func askSaysThatItEndedAfterManyRounds() async throws {
    let call = #"{"index":0,"id":"c","function":{"name":"get_weather","arguments":"{}"}}"#
    let server = try FaultServer { _ in
      [
        .head(200), .chunk(#"data: {"choices":[{"delta":{"content":"x","tool_calls":[\#(call)]}}]}"# + "\n\n"),
        .chunk(#"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"# + "\n\ndata: [DONE]\n\n"), .end,
      ]
    }
    let environment = environment.merging(Program.openAI(server.url)) { $1 }
    let outcome = try await Program.run(["ask", "--allow-tool", "get_weather", "x"], environment)
    #expect(outcome.errors.contains("[Ended: tools were run 10 times]") && outcome.code == 0, "\(outcome)")
  }

  @Test func thePlainChatRunsWhatIsAllowed() async throws {
    let outcome = try await Program.run(
      ["--plain", "--provider", "demo", "--allow-tool", "get_weather"], environment, input: Array("tools\n".utf8))
    #expect(outcome.output.contains("Assistant: \n[Tool call: get_weather({\"location\""), "\(outcome)")
    #expect(outcome.output.contains("[Its answer: rain {\"location\"") && outcome.output.contains("have answered"))
  }

  @Test func nothingRunsSideBySideUnlessItIsAllowed() throws {
    let environment = environment
    scratch.write(
      ".config/aichat-tui/config.json",
      """
      { tools: {
        get_weather: { description: "Weather", command: ["sh", "-c", "echo rain"] },
        get_local_time: { description: "Time", command: ["sh", "-c", "touch \(scratch.path)/ran"] },
      } }
      """)
    for (arguments, end) in [([], "get_local_time"), (["--allow-tool", "get_weather"], "“rain")] {
      let chat = try Chat(["--provider", "demo"] + arguments, environment: environment)
      chat.ask("/compare here there")
      chat.isAt("next to 2 models")
      chat.ask("tools")
      chat.isAt("2 answers")
      chat.shows(end)
      chat.type(Press.controlD)
      chat.ends(with: 0)
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/ran"))
  }

  @Test func theScreenAsks() throws {
    let chat = try Chat(["--provider", "demo"], environment: environment)
    chat.ask("tools")
    chat.shows("$ sh -c 'echo rain; cat'", "← {\"location\":\"Oslo\"", "Run get_weather? y once")
    // What is typed at once may still be meant for the input.
    chat.until("yes counts") { terminal in
      terminal.send("y")
      return terminal.wait(timeout: .seconds(2)) { $0.text.contains("Run get_local_time?") }
    }
    chat.until("no counts") { terminal in
      terminal.send("n")
      return terminal.wait(timeout: .seconds(2)) { $0.text.contains("have answered") }
    }
    chat.shows("Answer of the tool", "have answered “rain", "The user did not allow")
    chat.isAt("ready")
    chat.type("\u{15}" + "/exit\r")
    chat.ends(with: 0)
  }
}

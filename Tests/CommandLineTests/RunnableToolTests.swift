import ChatEngine
import ChatModel
import ChatScreen
import Foundation
import TestSupport
import Testing

@testable import aichat_tui

/// Tools that are programs.
@Suite(.timeLimit(.minutes(1))) struct RunnableToolTests {
  private func tool(_ script: String, limit: Duration = .seconds(20), name: String = "t") -> RunnableTool {
    RunnableTool(
      name: name, definition: .null, command: ["sh", "-c", script], limit: limit,
      environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func argumentsComeOnStandardInput() async {
    #expect(
      await tool("cat; env | grep -c KEY").run(#"{"a":"ż"}"#) == #"{"a":"ż"}0"# + "\n\n[t ended with exit code 1]")
    #expect(await tool("true").run("") == "(no output)")
  }

  @Test func noShellIsBetween() async {
    var echo = tool("")
    echo.command = ["echo", "$HOME; *", "b"]
    #expect(await echo.run("{}") == "$HOME; * b\n")
    echo.command = ["/nowhere/tool"]
    #expect(await echo.run("{}").hasPrefix("[t could not be started: "))
  }

  @Test func failuresAreTold() async {
    #expect(await tool("echo half; echo why >&2; exit 3").run("") == "half\n\n[t ended with exit code 3]\nwhy\n")
  }

  @Test func whatTakesTooLongIsEndedWithAllItStarted() async {
    let answer = await tool("echo begun; sleep 1000 & sleep 1000", limit: .milliseconds(200)).run("")
    #expect(answer == "begun\n\n[t took longer than 0 s and was ended]")
  }

  @Test func aLongAnswerIsCut() async {
    let answer = await tool("yes | head -c 1000000").run("")
    #expect(answer.hasPrefix("y\ny\n") && answer.hasSuffix("\n[cut after 65536 bytes]"))
    #expect(answer.utf8.count < 66_000)
  }

  @Test func cancellingTheTaskEndsIt() async {
    let task = Task { await tool("sleep 1000").run("") }
    task.cancel()
    _ = await task.value
  }

  @Test func theConfigurationNamesThem() throws {
    let text = """
      { tools: { look: { command: ["looker", "-v"], description: "Looks", timeout: 2.5,
                         parameters: { type: "object", properties: { at: { type: "string" } } } } } }
      """
    let tool = try #require(try ConfigurationFile(text: text, path: "c.json").tools.first)
    #expect(tool.name == "look" && tool.command == ["looker", "-v"] && tool.limit == .seconds(2.5))
    #expect(tool.definition["function"]?["name"] == .string("look"))
    #expect(tool.definition["function"]?["parameters"]?["properties"]?["at"] != nil)
    #expect(ToolDefinitions.missing(in: [tool.definition], of: [tool]) == [])
    #expect(ToolDefinitions.missing(in: [], of: [tool]) == [tool.definition])
  }

  @Test(arguments: [
    ("{ tools: { look: {} } }", "tools.look.command is missing"),
    ("{ tools: { look: { command: \"rm -rf /\" } } }", "list of a program"),
    ("{ tools: { look: { command: [] } } }", "program"),
    ("{ tools: { look: { command: [\"x\"], timeout: 0 } } }", "timeout"),
    ("{ tools: { look: { command: [\"x\"], parameters: 3 } } }", "schema"),
    ("{ tools: { look: { command: [\"x\"], comand: 3 } } }", "comand"),
  ])
  func mistakesAreNamed(_ text: String, _ words: String) {
    let failure = #expect(throws: CommandFailure.self) { try ConfigurationFile(text: text, path: "c.json") }
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
  }

  // MARK: Asking

  private let call = ToolCall(id: "c", name: "t", arguments: "in")

  @Test func eachIsAskedForUntilAlways() async {
    let questions = Inbox<ToolQuestion>()
    let told = Inbox<ToolQuestion>()
    let tools = AskedTools([tool("cat")], allowed: []) {
      questions.put($0)
    } tell: {
      told.put($0)
    }
    for (decision, answer) in [
      (ToolQuestion.Decision.never, "[The user did not allow t to run]"), (.once, "in"), (.always, "in"),
    ] {
      async let outputs = tools.answer([call])
      let question = await questions.next()
      #expect(question.command == ["sh", "-c", "cat"] && question.arguments == "in")
      tools.decide(question.id, decision)
      #expect(await outputs == [answer])
    }
    #expect(await tools.answer([call, ToolCall(id: nil, name: "u", arguments: "")]) == ["in", ToolShelf.unknown])
    // It is shown though nobody is asked.
    #expect(await told.next().arguments == "in")
  }

  @Test func whatWasAllowedIsNotAskedFor() async {
    let tools = AskedTools([tool("cat")], allowed: ["t"]) { _ in
      Issue.record("it is asked for")
    } tell: { _ in
    }
    #expect(await tools.answer([call]) == ["in"])
    #expect(!tools.takes([ToolCall(id: nil, name: "u", arguments: "")]) && tools.takes([call]))
  }

  @Test func aQuestionEndsWithItsTurn() async {
    let questions = Inbox<ToolQuestion>()
    let tools = AskedTools([tool("cat")], allowed: []) {
      questions.put($0)
    } tell: { _ in
    }
    let task = Task { await tools.answer([call]) }
    let question = await questions.next()
    task.cancel()
    #expect(await task.value == [])
    tools.decide(question.id, .once)
  }
}

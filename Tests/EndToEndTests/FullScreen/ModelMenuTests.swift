import TestSupport
import Testing

/// Switching models and providers, as the next request shows.
@Suite(.ownThreads) struct ModelMenuTests {
  private func server() throws -> FaultServer {
    try FaultServer { request in
      request.target.hasSuffix("/models")
        ? [.response(200, body: #"{"data":[{"id":"listed-one"},{"id":"listed-two"}]}"#)] : answer("Yes.")
    }
  }

  @Test func theMenuSwitchesTheModel() throws {
    let server = try server()
    let chat = try Chat(with: server)
    chat.type("\u{1B}OR")
    chat.shows("─ Model ─", "• m", "listed-one", "listed-two", "  demo ")
    chat.type("two")
    chat.shows("/ two")
    chat.type(Press.enter)
    chat.shows("Model: listed-two · openai · from the next message on")
    chat.ask("Hi")
    chat.shows("Yes.\n")
    #expect(server.requests.last?.bodyText.contains(#""model":"listed-two""#) == true)
  }

  @Test func modelsOfAllProvidersAreListedAndAFailureIsNamed() throws {
    let scratch = Scratch()
    let second = try FaultServer { _ in [.response(500, body: #"{"error":{"message":"out of order"}}"#)] }
    let third = try FaultServer { _ in [.response(200, body: #"{"data":[{"id":"of-the-third"}]}"#)] }
    scratch.write(
      "aichat-tui/config.json",
      """
      { providers: {
        work: { type: "openai", endpoint: "\(second.url)/v1", key_variable: "WORK_KEY", model: "w" },
        home: { type: "openai", endpoint: "\(third.url)/v1", key_variable: "WORK_KEY", model: "h" },
        locked: { type: "openai", endpoint: "\(third.url)/v1", key_command: "false", model: "l" },
      } }
      """)
    let chat = try Chat(
      with: try server(), environment: ["XDG_CONFIG_HOME": scratch.path, "WORK_KEY": "sk-of-work-alone"])
    chat.isAt("ready")
    chat.type("\u{1B}OR")
    chat.shows("listed-one", "work: w", "work lists no models", "home: of-the-third", "locked: l")
    chat.type("third" + Press.enter)
    chat.isAt("home", "of-the-third")
  }

  @Test func aChatGoesOnWithWhoAnsweredItLast() throws {
    let scratch = Scratch()
    let home = TemporaryHome()
    let first = try server()
    let second = try server()
    let work =
      #"work: { type: "openai", endpoint: "\#(second.url)/v1", key_variable: "WORK_KEY", model: "w", models: ["w", "x"] }"#
    scratch.write("aichat-tui/config.json", "{ providers: { \(work) } }")
    func chat(_ arguments: [String]) throws -> Chat {
      try Chat(
        arguments, with: first,
        environment: ["XDG_CONFIG_HOME": scratch.path, "WORK_KEY": "sk-of-work-alone", "HOME": home.path], columns: 110)
    }
    let begun = try chat([])
    begun.ask("One")
    begun.shows("Yes.\n")
    begun.ask("/provider work")
    begun.isAt("work", "w", "ready")
    begun.ask("/model x")
    begun.isAt("work", "x", "ready")
    // Nothing was asked there yet: what was chosen counts.
    begun.type(Press.controlD)
    begun.ends(with: 0)
    let resumed = try chat(["--continue"])
    resumed.shows("Yes.\n", "Model: x · work · from the next message on")
    resumed.isAt("work", "x", "ready")
    resumed.ask("Two")
    resumed.shows("You\nTwo\n\nAssistant · x\nYes.\n")
    #expect(second.requests.last?.bodyText.contains(#""model":"x""#) == true)
    resumed.type(Press.controlD)
    resumed.ends(with: 0)
    let asked = try chat(["--continue", "--model", "of-the-option"])
    asked.shows("Two")
    asked.isAt("openai", "of-the-option")
    asked.type(Press.controlD)
    asked.ends(with: 0)
    scratch.write("aichat-tui/config.json", "{ providers: {} }")
    let without = try chat(["--continue"])
    without.shows("This chat was answered by x · work, which is not configured any more; now m · openai answers")
    without.isAt("openai", "m", "ready")
  }

  @Test func whoAPromptAskedForAndTheDemoAreComeBackTo() throws {
    let scratch = Scratch()
    let home = Scratch()
    let server = try server()
    scratch.write(
      "aichat-tui/prompts/warm.md", "---\nmodel: warm-model\ntemperature: 1.5\n---\nYou are warm.")
    func chat(_ arguments: [String]) throws -> Chat {
      try Chat(
        arguments, with: server, environment: ["XDG_CONFIG_HOME": scratch.path, "HOME": home.path], columns: 110)
    }
    let begun = try chat([])
    begun.ask("/prompt warm")
    begun.isAt("warm-model", "temperature 1.5", "ready")
    begun.ask("One")
    begun.shows("Yes.\n")
    begun.isAt("ready")
    begun.type(Press.controlD)
    begun.ends(with: 0)
    let resumed = try chat(["--continue"])
    resumed.isAt("warm-model", "temperature 1.5", "ready")
    resumed.ask("/provider demo")
    resumed.isAt("demo", "ready")
    resumed.ask("Hello")
    resumed.shows("I am Eliza")
    resumed.isAt("ready")
    resumed.type(Press.controlD)
    resumed.ends(with: 0)
    let again = try chat(["--continue"])
    again.shows("I am Eliza")
    again.isAt("demo", "ready")
  }

  @Test func anotherProviderGetsTheTalkAndItsOwnKeyAlone() throws {
    let scratch = Scratch()
    let first = try server()
    let second = try server()
    scratch.write(
      "aichat-tui/config.json",
      """
      { providers: {
        work: { type: "openai", endpoint: "\(second.url)/v1", key_variable: "WORK_KEY", model: "w" },
        half: { type: "azure-openai", endpoint: "\(second.url)" },
      } }
      """)
    let chat = try Chat(
      with: first, environment: ["XDG_CONFIG_HOME": scratch.path, "WORK_KEY": "sk-of-work-alone"])
    chat.ask("One")
    chat.shows("Yes.\n")
    chat.isAt("ready")
    chat.ask("/provider half")
    chat.shows("half is not fully configured", "Nothing is switched: openai answers as before")
    chat.ask("/provider work")
    chat.isAt("work", "w", "ready")
    chat.ask("Two")
    chat.shows("You\nTwo\n\nAssistant · w\nYes.\n")
    #expect(first.requests.allSatisfy { !"\($0.headers)".contains("sk-of-work-alone") })
    let request = try #require(second.requests.last)
    #expect(second.requests.allSatisfy { !"\($0.headers)".contains(Program.key) })
    #expect(request.header("Authorization") == "Bearer sk-of-work-alone")
    #expect(request.messages.dropFirst() == ["user: One", "assistant: Yes.", "user: Two"])
  }
}

import Foundation
import TestSupport
import Testing

/// Switching system prompts, as the next request shows.
@Suite(.ownThreads) struct PromptMenuTests {
  private let plain = "system: You are a helpful AI assistant."

  private func server() throws -> FaultServer { try FaultServer { _ in answer("Yes.") } }

  @Test(arguments: [Press.f2, Press.controlT, "/prompt\r"]) func theMenuSwitches(_ opening: String) throws {
    let server = try server()
    let chat = try Chat(with: server)
    chat.ask("Before")
    chat.shows("Yes.\n")
    chat.isAt("ready")
    chat.type(opening)
    chat.shows("System prompt", "• helpful assistant", "concise", "translator", "tutor", "Enter switches")
    chat.type("rev")
    chat.shows("/ rev", "Finds bugs and says how to mend them", "You are an experienced code reviewer.")
    chat.type(Press.enter)
    chat.shows("System prompt: code reviewer · from the next message on")
    chat.isAt("code reviewer", "F1 help")
    chat.ask("After")
    chat.shows("You\nAfter\n\nAssistant · m\nYes.\n")
    #expect(server.requests.count == 2)
    #expect(server.requests[0].messages == [plain, "user: Before"])
    let messages = server.requests[1].messages
    #expect(messages.first?.hasPrefix("system: You are an experienced code reviewer.") == true, "\(messages)")
    #expect(messages.dropFirst() == ["user: Before", "assistant: Yes.", "user: After"])
  }

  @Test func escapeLeavesEverythingAsItWas() throws {
    let server = try server()
    let chat = try Chat(with: server)
    chat.type("draft" + Press.f2)
    chat.shows("type to filter")
    chat.type("tutor")
    chat.shows("/ tutor")
    chat.type(Press.escape)
    chat.until("the menu closes") { !$0.text.contains("Enter switches") }
    chat.hasInput("draft")
    chat.isAt("helpful assistant")
    chat.ask("")
    chat.shows("Yes.\n")
    #expect(server.requests.map(\.messages) == [[plain, "user: draft"]])
  }

  @Test func aNameSwitchesWithoutTheMenu() throws {
    let server = try server()
    let chat = try Chat(with: server)
    chat.ask("/prompt tutor")
    chat.isAt("tutor")
    chat.ask("Hi")
    chat.shows("Yes.\n")
    #expect(server.requests.first?.messages.first != plain && server.requests.first?.messages.count == 2)
  }

  @Test func filesThatComeWhileItRunsAreInTheMenu() throws {
    let scratch = Scratch()
    let chat = try Chat(with: server(), environment: ["XDG_CONFIG_HOME": scratch.path], columns: 100)
    chat.isAt("ready")
    scratch.write("aichat-tui/prompts/pirate.md", "---\nmodel: [1,\n---\nYou are a pirate. Arr!\n")
    chat.type(Press.f2)
    chat.shows("pirate", "of 10")
    chat.type("pira" + Press.enter)
    chat.shows("pirate.md, line 2: model takes plain words")
    chat.isAt("· m · pirate")
    try FileManager.default.removeItem(atPath: scratch.path + "/aichat-tui/prompts/pirate.md")
    chat.type(Press.f2)
    chat.shows("of 9")
  }

  @Test func theUsersPromptsAreInTheMenu() throws {
    let scratch = Scratch()
    scratch.write(
      "aichat-tui/prompts/pirate.md", "---\nname: Sea dog\ndescription: Talks like one\n---\nYou are a pirate. Arr!\n")
    scratch.write("aichat-tui/prompts/haiku.md", "Answer in 俳句 only.")
    let server = try server()
    let chat = try Chat(with: server, environment: ["XDG_CONFIG_HOME": scratch.path])
    chat.type(Press.f2)
    chat.shows("Sea dog", "haiku")
    chat.type("sea d")
    chat.shows("Talks like one", "You are a pirate. Arr!")
    chat.type(Press.enter)
    chat.isAt("Sea dog")
    chat.ask("One")
    chat.isAt("ready")
    chat.shows("Yes.\n")
    chat.ask("/prompt haiku")
    chat.isAt("haiku", "ready")
    chat.ask("Two")
    chat.shows("You\nTwo\n\nAssistant · m\nYes.\n")
    #expect(
      server.requests.map { $0.messages.first } == [
        "system: You are a pirate. Arr!", "system: Answer in 俳句 only.",
      ])
  }

  @Test func aNewOneIsWrittenInTheEditorAndUsed() throws {
    let scratch = Scratch()
    scratch.write("editor", "printf -- '---\\nname: Sea dog\\n---\\nYou are a pirate.\\n' > \"$1\"\n")
    let server = try server()
    let chat = try Chat(
      with: server, environment: ["XDG_CONFIG_HOME": scratch.path, "EDITOR": "sh \(scratch.path)/editor"])
    chat.type(Press.f2)
    chat.shows("Alt-N new")
    chat.type("\u{1B}n")
    chat.shows("Sea dog", "You are a pirate.", "Written: Sea dog")
    chat.type(Press.enter)
    chat.isAt("Sea dog")
    chat.ask("Hi")
    chat.shows("Yes.\n")
    #expect(server.requests.first?.messages == ["system: You are a pirate.", "user: Hi"])
  }

  @Test func aSwitchInMidStreamCountsFromTheNextTurn() throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { request in
      request.question == "One"
        ? [.head(200), .say("So far"), .wait(gate), .say(", done."), .done, .end] : answer("Yes.")
    }
    let chat = try Chat(with: server)
    chat.ask("One")
    chat.shows("So far▌")
    chat.type(Press.controlT)
    chat.shows("Enter switches")
    gate.open()
    chat.isAt("ready", "Esc close")
    chat.type("concise" + Press.enter)
    chat.shows("So far, done.", "System prompt: concise")
    chat.ask("Two")
    chat.shows("You\nTwo\n\nAssistant · m\nYes.\n")
    #expect(server.requests[0].messages.first == plain)
    #expect(server.requests[1].messages.first?.hasPrefix("system: Answer as briefly") == true)
  }
}

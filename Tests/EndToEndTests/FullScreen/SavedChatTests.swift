import Glibc
import TestSupport
import Testing

/// Chats that are there again.
@Suite(.ownThreads) struct SavedChatTests {
  private let home = TemporaryHome()

  private func chat(_ arguments: [String] = [], with server: FaultServer) throws -> Chat {
    try Chat(arguments, with: server, environment: ["HOME": home.path])
  }

  @Test func aChatIsTakenUpAndGoesOn() throws {
    let server = try FaultServer(inTurn: answer("By train."), answer("At noon."), answer("On Monday."))
    let first = try chat(with: server)
    first.ask("How do I get to Bern?")
    first.shows("By train.\n")
    first.isAt("ready")
    first.ask("/title Travels")
    first.shows("called “Travels”")
    first.type(Press.controlD)
    first.ends(with: 0)

    let second = try chat(["--continue"], with: server)
    second.shows("· Travels", "You\nHow do I get to Bern?", "By train.\n")
    // What was asked before comes back by Up.
    second.type(Press.up)
    second.until("the earlier question") { $0.text.contains("> How do I get to Bern?") }
    second.type(Press.controlU)
    second.ask("When?")
    second.shows("At noon.\n")
    #expect(
      server.requests.last?.messages.dropFirst() == [
        "user: How do I get to Bern?", "assistant: By train.", "user: When?",
      ])
    second.isAt("ready")
    // Another chat, and back by the menu, which finds what was said.
    second.ask("/new")
    second.ask("Which day?")
    second.shows("On Monday.\n")
    second.isAt("ready")
    second.type(Press.f4)
    second.shows("Saved chats", "Which day?", "Travels")
    second.type("train")
    second.shows("│ By train.", "1 of 1")
    second.type(Press.enter)
    second.shows("How do I get to Bern?", "At noon.", "Find: train")
    second.type(Press.escape)
    second.until("the search is closed") { !$0.text.contains("Find:") }
    second.type(Press.controlD)
    second.ends(with: 0)
  }

  @Test func whatCameBeforeACrashIsThere() async throws {
    let server = try FaultServer { _ in [.head(200), .say("Once upon a time"), .stall] }
    let first = try chat(with: server)
    first.ask("Begin")
    first.shows("Once upon a time▌")
    var saved = ""
    for _ in 0..<500 where !saved.contains("Once upon a time") { saved = try await history("show", "last") }
    first.terminal.signal(SIGKILL)
    let id = try await history("list").prefix(9)
    let second = try chat(["--resume", String(id)], with: server)
    second.shows("You\nBegin\n\nAssistant · m\nOnce upon a time\n[Interrupted]")
    second.type(Press.controlD)
    second.ends(with: 0)
  }

  @Test func callsOfToolsAreThereAgain() throws {
    let first = try Chat(environment: ["HOME": home.path])
    first.ask("tools")
    first.shows("→ ")
    first.isAt("ready")
    let calls = first.page.split(separator: "\n").filter { $0.hasPrefix("→ ") }
    first.type(Press.controlD)
    first.ends(with: 0)
    let second = try Chat(["--continue"], environment: ["HOME": home.path])
    second.shows("You\ntools")
    second.until("the same calls") { _ in second.page.split(separator: "\n").filter { $0.hasPrefix("→ ") } == calls }
    second.type(Press.controlD)
    second.ends(with: 0)
  }

  @Test func noTraceIsLeft() async throws {
    let server = try FaultServer { _ in answer("Hush.") }
    let unsaved = try chat(["--no-history"], with: server)
    unsaved.ask("Secret")
    unsaved.shows("Hush.\n")
    unsaved.isAt("ready")
    unsaved.type(Press.controlD)
    unsaved.ends(with: 0)
    let other = try chat(with: server)
    other.ask("/private")
    other.shows("private", "nothing of it is written to disk")
    other.ask("Secret")
    other.shows("Hush.\n")
    other.isAt("ready")
    other.type(Press.controlD)
    other.ends(with: 0)
    #expect(try await history("list", "--json") == "[]\n")
  }

  @Test func askAndPlainGoOnToo() async throws {
    let server = try FaultServer { request in answer("\(request.messages.count)") }
    var environment = Program.openAI(server.url)
    environment["HOME"] = home.path
    _ = try await Program.run(["ask", "One"], environment)
    let second = try await Program.run(["ask", "--continue", "Two"], environment)
    #expect(second.output == "4", "\(second)")
    let plain = try await Program.run(["--plain", "--continue"], environment, input: Array("Three\n".utf8))
    #expect(plain.output.contains("Assistant: 6\n"))
    _ = try await Program.run(["ask", "--continue", "-s", "Be brief.", "Four"], environment)
    #expect(server.requests.last?.messages.first == "system: Be brief.")
    #expect(try await Program.run(["ask", "--resume", "nosuch", "Two"], environment).code == 78)
    #expect(try await history("list").split(separator: "\n").count == 1)
  }

  @Test func whatIsNotSavedIsSaid() throws {
    let server = try FaultServer { _ in answer("Well.") }
    let chat = try Chat(with: server, environment: ["HOME": "/nonexistent"])
    chat.ask("Hello")
    chat.shows("This chat is not being saved:", "Well.\n")
    chat.isAt("ready")
    chat.type(Press.controlD)
    chat.ends(with: 0)
  }

  @Test func aDamagedFileIsNamedBeforeTheScreenOpens() throws {
    let server = try FaultServer { _ in answer("Well.") }
    let place = home.path + "/.local/share/aichat-tui"
    #expect(mkdir(home.path + "/.local", 0o700) == 0 && mkdir(home.path + "/.local/share", 0o700) == 0)
    #expect(mkdir(place, 0o700) == 0)
    let file = open(place + "/history.sqlite", O_WRONLY | O_CREAT, 0o600)
    #expect(write(file, Array(repeating: UInt8(ascii: "x"), count: 5000), 5000) == 5000)
    close(file)
    let chat = try Chat(["--continue"], with: server, environment: ["HOME": home.path], columns: 200, waits: false)
    chat.shows("The file of saved chats was damaged. It was kept as", "No chats are saved yet")
    chat.ends(with: 78)
  }

  @Test func askSaysWhatIsNotSaved() async throws {
    let server = try FaultServer { _ in answer("Well.") }
    var environment = Program.openAI(server.url)
    environment["HOME"] = "/nonexistent"
    let outcome = try await Program.run(["ask", "Hello"], environment)
    #expect(outcome.code == 0 && outcome.output == "Well.")
    #expect(outcome.errors.hasPrefix("aichat-tui: This chat is not being saved: "))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    let unkept = try await Program.run(["ask", "--no-history", "Hello"], environment)
    #expect(unkept.code == 0 && unkept.errors == "")
  }

  @Test func aHitOnAnotherWayIsShownInPlace() throws {
    let server = try FaultServer(inTurn: answer("The walnut way."), answer("The other way."))
    let chat = try chat(with: server)
    chat.ask("Which way?")
    chat.shows("The walnut way.\n")
    chat.isAt("ready")
    chat.ask("/retry")
    chat.shows("The other way.\n", "‹2/2›")
    chat.isAt("ready")
    chat.type(Press.f4)
    chat.shows("Saved chats")
    chat.type("walnut")
    chat.shows("│ The walnut way.", "1 of 1")
    chat.type(Press.enter)
    chat.shows("‹1/2›", "The walnut way.", "Find: walnut")
    chat.type(Press.escape)
    chat.until("the search is closed") { !$0.text.contains("Find:") }
    chat.type(Press.controlD)
    chat.ends(with: 0)
    // It is the way that is shown from now on.
    let second = try self.chat(["--continue"], with: server)
    second.shows("The walnut way.", "‹1/2›")
  }

  private func history(_ arguments: String...) async throws -> String {
    try await Program.run(["history"] + arguments, ["HOME": home.path]).output
  }
}

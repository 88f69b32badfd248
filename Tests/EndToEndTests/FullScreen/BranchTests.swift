import TestSupport
import Testing

/// Earlier questions asked otherwise, and the ways that come of it.
@Suite(.ownThreads) struct BranchTests {
  private let home = TemporaryHome()

  private func chat(_ arguments: [String] = [], with server: FaultServer) throws -> Chat {
    try Chat(arguments, with: server, environment: ["HOME": home.path])
  }

  @Test func aQuestionIsChangedAndTheWayBeforeIsThereStill() throws {
    let server = try FaultServer { request in answer("You said: \(request.question)") }
    let chat = try chat(with: server)
    for word in ["one", "two"] {
      chat.ask(word)
      chat.shows("You said: \(word)\n")
      chat.isAt("ready")
    }
    chat.type(Press.escape)
    chat.shows("Esc again edits your last message")
    chat.type(Press.escape)
    chat.hasInput("two")
    chat.isAt("editing your last message", "Esc leave")
    chat.ask(" and a half")
    chat.shows("You ‹2/2›\ntwo and a half", "You said: two and a half\n")
    chat.isAt("ready")
    #expect(
      server.requests.last?.messages.dropFirst() == [
        "user: one", "assistant: You said: one", "user: two and a half",
      ])
    chat.ask("/branch")
    chat.shows("Branches", "1 of 2", "• two and a half", "  two")
    chat.type("\u{1B}[B" + Press.enter)
    chat.shows("You ‹1/2›\ntwo\n", "You said: two\n")
    chat.ask("three")
    chat.shows("You said: three\n")
    chat.isAt("ready")
    #expect(server.requests.last?.messages.count == 6 && server.requests.last?.messages[3] == "user: two")
    chat.ask("/undo")
    chat.hasInput("three")
    chat.type(Press.controlU + Press.controlD)
    chat.ends(with: 0)
    // All of it is there the next time.
    let second = try self.chat(["--continue"], with: server)
    second.shows("You ‹1/2›\ntwo\n", "You said: two\n")
    second.ask("/branch")
    second.shows("1 of 3", "three", "two and a half")
    second.type(Press.escape)
    second.until("the menu is closed") { !$0.text.contains("Branches") }
    second.type(Press.controlD)
    second.ends(with: 0)
  }

  @Test func anotherModelIsAskedOnce() throws {
    let server = try FaultServer { request in answer("by \(request.bodyText.contains("bigger") ? "big" : "small")") }
    let chat = try chat(["--no-history"], with: server)
    chat.ask("Who?")
    chat.shows("by small\n")
    chat.isAt("ready")
    chat.ask("/retry bigger")
    chat.shows("Assistant · bigger ‹2/2›\nby big\n")
    chat.isAt("ready")
    // A chat that is not saved has its ways as well, and so has the one before it.
    chat.ask("/new")
    chat.shows("The next message begins a new chat; /branch has this one still")
    chat.ask("Next")
    chat.shows("by small\n")
    chat.isAt("ready")
    chat.ask("/branch")
    chat.shows("1 of 2", "Next", "Who?")
    chat.type("\u{1B}[B" + Press.enter)
    chat.shows("Assistant · bigger ‹2/2›\nby big\n")
    chat.ask("/branch")
    chat.shows("1 of 3", "→ by big", "→ by small", "Next")
    chat.type(Press.escape)
    chat.until("the menu is closed") { !$0.text.contains("Branches") }
    chat.type(Press.controlD)
    chat.ends(with: 0)
  }
}

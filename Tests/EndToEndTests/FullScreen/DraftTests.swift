import CSQLite
import Foundation
import TestSupport
import Testing

/// What is typed and not sent is there again.
@Suite(.ownThreads) struct DraftTests {
  private let home = TemporaryHome()

  private func chat(_ arguments: [String] = [], with server: FaultServer) throws -> Chat {
    try Chat(arguments, with: server, environment: ["HOME": home.path])
  }

  /// All that is kept of what was typed.
  private var drafts: String {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    let path = home.path + "/.local/share/aichat-tui/history.sqlite"
    guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { return "" }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(database, "SELECT text FROM drafts", -1, &statement, nil) == SQLITE_OK else { return "" }
    var texts = ""
    while sqlite3_step(statement) == SQLITE_ROW {
      if let text = sqlite3_column_text(statement, 0) { texts += String(cString: text) + "\n" }
    }
    return texts
  }

  /// Waits until that holds for what is kept; a database tells nobody that it changed.
  private func areKept(_ what: String, at place: SourceLocation = #_sourceLocation, _ holds: (String) -> Bool) {
    let end = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < end {
      if holds(drafts) { return }
      poll(nil, 0, 20)
    }
    Issue.record("\(what): \(drafts)", sourceLocation: place)
  }

  @Test func whatWasTypedAndQueuedSurvivesBeingKilled() throws {
    let server = try FaultServer { _ in [.head(200), .say("So far"), .stall] }
    let first = try chat(with: server)
    first.ask("one")
    first.shows("So far▌")
    first.ask("two")
    first.shows("queued: two")
    first.type("half a thought")
    areKept("the draft and the queue") { $0.contains("half a thought") && $0.contains("two") }
    first.terminal.signal(SIGKILL)
    let second = try chat(["--continue"], with: server)
    second.shows("queued: two", "> half a thought")
    second.shows("The queue waits")
    second.type(Press.controlU)
    second.ask("")
    second.shows("You\ntwo\n")
    areKept("nothing") { $0.isEmpty }
  }

  @Test func whatWaitsInOneWindowIsNoOthers() throws {
    let server = try FaultServer { _ in [.head(200), .say("So far"), .stall] }
    let first = try chat(with: server)
    first.ask("one")
    first.shows("So far▌")
    first.ask("two")
    first.type("half a thought")
    areKept("the first window's") { $0.contains("half a thought") && $0.contains("two") }
    let second = try chat(["--continue"], with: server)
    second.shows("So far\n[Interrupted]", "Another window has this chat open")
    second.until("nothing of the first is there") { !$0.text.contains("queued") && !$0.text.contains("half a thought") }
    second.ask("/continue")
    second.shows("still being written by another window")
    second.type("of the second")
    areKept("both windows'") { $0.contains("half a thought") && $0.contains("of the second") }
    second.type(Press.controlU)
    areKept("the first window's") { $0.contains("half a thought") && !$0.contains("of the second") }
    second.terminal.signal(SIGTERM)
    second.ends(with: 143)
    #expect(drafts.contains("half a thought"))
    first.terminal.signal(SIGKILL)
    let third = try chat(["--continue"], with: server)
    third.shows("queued: two", "> half a thought")
  }

  @Test func eachChatKeepsItsOwn() throws {
    let server = try FaultServer { request in
      request.question == "stay" ? [.head(200), .say("So far"), .stall] : answer("To \(request.question).")
    }
    let chat = try chat(with: server)
    func open(_ name: String) {
      chat.type(Press.f4)
      chat.shows("Saved chats")
      chat.type(name)
      chat.shows("/ \(name)", "1 of 1")
      chat.type(Press.enter)
      chat.until("\(name) is open") { $0.line(0).contains(name) && !$0.text.contains("Saved chats") }
    }
    chat.ask("apple")
    chat.shows("To apple.")
    chat.ask("/new")
    chat.shows("begins a new chat")
    chat.ask("pear")
    chat.shows("To pear.")
    chat.ask("stay")
    chat.shows("So far▌")
    chat.ask("later")
    chat.shows("queued: later")
    chat.type("of the pear")
    chat.shows("> of the pear")
    open("apple")
    chat.until("nothing of the other chat is there") { !$0.text.contains("of the pear") && !$0.text.contains("queued") }
    chat.type("of the apple")
    chat.shows("> of the apple")
    open("pear")
    chat.shows("queued: later", "> of the pear")
    chat.until("only what belongs here is there") { !$0.text.contains("of the apple") }
    open("apple")
    chat.shows("> of the apple")
    chat.until("only what belongs here is there") { !$0.text.contains("queued") && !$0.text.contains("pear") }
    // A walk through earlier inputs ends with the chat: Down does not bring the other chat's text.
    open("pear")
    chat.shows("> of the pear")
    chat.type(Press.up)
    chat.until("an earlier input is there") { !$0.text.contains("> of the pear") }
    open("apple")
    chat.shows("> of the apple")
    chat.type("\u{1B}[B!")
    chat.shows("> of the apple!")
  }

  @Test func aNewChatHasItsOwn() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let first = try chat(with: server)
    first.isAt("ready")
    first.type("not sent")
    areKept("the draft") { $0.contains("not sent") }
    first.terminal.signal(SIGHUP)
    _ = first.terminal.waitForExit()
    let second = try chat(with: server)
    second.hasInput("not sent")
    second.ask("")
    second.shows("Yes.\n")
    areKept("what was sent") { $0.isEmpty }
    // What was typed a moment ago is kept when the terminal goes.
    second.type("the last")
    second.hasInput("the last")
    second.terminal.signal(SIGHUP)
    _ = second.terminal.waitForExit()
    let third = try chat(["--continue"], with: server)
    third.shows("Yes.", "> the last")
    third.type(Press.controlU + Press.controlD)
    third.ends(with: 0)
    #expect(drafts.isEmpty)
  }

  @Test func twoWindowsWithoutAChatKeepTheirOwn() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let first = try chat(with: server)
    first.isAt("ready")
    first.type("of the first")
    areKept("the first window's") { $0.contains("of the first") }
    let second = try chat(with: server)
    second.isAt("ready")
    second.type("of the second")
    areKept("both") { $0.contains("of the first") && $0.contains("of the second") }
    second.hasInput("of the second")
    first.terminal.signal(SIGKILL)
    second.terminal.signal(SIGKILL)
    _ = first.terminal.waitForExit()
    _ = second.terminal.waitForExit()
    let third = try chat(with: server)
    third.hasInput("of the first")
    let fourth = try chat(with: server)
    fourth.hasInput("of the second")
  }

  @Test func filesComeBackWithTheirText() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    try "It says so".write(toFile: home.path + "/notes.md", atomically: true, encoding: .utf8)
    let first = try chat(with: server)
    first.isAt("ready")
    first.type("Sum up @~/notes.md please")
    first.hasInput("Sum up [~/notes.md · 10 B] please")
    areKept("the file") { $0.contains("/notes.md") && $0.contains("please") }
    first.terminal.signal(SIGKILL)
    try "It says more".write(toFile: home.path + "/notes.md", atomically: true, encoding: .utf8)
    let second = try chat(with: server)
    second.shows("~/notes.md was changed since it was attached")
    second.hasInput("Sum up [~/notes.md · 12 B] please")
    second.ask("")
    second.shows("+ ~/notes.md · 12 B", "Yes.\n")
    #expect(server.requests.last?.question.contains("It says more") == true)
    second.type("And @~/notes.md too")
    second.hasInput("And [~/notes.md · 12 B] too")
    second.terminal.signal(SIGHUP)
    _ = second.terminal.waitForExit()
    try FileManager.default.removeItem(atPath: home.path + "/notes.md")
    let third = try chat(["--continue"], with: server)
    third.shows("~/notes.md, which was to go along, is gone")
    third.hasInput("And @~/notes.md too")
  }

  @Test func whatControlCClearedOnItsWayOutIsKept() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let first = try chat(with: server)
    first.isAt("ready")
    first.type("not lost")
    first.hasInput("not lost")
    first.type(Press.controlC)
    first.shows("Ctrl-C again quits")
    first.hasInput("")
    first.type(Press.controlC)
    first.ends(with: 0)
    let second = try chat(with: server)
    second.hasInput("not lost")
  }

  @Test func aMessageThatIsBeingChangedStaysOne() throws {
    let server = try FaultServer { request in answer("To \(request.question).") }
    let first = try chat(with: server)
    first.ask("one")
    first.shows("To one.")
    first.isAt("ready")
    first.ask("/edit")
    first.isAt("editing your last message")
    first.type(" more")
    areKept("the edit") { $0.contains("one more") && $0.contains(#""back":1"#) }
    first.terminal.signal(SIGKILL)
    let second = try chat(["--continue"], with: server)
    second.isAt("editing your last message")
    second.hasInput("one more")
    second.ask("")
    second.shows("You ‹2/2›\none more\n", "To one more.")
    second.hasInput("")
    #expect(server.requests.last?.messages.dropFirst() == ["user: one more"])
  }

  @Test func noTraceIsLeftWhereNoneIsWanted() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let first = try chat(["--no-history"], with: server)
    first.isAt("ready")
    first.type("secret")
    first.hasInput("secret")
    first.terminal.signal(SIGTERM)
    first.ends(with: 143)
    let second = try chat(with: server)
    second.isAt("ready")
    second.type("known")
    areKept("the draft") { $0.contains("known") }
    second.type(Press.controlU)
    second.ask("/private")
    second.shows("private")
    second.type("secret")
    second.hasInput("secret")
    second.terminal.signal(SIGTERM)
    second.ends(with: 143)
    #expect(drafts.isEmpty)
  }
}

import Glibc
import TestSupport
import Testing

/// Every way out leaves the terminal as it was, with an answer still coming and without.
@Suite(.ownThreads) struct ExitTests {
  /// A chat whose answer stands still, or comes as fast as it can.
  private func streaming(_ server: FaultServer, _ question: String = "Begin", _ arguments: [String] = []) throws -> Chat
  {
    let chat = try Chat(arguments, with: server)
    chat.ask(question)
    chat.shows(question == "Flood" ? "more and more" : "So far▌")
    #expect(chat.terminal.settings != chat.terminal.initialSettings)
    #expect(chat.terminal.isAlternateScreen && chat.terminal.modes.set.contains(2004))
    return chat
  }

  private func server() throws -> FaultServer {
    try FaultServer { request in
      switch request.question {
      case "Begin": [.head(200), .say("So far"), .stall]
      case "Flood": [.head(200), .say("So far"), .endless(FaultServer.Step.event(" and more"))]
      default: answer("A whole answer.\nIn two lines.")
      }
    }
  }

  @Test(arguments: ["/exit\r", "exit\r", "/quit\r", Press.controlD, Press.controlC + Press.controlC])
  func quittingLeavesTheLastAnswer(_ keys: String) throws {
    let chat = try Chat(with: try server())
    chat.ask("Hi")
    chat.shows("In two lines.")
    chat.isAt("ready")
    chat.type(keys)
    chat.ends(with: 0)
    #expect(chat.terminal.text.contains("A whole answer.\nIn two lines.\n"), "\(chat.terminal.text)")
    #expect(!chat.terminal.text.contains("F1 help"))
  }

  @Test(arguments: ["/exit\r", Press.controlD, Press.controlC + Press.controlC], ["Begin", "Flood"])
  func quittingInMidStream(_ keys: String, _ question: String) async throws {
    let server = try server()
    let chat = try streaming(server, question)
    chat.type(keys)
    chat.ends(with: 0)
    _ = await server.nextDeparture()
    #expect(chat.terminal.text.contains(question == "Flood" ? "more and more" : "So far\n"), "\(chat.terminal.text)")
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int)], ["Begin", "Flood"])
  func signalsEndIt(_ signal: (number: Int32, code: Int), _ question: String) async throws {
    let server = try server()
    let chat = try streaming(server, question)
    chat.terminal.signal(signal.number)
    chat.ends(with: signal.code)
    _ = await server.nextDeparture()
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGQUIT, SIGUSR1, SIGALRM])
  func crashes(_ signal: Int32) throws {
    let chat = try streaming(try server())
    chat.terminal.signal(signal)
    chat.ends(with: 128 + Int(signal))
  }

  @Test(arguments: ["nonesuch", "dumb", ""]) func aTerminalThatWillNotDo(_ type: String) throws {
    let terminal = try PtyTerminal(binary(named: "aichat-tui"), environment: ["TERM": type])
    #expect(terminal.waitForExit() == 64)
    #expect(terminal.settings == terminal.initialSettings && terminal.modes == PrivateModes())
    #expect(terminal.text.contains("TERM") || terminal.text.contains(type), "\(terminal.text)")
    #expect(terminal.text.contains("--plain"), "\(terminal.text)")
  }

  @Test func aMistakeInTheConfigurationLeavesTheTerminalAlone() throws {
    let terminal = try PtyTerminal(
      binary(named: "aichat-tui"), environment: ["OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "OPENAI_MODEL": "m"])
    #expect(terminal.waitForExit() == 78)
    #expect(terminal.settings == terminal.initialSettings && terminal.modes == PrivateModes())
    #expect(terminal.text.contains("OPENAI_API_KEY"), "\(terminal.text)")
  }

  @Test(arguments: ["Ctrl-Z", "SIGTSTP"]) func stoppedAndBackInMidStream(_ how: String) throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in
      [.head(200), .say("So far"), .wait(gate), .say(", and more."), .done, .end]
    }
    let chat = try streaming(server, "Begin", ["--chunk-timeout", "1.5"])
    let (settings, modes) = (chat.terminal.settings, chat.terminal.modes)
    if how == "Ctrl-Z" { chat.type("draft" + Press.controlZ) } else { chat.terminal.signal(SIGTSTP) }
    #expect(chat.terminal.waitForStop())
    chat.isRestored()
    // Real time must pass, more than the timeout: nothing is to happen in it.
    #expect(!chat.terminal.wait(timeout: .milliseconds(1600)) { !$0.isStopped })
    #expect(chat.terminal.resume())
    chat.until("the screen is back") { $0.isAlternateScreen && $0.text.contains("So far▌") }
    #expect(chat.terminal.settings == settings && chat.terminal.modes == modes)
    gate.open()
    chat.shows("So far, and more.")
    chat.isAt("ready")
    chat.hasInput(how == "Ctrl-Z" ? "draft" : "")
    chat.type(Press.controlU + Press.controlD)
    chat.ends(with: 0)
  }

  @Test(arguments: ["", "Begin", "Flood"]) func aTerminalThatGoesAway(_ question: String) async throws {
    let server = try server()
    let chat = question.isEmpty ? try Chat(with: server) : try streaming(server, question)
    let start = ContinuousClock.now
    chat.terminal.closeMaster()
    #expect(chat.terminal.waitForExit() == 129)
    #expect(ContinuousClock.now - start < .seconds(1))
    if !question.isEmpty { _ = await server.nextDeparture() }
  }
}

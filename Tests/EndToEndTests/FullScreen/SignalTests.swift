import Foundation
import TestSupport
import Testing

/// The window's title, the bell, and the countdown, on the real program.
@Suite(.ownThreads) struct SignalTests {
  private func output(_ chat: Chat) -> String { String(decoding: chat.terminal.output, as: UTF8.self) }

  @Test func theTitleIsKeptSetAndGivenBack() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server)
    chat.ask("What is it?")
    chat.shows("Yes.\n")
    chat.isAt("ready")
    chat.until("the title") { String(decoding: $0.output, as: UTF8.self).contains("]2;What is it? · m · aichat-tui") }
    chat.type(Press.controlD)
    chat.ends(with: 0)
    let output = output(chat)
    #expect(output.components(separatedBy: "\u{1B}[22;0t").count == 2)
    #expect(output.components(separatedBy: "\u{1B}[23;0t").count == 2)
    #expect(output.contains("]2;… What is it? · m · aichat-tui"))
  }

  @Test(arguments: ["linux", "screen", "vt100"]) func terminalsThatMayPrintItAreLeftAlone(_ type: String) throws {
    let chat = try Chat(environment: ["TERM": type])
    chat.type(Press.controlD)
    chat.ends(with: 0)
    #expect(!output(chat).contains("]2;") && !output(chat).contains("22;0t"))
  }

  @Test func theConfigurationCanTurnItOff() throws {
    let scratch = Scratch()
    scratch.write("aichat-tui/config.json", "{ title: false }")
    let chat = try Chat(environment: ["XDG_CONFIG_HOME": scratch.path])
    chat.type(Press.controlD)
    chat.ends(with: 0)
    #expect(!output(chat).contains("]2;"))
  }

  @Test func aSilentServiceIsCountedDownAndGivenMoreTime() throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in [.head(200), .say("So"), .wait(gate), .say(" on."), .done, .end] }
    let chat = try Chat(["--chunk-timeout", "6"], with: server)
    chat.ask("Hi")
    chat.isAt("gives up in", "Alt-+ 30 s more")
    chat.type("\u{1B}+")
    chat.until("more time") { $0.line($0.rows - 1).contains(/gives up in 3\d s/) }
    gate.open()
    chat.shows("So on.")
    chat.isAt("ready", "F1 help")
  }
}

import TestSupport
import Testing

/// The mouse, which is the terminal's until it is asked for.
@Suite(.ownThreads) struct MouseTests {
  private static let f6 = "\u{1B}[17~"
  private static let wheelUp = "\u{1B}[<64;10;5M"

  @Test func clicksSelectAndChooseInAMenu() throws {
    let chat = try Chat()
    chat.isAt("ready")
    chat.type(Self.f6)
    chat.shows("Mouse on")
    chat.type(Press.f2)
    chat.shows("• helpful assistant")
    // The second row of the list.
    chat.type("\u{1B}[<0;5;5M\u{1B}[<0;5;5m")
    chat.shows("Short answers, no preamble")
    chat.type("\u{1B}[<0;5;5M\u{1B}[<0;5;5m")
    chat.shows("System prompt: concise · from the next message on")
  }

  @Test func theWheelScrollsWhileTheMouseIsOn() throws {
    let text = (1...60).map { "Line \($0)" }.joined(separator: "\n")
    let server = try FaultServer { _ in answer(text) }
    let chat = try Chat(with: server, columns: 100)
    chat.ask("Hi")
    chat.shows("Line 60")
    chat.isAt("ready")
    #expect(!chat.terminal.modes.set.contains(1000))
    chat.type(Self.f6)
    chat.shows("Mouse on: the wheel scrolls; the terminal no longer selects text (Shift selects in most)")
    #expect(chat.terminal.modes.set.isSuperset(of: [1000, 1006]))
    chat.type(Self.wheelUp)
    chat.until("the page is scrolled") { !$0.text.contains("Line 60") && $0.text.contains("Line 57") }
    // A stop gives the mouse back, and takes it again.
    chat.type(Press.controlZ)
    #expect(chat.terminal.waitForStop())
    chat.isRestored()
    #expect(chat.terminal.resume())
    chat.until("the mouse is on again") { $0.modes.set.isSuperset(of: [1000, 1006]) && $0.text.contains("Line 57") }
    chat.ask("/mouse")
    chat.shows("Mouse off: the terminal selects text")
    #expect(!chat.terminal.modes.set.contains(1000))
    chat.type(Self.f6)
    chat.until("the mouse is on") { $0.modes.set.contains(1000) }
    chat.type(Press.controlD)
    chat.ends(with: 0)
  }
}

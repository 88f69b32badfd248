import TestSupport
import Testing

/// The first minute with nothing configured: the embedded demo over the real wire.
@Suite(.ownThreads) struct FirstMinuteTests {
  @Test func theFirstScreenSaysWhatThisIs() throws {
    let chat = try Chat()
    chat.shows("Nothing is configured yet, so the built-in demo answers", "config check")
    chat.isAt("demo", "helpful assistant", "ready", "F1 help")
    #expect(chat.terminal.line(0).hasPrefix(" aichat-tui") && chat.terminal.line(0).hasSuffix(" demo"))
    chat.hasInput("")
    #expect(chat.terminal.cursor == (22, 2) && chat.terminal.isCursorVisible)
  }

  @Test func helloIsAnsweredInAStream() throws {
    let chat = try Chat()
    chat.isAt("ready")
    chat.ask("hello")
    chat.shows("You\nhello\n", "Assistant · eliza-demo", "▌")
    chat.isAt("streaming", "Esc stop")
    chat.isAt("ready", " s · ", "tokens", "F1 help")
    #expect(!chat.terminal.text.contains("▌"))
    let lines = chat.page.split(separator: "\n")
    let head = lines.firstIndex { $0.hasPrefix("Assistant") } ?? lines.endIndex
    #expect(lines[head...].count >= 2, "\(chat.page)")
  }

  @Test func aStallEndsByTheChunkTimeout() throws {
    let chat = try Chat(["--chunk-timeout", "0.3"])
    chat.ask("stall")
    chat.shows("[Timeout - partial response] chunk timeout:", "0.3 s", "/retry")
    chat.isAt("timed out")
    #expect(chat.page.contains("This sentence"), "\(chat.page)")
  }

  @Test func escapeDuringALongAnswerKeepsWhatCame() throws {
    let chat = try Chat()
    chat.ask("long")
    chat.until("half a page has come") { $0.line(12).count > 20 }
    chat.type(Press.escape)
    chat.shows("\n[Stopped]\n")
    chat.isAt("stopped")
    #expect(chat.page.count > 300, "\(chat.page)")
    chat.ask("hello")
    chat.isAt("ready")
  }

  @Test func aDropKeepsWhatCame() throws {
    let chat = try Chat()
    chat.ask("drop")
    chat.shows("and nobody says goodbye.\n[Connection lost - partial response]", "/retry")
    chat.isAt("connection lost")
  }

  @Test func anErrorShowsWhatTheServerSaid() throws {
    let chat = try Chat(["--retries", "0"])
    chat.ask("error")
    chat.shows("Server error (HTTP 500)", "This is the demo's own error", "/retry")
    chat.isAt("failed")
    chat.ask("hello")
    chat.isAt("ready")
    #expect(!chat.page.hasSuffix("/retry asks again"), "\(chat.page)")
  }

  @Test func hardTextIsShownAsText() throws {
    let chat = try Chat(rows: 60)
    chat.ask("unicode")
    chat.shows("C1 ", "A word without a break:")
    chat.isAt("ready")
    chat.shows("日本語の文章", "नमस्ते", "␛[31mnot red␛[0m")
  }

  @Test func theHelpNamesTheKeys() throws {
    let chat = try Chat(rows: 50)
    chat.type("\u{1B}OP")
    chat.shows("system prompts", "stop the answer, keep what came", "/retry")
    chat.type(Press.escape)
    chat.until("the help closes") { !$0.text.contains("stop the answer, keep what came") }
  }
}

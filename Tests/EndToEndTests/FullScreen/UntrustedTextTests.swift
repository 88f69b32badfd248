import TestSupport
import Testing

/// Text from outside never acts on the terminal, and never breaks its rows. That nothing forbidden is in the raw output
/// is seen to at the end of every `Chat`.
@Suite(.ownThreads) struct UntrustedTextTests {
  private static let hostile =
    "\u{1B}[31;42mred\u{1B}]52;c;cHduZWQ=\u{07}\u{1B}]0;title\u{1B}\\ \u{202E}backwards\u{202C} \u{2066}isolated\u{2069} "
    + "\u{9B}2J\u{9D}0;x\u{9C}\u{90}q\u{85} \u{1B}[?1049l\u{1B}c\u{08}\u{7F}\u{0E} z\u{200B}w \u{FEFF}bom \u{E0041}tag end"

  /// What of the hostile text would be seen in the output if it were passed on.
  private static let traces = [
    "\u{1B}[31;42m", "\u{1B}]", "\u{1B}c", "\u{9B}", "\u{9D}", "\u{90}", "\u{85}", "\u{202E}", "\u{2066}", "\u{07}",
    "\u{0E}", "\u{200B}", "\u{E0041}",
  ]

  private func isClean(_ chat: Chat) {
    let output = Chat.withoutTitles(String(decoding: chat.terminal.output, as: UTF8.self)).unicodeScalars
    for trace in Self.traces { #expect(!output.contains(Array(trace.unicodeScalars)), "\(trace.debugDescription)") }
  }

  @Test func anAnswer() throws {
    let server = try FaultServer { _ in answer(Self.hostile, "\u{1B}", "]52;c;", "\u{1B}", "[2J again") }
    let chat = try Chat(with: server)
    chat.ask("Hi")
    chat.shows("␛[31;42mred", "backwards", "tag end", "again")
    chat.isAt("ready")
    #expect(chat.terminal.isAlternateScreen)
    isClean(chat)
    // What is left in the scrollback too.
    chat.type(Press.controlD)
    chat.ends(with: 0)
    #expect(chat.terminal.text.contains("tag end"))
    isClean(chat)
  }

  @Test func anErrorAModelAndReasoning() throws {
    let text = FaultServer.Step.quoted(Self.hostile)
    let server = try FaultServer(
      inTurn: [.response(400, body: #"{"error":{"message":\#(text)}}"#)],
      [
        .head(200),
        .chunk(#"data: {"model":\#(text),"choices":[{"index":0,"delta":{"reasoning":\#(text)}}]}"# + "\n\n"),
        .say("done"), .done, .end,
      ])
    let chat = try Chat(with: server, columns: 120)
    chat.ask("Hi")
    chat.shows("HTTP 400", "␛[31;42mred", "bom tag\nend")
    chat.ask("/reasoning")
    chat.ask("/retry")
    chat.shows("done\n")
    chat.isAt("ready")
    isClean(chat)
  }

  @Test func aPaste() throws {
    let server = try FaultServer { request in answer(request.question == Self.hostile ? "Whole." : "Changed.") }
    let chat = try Chat(with: server)
    chat.isAt("ready")
    chat.paste(Self.hostile)
    chat.shows("␛[31;42mred")
    chat.ask("")
    chat.shows("Assistant · m\nWhole.\n")
    isClean(chat)
  }

  @Test func wideCharactersAtTheRightEdge() throws {
    let wide = String(repeating: "漢", count: 15)
    let mixed = "a" + String(repeating: "字", count: 12) + "🌍b🌍c👍🏽d❤️e1️⃣f🇳🇴g"
    let server = try FaultServer { _ in answer(wide, "\n", "x" + wide, "\n", mixed, " end") }
    let chat = try Chat(with: server, columns: 20)
    chat.ask("Hi")
    let ten = String(repeating: "漢", count: 10)
    chat.shows("\n\(ten)\n漢漢漢漢漢\nx\(ten.dropLast())\n漢漢漢漢漢漢\na\(String(repeating: "字", count: 9))\n字字字🌍b🌍c")
    chat.shows("end\n")
    chat.isAt("ready")
    // Every odd width too: no half of a character, no row that spills over.
    let rows = chat.page
    for columns in [19, 7, 3, 2, 20] {
      chat.terminal.resize(rows: 24, columns: columns)
      chat.until("\(columns) columns are drawn") { terminal in
        (0..<24).contains { terminal.line($0).hasSuffix("nd") || terminal.line($0) == "d" }
      }
    }
    chat.until("as before") { _ in chat.page == rows }
  }
}

import TerminalModel
import Testing

@Suite struct DisplayTextTests {
  /// A cell's text; `_` stands for the right half of a wide one.
  private func cells(_ text: String) -> [String] {
    DisplayText(text).cells.map { $0.text.isEmpty ? "_" : $0.text }
  }

  @Test(arguments: [
    ("aé", ["a", "é"]),
    ("漢字", ["漢", "_", "字", "_"]),
    ("e\u{301}x", ["e\u{301}", "x"]),
    ("👩\u{200D}👩\u{200D}👧!", ["👩", "_", "👩", "_", "👧", "_", "!"]),
    ("👍🏽!", ["👍", "_", "!"]),
    ("❤\u{FE0F}!", ["❤", "!"]),
    ("1\u{FE0F}\u{20E3}!", ["1\u{20E3}", "!"]),
    ("🇩🇪!", ["🇩", "🇪", "!"]),
    ("क्ष", ["क्", "ष"]),
    ("क्\u{200D}ष", ["क्", "ष"]),
    ("का", ["क", "ा"]),
    ("می\u{200C}خ", ["م", "ی\u{200C}", "خ"]),
    ("\u{1112}\u{1161}\u{11AB}!", ["\u{1112}\u{1161}\u{11AB}", "_", "!"]),
    ("\u{301}a", ["\u{25CC}\u{301}", "a"]),
    ("\u{200D}a", ["a"]),
  ])
  func clusters(_ text: String, _ expected: [String]) {
    #expect(cells(text).map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
    #expect(DisplayText.width(of: text) == expected.count)
  }

  @Test(arguments: [
    ("\u{1B}[31m", "␛[31m"), ("\0\u{8}\r\n", "␀␈␍␊"), ("\u{7F}", "␡"), ("\u{9B}2J", "\u{FFFD}2J"),
    ("a\u{202E}b\u{2066}\u{200F}\u{61C}", "a·b···"), ("a\u{200B}b\u{FEFF}\u{2060}", "a·b··"),
    ("x\u{E0041}\u{E0042}", "x··"), ("\u{FFFE}\u{10FFFF}", "\u{FFFD}\u{FFFD}"), ("\u{2028}", "\u{FFFD}"),
    ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}!", "🏴!"),
  ])
  func marks(_ text: String, _ expected: String) {
    #expect(cells(text).joined().replacing("_", with: "") == expected)
  }

  @Test func tabsKnowTheirColumn() {
    #expect(DisplayText("a\tb").cells.map(\.text).joined() == "a   b")
    #expect(DisplayText.width(of: "漢\t") == 4)
    #expect(DisplayText("\tb", column: 3).columns == 2)
  }

  @Test func marksOfACellAreFew() {
    let zalgo = "a" + String(repeating: "\u{301}", count: 50)
    #expect(DisplayText(zalgo).cells == [Cell("a\u{301}\u{301}\u{301}\u{301}")])
  }

  @Test func otherSinksGetTheSameMarks() {
    #expect(Sanitiser.terminalSafe("plain\n\ttext") == "plain\n\ttext")
    #expect(Sanitiser.terminalSafe("a\u{1B}]0;x\u{7}\r\nb\rc\u{202E}\u{9D}\r") == "a␛]0;x␇\nb␍c·\u{FFFD}␍")
    #expect(Sanitiser.terminalSafe("👩\u{200D}👧 ❤\u{FE0F} e\u{301}") == "👩\u{200D}👧 ❤\u{FE0F} e\u{301}")
  }

  @Test func aStreamIsSanitisedAsItsWhole() {
    let text = "a\r\nb\r\r\n🏴\u{E0067}\u{E007F}\u{1B}"
    var sanitiser = Sanitiser()
    let pieces = text.unicodeScalars.map { sanitiser.consume(String($0)) }.joined() + sanitiser.finish()
    #expect(pieces == Sanitiser.terminalSafe(text))
  }
}

import TerminalModel
import Testing

@testable import MarkdownText

/// What the goldens of whole documents do not show.
@Suite struct LayoutTests {
  private func lines(_ block: MarkdownBlock, _ options: LayoutOptions, isContinuation: Bool = false) -> [String] {
    BlockLayout.lines(of: block, options, isContinuation: isContinuation).map(\.text)
  }

  private let code = MarkdownBlock.code(CodeBlock(language: "", text: "let a = 1\n\nif 漢字 {\n\tgo(on)\n}\n"))

  @Test func codeGoesOnPastTheEdge() {
    let options = LayoutOptions(width: 11, wrapsCode: false)
    #expect(lines(code, options) == ["  let a = 1", "", "  if 漢字 {", "      go(o›", "  }"])
  }

  @Test func codeIsSeenThroughAWindow() {
    #expect(
      lines(code, LayoutOptions(width: 10, wrapsCode: false, sideways: 4))
        == ["‹ a = 1", "", "‹  字 {", "‹ go(on)", "‹"])
    #expect(
      lines(code, LayoutOptions(width: 10, wrapsCode: false, sideways: 2))
        == ["‹ t a = 1", "", "‹  漢字 {", "‹   go(on)", "‹"])
    // What the right edge would cut is left out.
    #expect(
      lines(.code(CodeBlock(language: "", text: "漢字漢字")), LayoutOptions(width: 8, wrapsCode: false)) == [" 漢字漢›"])
    #expect(
      lines(.code(CodeBlock(language: "", text: "a漢字漢字")), LayoutOptions(width: 8, wrapsCode: false)) == [" a漢字 ›"])
  }

  @Test func aLongLineOfCodeBearsMarksWhereItGoesOn() {
    #expect(
      lines(code, LayoutOptions(width: 10)) == ["  let a =", "↳ 1", "", "  if 漢字", "↳ {", "      go(o", "↳ n)", "  }"])
    // It is cut at the edge, wherever that is.
    let long = MarkdownBlock.code(CodeBlock(language: "", text: "x = \"aaaabbbb\"\nab 漢字漢\n"))
    #expect(lines(long, LayoutOptions(width: 10)) == ["  x = \"aaa", "↳ abbbb\"", "  ab 漢字", "↳ 漢"])
  }

  @Test func itemsOfOneListBeginInOneColumn() {
    func item(_ text: String, _ isDone: Bool? = nil) -> MarkdownList.Item {
      MarkdownList.Item([.paragraph([InlineRun(text)])], isDone: isDone)
    }
    let items = [item("plain and long"), item("open", false), item("done", true)]
    #expect(
      lines(.list(MarkdownList(items: items)), LayoutOptions(width: 15))
        == ["•   plain and", "    long", "[ ] open", "[x] done"])
    let ten = (1...10).map { item("a", $0 == 10 ? true : nil) }
    let numbered = lines(.list(MarkdownList(start: 1, items: ten)), LayoutOptions(width: 20))
    #expect(numbered.first == " 1.     a" && numbered.last == "10. [x] a")
  }

  @Test func runningTextIsNoWiderThanItIsToBe() {
    let options = LayoutOptions(width: 40, textWidth: 12)
    let words = [InlineRun("one two three four")]
    #expect(lines(.paragraph(words), options) == ["one two", "three four"])
    #expect(lines(.heading(level: 3, words), options) == ["one two", "three four"])
    // The bar counts.
    #expect(lines(.quote([.paragraph(words)]), options) == ["│ one two", "│ three four"])
    #expect(lines(.code(CodeBlock(language: "", text: "one two three four\n")), options) == ["  one two three four"])
    let table = MarkdownTable(alignments: [.none, .none], header: [words, words], rows: [])
    #expect(lines(.table(table), options).first == "one two three four │ one two three four")
    // It narrows nothing that is narrower.
    #expect(lines(.paragraph(words), LayoutOptions(width: 9, textWidth: 12)) == ["one two", "three", "four"])
    #expect(lines(.paragraph(words), LayoutOptions(width: 40)) == ["one two three four"])
  }

  @Test func aPieceOfALongBlockStandsBelowTheOneBefore() {
    let code = MarkdownBlock.code(CodeBlock(language: "swift", text: "a\n"))
    let items = [MarkdownList.Item([.paragraph([InlineRun("b")])])]
    let options = LayoutOptions(width: 20)
    #expect(lines(code, options) == ["─ swift", "  a"])
    #expect(lines(code, options, isContinuation: true) == ["  a"])
    #expect(lines(.list(MarkdownList(items: items)), options, isContinuation: true) == ["• b"])
    #expect(lines(.list(MarkdownList(isTight: false, items: items)), options, isContinuation: true) == ["", "• b"])
  }

  @Test func codeIsColouredByItsTokens() {
    let block = MarkdownBlock.code(CodeBlock(language: "", text: "x"))
    #expect(BlockLayout.lines(of: block, LayoutOptions(width: 9)).map(\.spans.last?.look) == [TextLook(.code)])
  }

  @Test func onlyWebAddressesBecomeLinks() {
    let line = TextLine(
      [
        .init("a", TextLook(.text, .link), target: "https://example.com"),
        .init("漢", TextLook(.text, .link), target: "file:///etc/passwd"), .init("\u{1B}"),
      ], columns: 4, offset: 0)
    let cells = line.cells { Style(attributes: $0.attributes.contains(.link) ? .underline : []) }
    let link = Hyperlink("https://example.com")
    #expect(cells.map(\.text) == ["a", "漢", "", "␛"])
    #expect(cells.map(\.style.link) == [link, nil, nil, nil])
    #expect(cells.map(\.style.attributes) == [.underline, .underline, .underline, []])
    #expect(link != nil && line.text == "a漢\u{1B}")
  }

  @Test(
    arguments: [
      ("https://de.wikipedia.org/wiki/Käse", "https://de.wikipedia.org/wiki/K%C3%A4se"),
      ("http://a.example/x y?q=漢#é", "http://a.example/x%20y?q=%E6%BC%A2#%C3%A9"),
      ("https://a.example/%C3%A4 ä", "https://a.example/%C3%A4%20%C3%A4"),
      ("https://a.example/\u{202E}\u{200B}", "https://a.example/%E2%80%AE%E2%80%8B"),
      ("https://a.example?ä", "https://a.example?%C3%A4"), ("HTTPS://a.example/", "HTTPS://a.example/"),
      ("https://käse.example/", nil), ("https://ä@a.example/", nil), ("https://a b/", nil), ("https:///ä", nil),
      ("https://a.example/\u{1B}\\", nil), ("https://a.example/\n", nil), ("https://", nil), ("ftp://a.example/ä", nil),
      ("https://a.example/" + String(repeating: "ä", count: 400), nil),
    ] as [(String, String?)]) func addressesAreEncodedForTheTerminal(_ target: String, _ address: String?)
  {
    #expect(Hyperlink(target)?.address == address)
  }

  @Test func oneLookDoesNotCutAGraphemeClusterOfAnother() {
    let runs = [InlineRun("e"), InlineRun("\u{301}a", .strong), InlineRun("🇩"), InlineRun("🇪", .emphasis)]
    let lines = BlockLayout.lines(of: .paragraph(runs), LayoutOptions(width: 9))
    #expect(lines.map { $0.spans.map(\.text) } == [["e\u{301}", "a", "🇩🇪"]])
    #expect(lines.map(\.columns) == [4])
  }

  @Test func aCharacterThatDoesNotFitIsAMark() {
    #expect(lines(.paragraph([InlineRun("漢a")]), LayoutOptions(width: 1)) == ["·", "a"])
    #expect(lines(.paragraph([InlineRun("👩\u{200D}👩\u{200D}👧")]), LayoutOptions(width: 3)) == ["···"])
  }

  @Test func plainTextIsWithoutMarks() {
    let item = MarkdownList.Item([.paragraph([InlineRun("gone", .struck), InlineRun("!")])], isDone: true)
    #expect(BlockLayout.plainText(of: .quote([.list(MarkdownList(items: [item, item])), .rule])) == "gone!\ngone!\n")
    let table = MarkdownTable(
      alignments: [.none, .right], header: [[InlineRun("a")], [InlineRun("b")]], rows: [[[InlineRun("1")], []]])
    #expect(BlockLayout.plainText(of: .table(table)) == "a\tb\n1\t")
    #expect(BlockLayout.plainText(of: .code(CodeBlock(language: "c", text: "x\n\ty\n"))) == "x\n\ty")
  }
}

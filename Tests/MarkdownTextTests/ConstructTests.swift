import Testing

@testable import MarkdownText

/// Source in, blocks out.
@Suite struct ConstructTests {
  private func blocks(_ source: String) -> [MarkdownBlock] {
    var content = MarkdownContent(source)
    content.end()
    content.update()
    return content.parts.map(\.block)
  }

  private func text(_ text: String) -> [MarkdownBlock] { [.paragraph([InlineRun(text)])] }

  @Test func headingsAndRules() {
    #expect(
      blocks("### A *b*\n***\nC\n===") == [
        .heading(level: 3, [InlineRun("A "), InlineRun("b", .emphasis)]), .rule,
        .heading(level: 1, [InlineRun("C")]),
      ])
  }

  @Test func inlines() {
    #expect(
      blocks("**a *b*** ~~c~~ `d`\ne  \nf&amp;<b>\\*") == [
        .paragraph([
          InlineRun("a ", .strong), InlineRun("b", [.strong, .emphasis]), InlineRun(" "),
          InlineRun("c", .struck), InlineRun(" "),
          InlineRun("d", .code), InlineRun("\ne\nf&<b>*"),
        ])
      ])
  }

  @Test func aBreakMayBeATag() {
    #expect(blocks("a<br>b <br/> c<BR />\nd") == text("a\nb \nc\nd"))
    // Not what only looks like one.
    #expect(blocks("a<brown>b</br> `<br>`") == [.paragraph([InlineRun("a<brown>b</br> "), InlineRun("<br>", .code)])])
    guard case .table(let table) = blocks("|a|\n|-|\n|b<br>**c**|").first else {
      Issue.record("no table")
      return
    }
    #expect(table.rows == [[[InlineRun("b\n"), InlineRun("c", .strong)]]])
    let lines = BlockLayout.lines(of: .table(table), LayoutOptions(width: 20)).map(\.text)
    #expect(lines == ["a", "═", "b", "c"])
  }

  @Test func links() {
    #expect(
      blocks("[a *b*](/u)![p](q)<http://x.y>[](z)") == [
        .paragraph([
          InlineRun("a ", .link, target: "/u"), InlineRun("b", [.link, .emphasis], target: "/u"),
          InlineRun("p", .image, target: "q"),
          InlineRun("http://x.y", .link, target: "http://x.y"), InlineRun("z", .link, target: "z"),
        ])
      ])
  }

  @Test func lists() {
    #expect(
      blocks("3. a\n4. b\n   - [x] c\n   - [ ] d\n") == [
        .list(
          MarkdownList(
            start: 3,
            items: [
              .init(text("a")),
              .init(
                text("b") + [
                  .list(
                    MarkdownList(items: [
                      .init(text("c"), isDone: true), .init(text("d"), isDone: false),
                    ]))
                ]),
            ]))
      ])
    #expect(
      blocks("- a\n\n- b") == [
        .list(MarkdownList(isTight: false, items: [.init(text("a")), .init(text("b"))]))
      ])
  }

  @Test func tables() {
    #expect(
      blocks("before\n| a | b |\n|:-:|--:|\n| 1 |\n\nafter") == text("before") + [
        .table(
          MarkdownTable(
            alignments: [.center, .right], header: [[InlineRun("a")], [InlineRun("b")]],
            rows: [[[InlineRun("1")], []]]))
      ] + text("after"))
  }

  @Test func codeAndHTML() {
    #expect(
      blocks("  ```py x\r\n  a\r\n\tb\n```") == [.code(CodeBlock(language: "py", text: "a\n  b\n"))]
    )
    #expect(blocks("    a\n\n    b") == [.code(CodeBlock(language: "", text: "a\n\nb\n"))])
    #expect(
      blocks("```\n```\n~~~") == [
        .code(CodeBlock(language: "", text: "")), .code(CodeBlock(language: "", text: "")),
      ])
    #expect(blocks("<div>\n*a*\n") == [.html("<div>\n*a*\n")])
  }

  @Test func quotes() {
    #expect(blocks("> a\n> > b\n") == [.quote(text("a") + [.quote(text("b"))])])
  }

  @Test func notesAreText() {
    #expect(blocks("[^1]: http") == text("[^1]: http"))
    #expect(blocks("a[^1]\n\n[^1]: b") == text("a[^1]") + text("[^1]: b"))
  }

  /// A definition counts for the text before it too, however late it comes.
  @Test(arguments: [0, 100, 20_000])
  func lateDefinitions(_ between: Int) {
    var content = MarkdownContent("[a] [B  c]\n\n" + String(repeating: "x\n\n", count: between))
    content.update()
    #expect(content.parts[0].block == text("[a] [B  c]")[0])
    content.append("> [b C]: /u\n\n[a]: <v w>\n")
    content.append("[a]: second\n")
    content.end()
    content.update()
    #expect(
      content.parts[0].block
        == .paragraph([
          InlineRun("a", .link, target: "v w"), InlineRun(" "),
          InlineRun("B  c", .link, target: "/u"),
        ]))
  }

  @Test func nulAndLoneReturns() {
    #expect(blocks("a\u{0}b\rc\r\rd") == text("a\u{FFFD}b\nc") + text("d"))
  }
}

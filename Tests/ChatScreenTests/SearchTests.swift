import MarkdownText
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

@Suite struct SearchTests {
  private func hits(_ words: String, _ text: String) -> [String] {
    (SearchPattern(words)?.hits(in: text) ?? []).map { String(text.utf8Slice($0)) }
  }

  @Test func lettersAreFoundInEitherCase() {
    #expect(hits("an", "An ant, ANAN, Can\u{0}") == ["An", "an", "AN", "AN", "an"])
    #expect(hits("Ärger ΣΑΣ", "ärger σας ÄRGER ΣΑΣ") == ["ärger σας", "ÄRGER ΣΑΣ"])
    #expect(hits("привет", "ПРИВЕТ Привет") == ["ПРИВЕТ", "Привет"])
    #expect(hits("世界", "世界世 界世界") == ["世界", "世界"])
    #expect(hits("aa", "aaaaa") == ["aa", "aa"])
    #expect(hits("x", "").isEmpty)
    #expect(SearchPattern("") == nil)
  }

  @Test func aBlankFindsALineEnd() {
    #expect(hits("two words", "two\nwords, Two\twords, two  words") == ["two\nwords", "Two\twords"])
    #expect(hits("ä ö", "Ä\nö") == ["Ä\nö"])
  }

  private func marks(_ words: String, _ lines: [TextLine]) throws -> [[Range<Int>]] {
    let hits = PartHits(lines, try #require(SearchPattern(words)))
    return lines.indices.map { hits.marks(ofLine: $0, current: nil).map(\.columns) }
  }

  @Test func hitsAreMarkedAcrossWraps() throws {
    let bullet = TextLine([.init("• ", TextLook(.ornament)), .init("two long")], columns: 10, offset: 0)
    let rest = TextLine([.init("  ", TextLook(.ornament)), .init("words\t世界")], columns: 14, offset: 9)
    #expect(try marks("long words", [bullet, rest]) == [[6..<10], [2..<7]])
    #expect(try marks("界", [bullet, rest]) == [[], [10..<12]])
    let cut = [TextLine([.init("abcd")], columns: 4, offset: 0), TextLine([.init("efgh")], columns: 4, offset: 4)]
    #expect(try marks("cdef", cut) == [[2..<4], [0..<2]])
  }

  @Test func theWholeClusterIsMarked() throws {
    let line = TextLine([.init("a👩‍👩‍👧e\u{301}x\u{1B}y")], columns: 11, offset: 0)
    #expect(try marks("\u{301}x", [line]) == [[7..<9]])
    #expect(try marks("y", [line]) == [[10..<11]])
    #expect(try marks("👩", [line]) == [[1..<7, 1..<7]])
  }
}

/// A plain text in parts is laid out as the whole would be.
@Suite struct PlainTextTests {
  private func lines(_ text: inout PlainText, width: Int) -> [String] {
    (0..<text.partCount()).flatMap { part in
      (0..<text.layOut(part: part, width: width)).map { line in
        text.line(line, ofPart: part).spans.map(\.text).joined()
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func anyPiecesMakeTheLinesOfTheWhole(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let words = [
      "word ", "世界", "\n", "\r\n", "e\u{301}", "👩‍👩‍👧", "\t", String(repeating: "x", count: 900), " \u{301}", "é",
    ]
    let text = (0..<500).map { _ in words[min(Int.random(in: 0..<40, using: &random), 40) % words.count] }.joined()
    var grown = PlainText()
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...900, using: &random))
      grown.append(String(String.UnicodeScalarView(piece)))
      if Bool.random(using: &random) { _ = lines(&grown, width: Int.random(in: 1...90, using: &random)) }
      rest = rest.dropFirst(piece.count)
    }
    var whole = PlainText(text)
    #expect(lines(&grown, width: 40) == lines(&whole, width: 40), "seed \(seed)")
    #expect((0..<whole.partCount()).allSatisfy { whole.range(ofPart: $0).count <= PlainText.partSize })
    grown.end()
    whole.end()
    #expect(lines(&grown, width: 33) == lines(&whole, width: 33), "seed \(seed)")
  }

  @Test func partsOfLinesAreTheLinesOfTheWhole() {
    let text = (0..<3000).map { "line \($0) of some words\($0 % 7 == 0 ? "\r" : "")\n" }.joined() + "end"
    var parts = PlainText(text)
    let wrapper = TextWrapper(width: 12, text: text)
    #expect(parts.partCount() > 10)
    #expect(lines(&parts, width: 12) == wrapper.lines.map { String(wrapper[$0]) })
  }

  @Test(arguments: [("a\n\n\n", ["a"]), ("\n\n", [""]), ("", [""]), ("a\r\n", ["a"]), ("a\n\nb\n", ["a", "", "b"])])
  func emptyLinesAtTheEndAreHidden(text: String, expected: [String]) {
    var plain = PlainText(text)
    plain.end()
    #expect(lines(&plain, width: 10) == expected)
    var many = PlainText(text + String(repeating: "\n", count: 20_000))
    many.end()
    #expect(
      lines(&many, width: 10) == expected.reversed().drop { $0.isEmpty }.reversed() + (expected == [""] ? [""] : []))
    many.reopen()
    many.append("z")
    #expect(lines(&many, width: 10).last == "z")
  }
}

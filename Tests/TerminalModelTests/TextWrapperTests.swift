import TerminalModel
import TestSupport
import Testing

@Suite struct TextWrapperTests {
  private func lines(_ text: String, _ width: Int) -> [String] {
    let wrapper = TextWrapper(width: width, text: text)
    return wrapper.lines.map { String(wrapper[$0]) }
  }

  @Test func wrapsAtSpacesThatHang() {
    #expect(lines("the quick  brown", 9) == ["the quick", "brown"])
    #expect(lines("the quick", 4) == ["the", "quic", "k"])
    #expect(lines("ab      ", 3) == ["ab "])
    #expect(lines("", 3) == [""])
    #expect(lines("  indented words", 10) == ["  indented", "words"])
    #expect(lines("  longerthanthis", 8) == ["  longer", "thanthis"])
  }

  @Test func endsLinesAtLineEnds() {
    #expect(lines("a\nb\r\nc\rd\n", 5) == ["a", "b", "c", "d", ""])
    #expect(lines("\r\n\r\n", 5) == ["", "", ""])
  }

  @Test func cutsLongWordsBetweenClusters() {
    #expect(lines("abcdefg", 3) == ["abc", "def", "g"])
    #expect(lines("e\u{301}e\u{301}e\u{301}", 2) == ["e\u{301}e\u{301}", "e\u{301}"])
    #expect(lines("🇩🇪🇫🇷", 3) == ["🇩🇪", "🇫🇷"])
  }

  @Test func breaksBesideWideCharactersButNotBeforeTheirStops() {
    #expect(lines("你好世界再见", 5) == ["你好", "世界", "再见"])
    #expect(lines("abc漢字", 5) == ["abc漢", "字"])
    #expect(lines("你好世界。", 8) == ["你好世", "界。"])
    #expect(lines("你好「世界", 6) == ["你好", "「世界"])
    #expect(lines("바꿉니다.", 8) == ["바꿉니", "다."])
    #expect(lines("漢字(漢字)", 5) == ["漢字", "(漢", "字)"])
    #expect(lines("他说“好”了", 5) == ["他说", "“好”", "了"])
    #expect(lines("a.b(c)d", 3) == ["a.b", "(c)", "d"])
  }

  @Test func aColumnForWideCharactersStillEnds() {
    let wrapper = TextWrapper(width: 1, text: "漢a字")
    #expect(wrapper.lines.map(\.columns) == [1, 1, 1])
    #expect(wrapper.lines.map { wrapper.cells(of: $0) } == [[Cell("·")], [Cell("a")], [Cell("·")]])
  }

  @Test func tellsWhereAnOffsetStands() {
    let wrapper = TextWrapper(width: 5, text: "ab cd ef\n漢x")
    #expect(wrapper.place(ofOffset: 0) == (0, 0))
    #expect(wrapper.place(ofOffset: 4) == (0, 4))
    #expect(wrapper.place(ofOffset: 6) == (1, 0))
    #expect(wrapper.place(ofOffset: 8) == (1, 2))
    #expect(wrapper.place(ofOffset: 9) == (2, 0))
    #expect(wrapper.place(ofOffset: 13) == (2, 3))
  }

  @Test func otherWidthAndOtherText() {
    var wrapper = TextWrapper(width: 40, text: "one two three")
    wrapper.resize(width: 7)
    #expect(wrapper.lines == TextWrapper(width: 7, text: "one two three").lines)
    wrapper.update(text: "one two three four")
    #expect(wrapper.lines == TextWrapper(width: 7, text: "one two three four").lines)
    wrapper.update(text: "something else")
    #expect(wrapper.lines == TextWrapper(width: 7, text: "something else").lines)
  }

  /// Any way of cutting a text into pieces, inside clusters too, gives the lines of the whole; no line is too wide and
  /// none of the text but spaces and line ends falls between the lines.
  @Test func piecesGiveTheLinesOfTheWhole() throws {
    let alphabet: [String] = [
      "a", "b", "wörd", " ", " ", "  ", "\n", "\r", "\r\n", "\t", "漢", "。", "「", "e\u{301}", "\u{301}", "👩", "\u{200D}",
      "👧", "🏽", "🇩", "🇪", "क", "\u{94D}", "ष", "\u{93E}", "م", "\u{200C}", "\u{1112}", "\u{1161}", "\u{11AB}", "🏴",
      "\u{E0067}", "\u{E007F}", "\u{FE0F}", "\u{20E3}", "\u{1B}", "\u{600}", "\u{AD}", "\u{200B}",
      "supercalifragilistic",
    ]
    var random = SeededGenerator(state: 42)
    for _ in 0..<3000 {
      let length = Int.random(in: 0..<60, using: &random)
      let text = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
      let width = Int.random(in: 1...40, using: &random)
      let whole = TextWrapper(width: width, text: text)
      var wrapper = TextWrapper(width: width)
      var rest = text.unicodeScalars[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...min(rest.count, 9), using: &random)
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: rest.prefix(count))
        wrapper.append(String(piece))
        rest = rest.dropFirst(count)
      }
      try #require(
        wrapper.lines == whole.lines, "\(text.unicodeScalars.map { String($0.value, radix: 16) }) at \(width)")
      check(whole)
    }
  }

  private func check(_ wrapper: TextWrapper) {
    var end = 0
    let bytes = Array(wrapper.text.utf8)
    for line in wrapper.lines {
      #expect(bytes[end..<line.range.lowerBound].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
      #expect(line.columns <= wrapper.width)
      #expect(wrapper.cells(of: line).count == line.columns)
      end = line.range.upperBound
    }
    #expect(bytes[end...].allSatisfy { [0x20, 0x09].contains($0) })
  }

  /// A megabyte in small pieces without one line end: no piece may cost more because of what came before.
  @Test func aLongParagraphCostsItsPieces() {
    var wrapper = TextWrapper(width: 80)
    let words = String(repeating: "lorem ipsum ", count: 2)
    let clock = ContinuousClock()
    let time = clock.measure { for _ in 0..<40_000 { wrapper.append(words) } }
    #expect(wrapper.lines.count > 12_000)
    // Linear work takes well below a second even here; quadratic work takes minutes.
    #expect(time < .seconds(20))
  }
}

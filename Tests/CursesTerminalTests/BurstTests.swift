import TerminalModel
import Testing

@testable import CursesTerminal

/// What comes in one go, typed or pasted.
@Suite struct BurstTests {
  /// What the reads of one go come to.
  private func inputs(_ reads: String...) -> [TerminalInput] {
    var decoder = KeyDecoder()
    var burst = Burst()
    for text in reads { burst.add(decoder.consume(Array(text.utf8))) }
    return burst.whole
  }

  private func keys(_ text: String) -> [TerminalInput] {
    text.map { .key(Key($0 == "\r" ? .enter : .character($0))) }
  }

  @Test func aLineWithEnterAtItsEndIsTyped() {
    #expect(inputs("hello\r") == keys("hello\r"))
    #expect(inputs("\r\r") == keys("\r\r"))
    #expect(inputs("a\r\r") == [.paste("a\n\n")])
  }

  @Test func textAfterEnterMakesAllOfItAPaste() {
    #expect(inputs("one\rtwo") == [.paste("one\ntwo")])
    #expect(inputs("one\r\ttwo\r") == [.paste("one\n\ttwo\n")])
    #expect(inputs("\rx") == [.paste("\nx")])
    #expect(inputs("one\r\ntwo\r\n") == [.paste("one\ntwo\n")])
    #expect(inputs("one", "\r", "e\u{301}") == [.paste("one\ne\u{301}")])
  }

  @Test func linesMayEndInLineFeeds() {
    let lineFeed = TerminalInput.key(Key(.character("j"), .control))
    #expect(inputs("def f:\n\treturn @x\n") == [.paste("def f:\n\treturn @x\n")])
    #expect(inputs("a\nb", "\n\n") == [.paste("a\nb\n\n")])
    // Ctrl-J, and Enter after lines that it has ended.
    #expect(inputs("a\n") == [.paste("a\n")] && inputs("\n", "\n") == [lineFeed, lineFeed])
    #expect(inputs("\n\r") == [lineFeed] + keys("\r") && inputs("\r\n") == keys("\r") + [lineFeed])
    #expect(inputs("a\nb\r") == [.paste("a\nb")] + keys("\r"))
    #expect(inputs("a\r\n") == [.paste("a\n")])
  }

  @Test func moreThanAnybodyTypesIsAPaste() {
    let long = String(repeating: "@a\t", count: 334)
    #expect(inputs(long) == [.paste(long)] && inputs(long, "\r") == [.paste(long + "\n")])
    let short = String(repeating: "x", count: 999)
    #expect(inputs(short) == keys(short))
  }

  @Test func keysThatTextsDoNotHoldStandBesideIt() {
    #expect(inputs("a\r\u{1B}[A") == keys("a\r") + [.key(Key(.up))])
    #expect(inputs("a\r\u{3}b") == keys("a\r") + [.key(Key(.character("c"), .control))] + keys("b"))
    #expect(inputs("a\rb\u{1B}[Ac\r") == [.paste("a\nb"), .key(Key(.up))] + keys("c\r"))
    #expect(inputs("a\r\u{1B}[200~b\rc\u{1B}[201~d\r") == keys("a\r") + [.paste("b\nc")] + keys("d\r"))
  }
}

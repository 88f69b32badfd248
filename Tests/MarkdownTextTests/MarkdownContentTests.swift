import MarkdownText
import Testing

@Suite struct MarkdownContentTests {
  @Test func theSourceIsKeptByteForByte() {
    var content = MarkdownContent("# A\r\n")
    content.append("b\u{0}")
    #expect(content.source == "# A\r\nb\u{0}")
  }
}

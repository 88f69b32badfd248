import Testing

@testable import MarkdownText

/// An update costs what is new plus the last part, however long the text or one block of it is.
@Suite struct GrowingCostTests {
  @Test(arguments: [
    ("```swift\n", "let x = 1 // a line of code\n"), ("", "word *em* and `code` "),
    ("", "a line of words\n"), ("", "- an item\n"),
    ("| a | b |\n|---|---|\n", "| x | y |\n"), ("", "> more\n"), ("- a\n\n", "  more of an item\n"),
    ("", "["), ("", ">"), ("", "- "), ("<div>\n", "<p>x</p>\n"),
    ("", "# Head\n\ntext\n\n"), ("", "\n"), ("~~~\n", "日本👩‍👩‍👧"),
  ])
  func aMegabyte(_ beginning: String, _ repeated: String) {
    var content = MarkdownContent(beginning)
    let piece = String(repeating: repeated, count: max(1, 8192 / repeated.utf8.count))
    var worst = 0
    // The blocks that answers do grow to a megabyte; the rest shows as much at less.
    let size = beginning == "```swift\n" || repeated.hasPrefix("word") || repeated.hasPrefix("- an") ? 1 << 20 : 1 << 18
    while content.source.utf8.count < size {
      content.append(piece)
      let before = content.parsedBytes
      content.update()
      worst = max(worst, content.parsedBytes - before)
    }
    content.end()
    content.update()
    // A container that cannot be cut is parsed at one, two and four windows, then once as a piece and once as the end.
    #expect(worst <= 16 * SourceSettler.windowSize)
    #expect(content.parsedBytes <= 24 << 20)
    #expect(
      content.parts.allSatisfy {
        $0.sourceRange.count <= 5 * SourceSettler.windowSize || $0.block == .rule
      })
  }

  @Test func aFenceNeedsNoParser() {
    var content = MarkdownContent("```\n" + String(repeating: "code\n", count: 200_000))
    content.update()
    #expect(content.parsedBytes == 0)
    #expect(content.parts.count > 100)
  }

  /// What comes at once may be taken in slices; they end in the parts of the whole.
  @Test(arguments: ["```\ncode\n", "# Head\n\ntext\n\n", "words [a] of a paragraph ", "see [a]\n\n", "- an item\n", ""])
  func aSliceCostsNoMoreThanItMay(_ repeated: String) {
    let text = String(repeating: repeated, count: 20_000) + "\n\n[a]: /target\n"
    var whole = MarkdownContent(text)
    whole.end()
    whole.update()
    #expect(!whole.isBehind)
    var sliced = MarkdownContent(text)
    sliced.end()
    let limit = 32 * 1024
    var slices = 0
    repeat {
      let before = sliced.parsedBytes
      sliced.update(limit: limit)
      slices += 1
      // A container may be parsed at one, two and four windows before the limit is looked at, and the end once.
      #expect(sliced.parsedBytes - before <= limit + 16 * SourceSettler.windowSize)
      #expect(sliced.parts.last.map { $0.sourceRange.upperBound == text.utf8.count } ?? true)
    } while sliced.isBehind
    #expect(slices >= text.utf8.count / limit / 2)
    #expect(sliced == whole)
  }

  @Test(arguments: ["[", "> ", "- ", "* a ", "![[]()", "1. ", "<b", "a@b."])
  func tenThousandMarks(_ mark: String) {
    var content = MarkdownContent(String(repeating: mark, count: 10_000))
    content.end()
    content.update()
    #expect(!content.parts.isEmpty)
  }
}

import Testing

@testable import MarkdownText

/// Blocks of code in a text, and texts without marks.
@Suite struct CopyingTests {
  private func content(_ source: String, width: Int = 40) -> MarkdownContent {
    var content = MarkdownContent(source)
    content.end()
    content.update()
    for part in content.parts.indices { content.layOut(part: part, LayoutOptions(width: width)) }
    return content
  }

  private func codes(_ content: MarkdownContent) -> [String] {
    content.parts.indices.flatMap { part in
      (0..<content.codeCount(inPart: part)).map { content.code($0, inPart: part).map(\.text).joined() }
    }
  }

  @Test func codeIsFoundAtAnyDepth() {
    let text = content(
      "a\n\n```swift\nlet x\n```\n\n- b\n\n  ```\n  in list\n\n  two\n  ```\n  > ~~~c\n  > quoted\n  > ~~~\n- c\n\n      indented\n"
    )
    #expect(codes(text) == ["let x\n", "in list\n\ntwo\n", "quoted\n", "indented\n"])
    #expect(codes(content("no `code` here\n\n| a |\n|---|\n| b |")).isEmpty)
  }

  /// The lines that are marked hold the code, with its label, and nothing else.
  @Test(arguments: [6, 12, 40, 200]) func theLinesOfCode(width: Int) {
    let text = content(
      "1. before\n\n   ```py\n\n   long line of code that wraps\n   \n   end\n   ```\n\n   after\n2. - ```\n     x\n     ```",
      width: width)
    func shown(_ number: Int) -> String {
      text.lines(ofCode: number, inPart: 0).map { line in
        text.parts[0].lines[line].spans.filter { $0.look != .ornament }.map(\.text).joined()
      }.joined(separator: "|").replacing(" ", with: "")
    }
    #expect(shown(0).replacing("|", with: "") == "pylonglineofcodethatwrapsend")
    #expect(shown(0).hasPrefix("py||") && shown(0).hasSuffix("||end"))
    #expect(shown(1) == "x")
    #expect(text.lines(ofCode: 2, inPart: 0).isEmpty)
  }

  /// A fence that is cut into parts is one block of code, while it grows too.
  @Test func aLongFenceIsOne() {
    let code = (1...5000).map { "line \($0)\n" }.joined()
    var text = MarkdownContent("before\n\n```c\n")
    for piece in stride(from: 0, to: code.utf8.count, by: 1000) {
      text.append(String(code.utf8Slice(piece, 1000)))
      text.update()
    }
    #expect(codes(text).first?.utf8.elementsEqual(code.utf8) == true && codes(text).count == 1)
    #expect(text.lastPart(ofCodeIn: 1) == text.parts.count - 1 && text.parts.count > 5)
    text.append("```\n\n    other")
    text.end()
    text.update()
    #expect(codes(text).map(\.utf8.count) == [code.utf8.count, 6])
    #expect(text.lastPart(ofCodeIn: 1) == text.parts.count - 2)
  }

  @Test func plainText() {
    #expect(
      MarkdownPlainText.text(
        of: """
          # Title
          A **long** paragraph of `words` with [a link](https://example.com/x), not wrapped at all at any width, however long.
          New line.

          ***
          * one
            * two
          * three

          3. [x] done

             ```make
             all:
             \tcc
             ```
          4. > said
             >
             > again

          | a | b |
          |---|--:|
          | 世界 | 1 |
          """) == """
          Title

          A long paragraph of words with a link (https://example.com/x), not wrapped at all at any width, however long.
          New line.

          \(String(repeating: "─", count: 80))

          • one
            ◦ two
          • three

          3. [x] done

                 all:
                 \tcc

          4. │ said
             │
             │ again

          a    │ b
          ─────┼──
          世界 │ 1
          """)
    #expect(MarkdownPlainText.text(of: "") == "")
    #expect(MarkdownPlainText.text(of: "half **bold", isEnded: false) == "half bold")
    #expect(MarkdownPlainText.text(of: "half **bold") == "half **bold")
  }
}

extension String {
  fileprivate func utf8Slice(_ start: Int, _ count: Int) -> Substring {
    self[utf8: start..<min(start + count, utf8.count)]
  }
}

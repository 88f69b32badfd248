import TestSupport
import Testing

@testable import MarkdownText

/// What is half there is taken for what it is going to be.
@Suite struct StreamCompletionTests {
  @Test(arguments: [
    ("a **bo", "a **bo**"), ("a **bold*", "a **bold**"), ("a **", "a "), ("a *em", "a *em*"),
    ("**a *b", "**a *b***"),
    ("a `co", "a `co`"), ("a `", "a "), ("``a`b", "``a`b``"), ("~~x", "~~x~~"), ("~~x~", "~~x~~"),
    ("a [", "a "),
    ("[text", "[text](<>)"), ("[te **x", "[te **x**](<>)"), ("[text]", "[text](<>)"),
    ("[text](", "[text](<>)"),
    ("[text](http://a.b/c", "[text](<http://a.b/c>)"), ("![alt", "![alt](<>)"),
    ("a <http://x.y", "a <http://x.y>"), ("a <ht", "a "),
    ("arr[0", "arr[0"), ("note [^1", "note [^1"), ("snake_case", "snake_case"), ("2 * 3", "2 * 3"),
    ("a \\", "a "),
    ("**bold\n", "**bold**\n"), ("x\n\n- ", "x\n\n"), ("x\n\n- [", "x\n\n"),
    ("x\n\n- [x] ", "x\n\n"), ("para\n-", "para\n"), ("para\n---", "para\n"),
    ("para\n==", "para\n"),
    ("#", ""), ("## ", ""), ("## T **b", "## T **b**"), ("> ", ""), ("> q *e", "> q *e*"),
    ("1", ""), ("1.", ""), ("1. a `c", "1. a `c`"),
    ("|", ""), ("| a", "| a |\n|---|\n"), ("| a | b", "| a | b |\n|---|---|\n"),
    ("| a | b |\n", "| a | b |\n|---|---|\n"),
    ("| a | b |\n|:", "| a | b |\n|:---|---|"), ("> | a", "> | a |\n> |---|\n"),
    ("| a |\n|---|\n| **x", "| a |\n|---|\n| **x**"),
    ("a | b\n---|", "a | b\n|---|---|"), ("```", ""), ("```sw", ""),
    ("- a\n  ```\n  **x", "- a\n  ```\n  **x"), ("- a\n  ```\n  x\n  ``", "- a\n  ```\n  x\n"),
    ("    **code", "    **code"), ("<div>\n**x", "<div>\n**x"),
    ("a\n\nb **c\n\n", "a\n\nb **c\n\n"),
    ("``a ` ", "``a ` ``"), ("``a ` b", "``a ` b``"), ("`a ``", "`a `` `"),
    ("a &", "a "), ("a &am", "a "), ("a &#6", "a "), ("a &amp;", "a &amp;"), ("a & b", "a & b"),
    ("a &am\n", "a &am\n"), ("**a &am", "**a**"), ("`a &am", "`a &am`"),
    ("see !", "see "), ("done!\n", "done!\n"), ("done! ", "done! "),
    ("[ref]:", ""), ("[ref]: ht", ""), ("[ref]: ht \"T", ""), ("[a]: b\n[ref]:", "[a]: b\n"), ("[ref]:\nht", ""),
    ("> [ref]: ", "> "), ("[ref]: two words", "[ref]: two words"), ("a\n[ref]:", "a\n[ref]:"),
  ])
  func halves(_ half: String, _ whole: String) {
    #expect(String(decoding: StreamCompletion.complete(Array(half.utf8)), as: UTF8.self) == whole)
  }

  /// Byte by byte, a block that shows is what it stays; what it could still become is not shown.
  @Test(arguments: [
    ("A paragraph of **words** - and `code`, 1. 2. # [link](http://a.b)\nand\nmore", "paragraph"),
    ("# A heading with *em*", "heading"),
    ("- item one\n- item two\n  - in\n- [ ] task\n- [x] done", "list"),
    ("1. one\n2. two **b**\n\n   more\n10. ten", "list"), ("> quote **x**\n> - y\n> more", "quote"),
    ("| a | b |\n|:--|--:|\n| 1 | **2** |\n| 3 | `x` |", "table"),
    ("```swift\nlet x = 1\n```", "code"),
    ("**bold** begins", "paragraph"), ("[link](http://a.b) begins", "paragraph"),
    ("`code` begins", "paragraph"),
    ("~~~\nx\n``\n~~~", "code"), ("***\n", "rule"), ("    indented *code*\n    more", "code"),
    ("![pic](a.png)", "paragraph"),
  ])
  func theKindOfABlockStays(_ text: String, _ kind: String) {
    var content = MarkdownContent()
    for scalar in text.unicodeScalars {
      content.append(String(scalar))
      content.update()
      #expect(
        content.parts.allSatisfy { String(describing: $0.block.kind) == kind }
          && content.parts.count < 2, "\(content.source.debugDescription)")
    }
    #expect(content.parts.count == 1)
  }

  /// What is shown stays: more comes behind it, and nothing of it goes.
  @Test(arguments: [
    "Use ``a ` b`` and `` `c` `` and `d `` e` here", "Fish &amp; chips, &#65;&#x42; &copy; AT&T & so on",
    "Look! ![pic](http://a.b/c.png) and!\nmore", "**Fish &amp; chips!** `&amp;` end",
  ])
  func whatIsShownStays(_ text: String) {
    var whole = MarkdownContent(text)
    whole.end()
    whole.update()
    let end = whole.parts.map { BlockText.text(of: $0.block) }.joined(separator: " ")
    var content = MarkdownContent()
    for scalar in text.unicodeScalars {
      content.append(String(scalar))
      content.update()
      var shown = content.parts.map { BlockText.text(of: $0.block) }.joined(separator: " ")
      while shown.last == " " { shown.removeLast() }
      #expect(end.hasPrefix(shown), "\(content.source.debugDescription) shows \(shown)")
    }
  }

  /// Marks do not flash: whatever part of the text has come, no mark of it is shown as a letter.
  @Test(arguments: [
    "some **strong** and *em* and ~~gone~~ and `code` and [link](http://a.b/c) and ![pic](x) end",
    "# Head **strong**\n\n- [x] task *em*\n- [ ] other\n\n1. one\n2. two\n\n> quote `c`\n\n| a | b |\n|:-:|---|\n| **1** | 2 |\n\n---\n\nend",
  ])
  func noMarkFlashes(_ text: String) {
    var content = MarkdownContent()
    for scalar in text.unicodeScalars {
      content.append(String(scalar))
      content.update()
      let shown = content.parts.map { BlockText.text(of: $0.block) }.joined(separator: " ")
      #expect(
        !shown.contains { "*`~[]|#>(-".contains($0) },
        "\(content.source.debugDescription) shows \(shown)")
    }
  }
}

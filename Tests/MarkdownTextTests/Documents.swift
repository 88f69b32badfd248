import TestSupport

/// Texts to cut into pieces.
enum Documents {
  /// Every construct of CommonMark and of GitHub's extensions.
  static let everything = """
    # One *em* `c`
    Two with [link](http://a.b/c "t") and ![pic *x*](img.png) and <http://auto.link/x> and www.example.org.
    ===

    Setext
    ------

    Para **strong *both* more** ~~gone~~ ~one~ `` a`b `` a\\
    hard  \u{20}
    break &amp; &copy; &#x41; \\* not em \\* <b>in</b>

    > quote
    lazy
    > > deeper
    > - list
    >
    >   more

    - a
    - b
      - c

        para
        ```swift
        let x = 1

        ```
      - d
    * [ ] todo
    * [x] done

    7. seven
    8. eight
       1) in

    | a | b `x` | c |
    |:--|:-:|--:|
    | 1 | **2** | 3 |
    | 4 | \\| |

    before
    | h |
    |---|
    after
    # x

        indented

        code
    ***
    ```python title=x
    def f():
    \t"[a]: b"

    # no heading
    ```
    ~~~
    ```
    ~~~
    <div>
    *html*

    </div>

    <!-- c

    d -->
    [ref] and [Other Ref][ref2] and [^1] [late].

    [ref]: http://ref.example/a_b
    [ref2]: <x y> 'title'
    > [late]: http://late.example

    [^1]: http://foot.example
    [^2]: A note of words.

    مرحبا بالعالم — 日本語のテキスト 👩‍👩‍👧‍👦🇩🇪 e\u{301} \u{0}nul\ttab

    1. x

    \ty
    last [ref] line
    """

  /// Scraps that meet each other in ways nobody planned.
  static let scraps = [
    "# ", "## h\n", "a", "b c ", "\n", "\n", "\n\n", "\r\n", "\r", "> ", "- ", "* ", "1. ", "  ", "    ", "\t", "```\n",
    "```swift\n", "~~~\n", "`",
    "``", "*", "**", "_", "~~", "[a]", "[b][a]", "[a]: /x\n", "\n[b]: <y z> 't'\n", "[^1]: u\n", "[", "](", "](u)",
    "![", "|", "| a | b |\n", "|---|:-:|\n", "| - | - |\n",
    "---\n", "===\n", "***\n", "-", "=", "<div>\n", "</div>\n", "<!--", "-->", "<b>", "&amp;", "&", "\\", "日本語", "👩‍👩‍👧",
    "🇩🇪", "e\u{301}", "http://x.y/z ", "word word word ",
    "- [ ] ", "- [x] ", "line of text\n", "  - in\n", "   1) n\n", "\u{0}", "***\n", "+ ", "10) ",
  ]

  static func random(_ generator: inout SeededGenerator, count: Int) -> String {
    (0..<count).map { _ in scraps[Int.random(in: 0..<scraps.count, using: &generator)] }.joined()
  }

  /// Blocks of all kinds, many of them longer than a window, in random order.
  static func long(_ generator: inout SeededGenerator) -> String {
    func words(_ count: Int) -> String { String(repeating: "wörter und `code` 日本 ", count: count) }
    return (0..<4).map { _ in
      let length = Int.random(in: 0..<900, using: &generator)
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: return words(length) + "\n\n"
      case 1: return "```js\n" + String(repeating: "let a = 1 // [a]: b\n", count: length) + "```\n"
      case 2: return (0..<length / 2).map { "- item \($0) [a]\n" }.joined() + "\n"
      case 3: return "| a | b |\n|---|---|\n" + (0..<length / 2).map { "| \($0) | x **b** |\n" }.joined() + "\n"
      case 4: return (0..<length).map { "> line \($0)\n" }.joined() + "\n"
      case 5: return "<div>\n" + String(repeating: "<p>*html*</p>\n", count: length) + "\n"
      case 6: return "<!-- \n" + String(repeating: "no *text*\n\n", count: length) + " -->\n"
      case 7: return String(repeating: "    indented\n", count: length) + "\nx\n\n"
      case 8: return (0..<length / 3).map { "\($0 + 3). item\n\n   more\n\n" }.joined() + "end\n\n"
      case 9: return "~~~\n" + String(repeating: "x👩‍👩‍👧", count: length) + "\n~~~\n"
      case 10: return "- a\n\n" + String(repeating: "  long item 日本\n", count: length * 2) + "\n"
      default:
        return String(repeating: "line of *text* [a] [b]\n", count: length) + "\n[a]: http://x\n\n"
          + Documents.everything + "\n\n"
      }
    }.joined()
  }
}

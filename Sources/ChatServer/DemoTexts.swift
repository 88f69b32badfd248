/// The longer texts of the demo words.
enum DemoTexts {
  /// A page with one of everything that Markdown has.
  static let markdown = #"""
    # A page of Markdown

    Text can be *emphasised*, **strong**, ***both***, ~~struck out~~ or `code`. A line that is long enough will be wrapped \#
    at the window's width, and wrapped again whenever that changes.

    ## Lists

    - apples
    - pears
      - Conference
      - Williams, which some call *Bartlett*
    - plums

    1. Fill the kettle.
    2. Wait.
    3. Pour, and wait again:
       1. three minutes for green tea,
       2. five for black.

    - [x] read this list
    - [ ] remember it

    ## A table

    | Planet  | Moons | Day (h) | Remark               |
    |:--------|------:|--------:|:---------------------|
    | Earth   |     1 |    23.9 | has `make test`      |
    | Mars    |     2 |    24.6 | *red*                |
    | Jupiter |    95 |     9.9 | the **largest** one  |

    ## Code

    ```swift
    /// The greatest common divisor of two numbers.
    func gcd(_ a: Int, _ b: Int) -> Int {
      b == 0 ? abs(a) : gcd(b, a % b)
    }
    print(gcd(1071, 462))  // 21
    ```

    ```sh
    seq 1 100 | awk '{ sum += $1 } END { print sum }'   # 5050
    ```

    ### Quotes and links

    > The purpose of computing is insight, not numbers.
    >
    > > A quote within a quote.

    See the [CommonMark site](https://commonmark.org "How Markdown is defined") or <https://www.gnu.org>.

    ---

    That was all.
    """#

  /// Text that is hard to lay out, and characters that must never reach a terminal as they are.
  static let unicode = """
    Wide: 日本語の文章、中文句子、한국어 문장. Every one of these takes two cells.
    Emoji: 😀 👍🏽 ❤️ 1️⃣ 🏳️‍🌈, a family 👨‍👩‍👧‍👦, an astronaut 👩🏽‍🚀.
    Flags: 🇳🇴 🇯🇵 🇧🇷 🇺🇳 side by side: 🇫🇷🇩🇪.
    Combining: e\u{301} a\u{308} o\u{302}\u{323} n\u{303}, Zalgo: Z\u{351}\u{36B}\u{343}a\u{36A}\u{302}l\u{334}\u{322}g\u{30A}o\u{308}.
    Devanagari: नमस्ते दुनिया, क्षत्रिय. Tamil: வணக்கம் உலகம். Thai: สวัสดีชาวโลก. Bengali: হ্যালো.
    Right to left: العربية جميلة, עברית יפה, mixed with English 123 again.
    Greek and Cyrillic: Καλημέρα κόσμε, Привет, мир.
    Tabs:\tone\ttwo\tthree
    Box: ┌──┬──┐ │ab│cd│ └──┴──┘ and maths: ∀x ∈ ℝ: ⌈x⌉ = −⌊−x⌋.
    Invisible: zero\u{200B}width, soft\u{AD}hyphen, no\u{A0}break, joiner\u{2060}here.
    Direction marks: \u{202E}not reversed\u{202C}, \u{2066}isolated\u{2069}.
    Controls that do nothing: bell \u{07}, backspace \u{08}, escape \u{1B}[31mnot red\u{1B}[0m, title \u{1B}]0;not a title\u{07}, \
    C1 \u{9B}2J, delete \u{7F}.
    A word without a break: \(String(repeating: "abcdefghij", count: 12)).
    """
}

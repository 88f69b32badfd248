/// Texts as models write them.
enum Answers {
  /// A document of the usual constructs, over and over, of at least so many bytes.
  static func markdown(_ bytes: Int) -> String { repeated(section, bytes) }

  /// One paragraph.
  static func paragraph(_ bytes: Int) -> String {
    repeated("Some *words* of a paragraph with `code` and **more** that goes on and on ", bytes)
  }

  /// One code fence, still open.
  static func fence(_ bytes: Int) -> String {
    "```swift\n" + repeated("let value = compute(\"text\", 42) // of a long program\n", bytes)
  }

  /// Paragraphs with links whose targets come at the end.
  static func lateLinks(_ bytes: Int) -> String { repeated("See [the manual][m] and [this], it says more.\n\n", bytes) }

  /// What `lateLinks` waits for.
  static let definitions = "\n\n[m]: https://example.com/manual\n[this]: https://example.com/this\n"

  /// Pieces of some 5 bytes, as tokens come.
  static func tokens(_ count: Int) -> [String] {
    var words: [String] = []
    var word = ""
    for character in section {
      if character == " " || character == "\n", !word.isEmpty, word.last != "\n" || character != "\n" {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    words.append(word)
    return (0..<count).map { words[$0 % words.count] }
  }

  /// A text in pieces of so many bytes; it has to be ASCII.
  static func pieces(of text: String, _ size: Int) -> [String] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: size).map {
      String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
    }
  }

  private static func repeated(_ text: String, _ bytes: Int) -> String {
    String(repeating: text, count: max(1, (bytes + text.utf8.count - 1) / text.utf8.count))
  }

  private static let section = """
    ## A heading about streams

    Here is a paragraph with **bold text**, some *emphasis*, and `inline code` that goes on for a while so that it wraps \
    on a normal terminal, because answers do that all the time.

    - first item of a list with a few words
    - second item, a bit longer, which mentions `foo_bar()` and may wrap
    - third item

    ```python
    def fold(values, start=0):
        total = start
        for i, v in enumerate(values):
            total += v * i  # weight by position
        return total
    ```

    | name | what it is |
    |------|-----------:|
    | one  | the first  |
    | two  | the second |

    Another paragraph follows the table and explains in plain words, then ends.


    """
}

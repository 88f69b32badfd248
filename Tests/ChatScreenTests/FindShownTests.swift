import MarkdownText
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// What is found in Markdown is what is shown: the hits that are counted are those that are marked, at any width.
@Suite struct FindShownTests {
  private static let document = """
    # A **title** of two `words`

    Some *text* with [a link](http://example.com/path) in it, ![an image](x.png), ~~gone~~ and **b**old &amp; more\\*, long
    enough to be wrapped at a width or two, 世界 and incomprehensibilities too.

    > A quote of **some**
    > words
    >
    > - and an item

    1. one

       more of one
    2. two

    - [x] done
    - open
      - deeper `code`

    ```swift
    func wrapped(argument: Int) -> String {\tlet text = "a literal that is rather long"

        return text  }
    ```

    | Name | Meaning of it |
    |:--|--:|
    | a **cell** of words | [linked](http://example.com) incomprehensibilities, antidisestablishmentarianism |
    |  | after an empty one |

    <div>raw *html*</div>

    ---

        indented code
    """

  @Test(arguments: [120, 80, 61, 46])
  func whatIsCountedIsMarked(width: Int) throws {
    var content = MarkdownContent(Self.document)
    content.end()
    content.update()
    for index in content.parts.indices {
      content.layOut(part: index, LayoutOptions(width: width))
      let part = content.parts[index]
      let words = part.shownText.split { " \n\t\0".contains($0) }
      let stretches = part.shownText.split(separator: "\0").flatMap { cell in
        zip(words.dropLast(), words.dropFirst()).map { "\($0) \($1)" }.filter { cell.contains($0) }
      }
      for wanted in words.map(String.init) + stretches {
        let pattern = try #require(SearchPattern(wanted))
        let hits = PartHits(part.lines, pattern, shown: part.shownText)
        #expect(hits.count == pattern.count(in: part.shownText), "\(wanted.debugDescription) in part \(index)")
        let marks = part.lines.indices.flatMap { hits.marks(ofLine: $0, current: nil) }
        #expect(marks.count >= hits.count && marks.allSatisfy { !$0.columns.isEmpty })
      }
    }
  }

  /// A search in an answer that grows finds at last what a search of the whole finds.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func growingIsSearchedAsTheWhole(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let text = (0..<60).map { "\(Self.document)\n\nParagraph **\($0)** of many.\n\n" }.joined()
    let pattern = try #require(SearchPattern("words"))
    let options = TranscriptOptions()
    var answer = TranscriptItem.answer(id: 0, model: "m")
    var search = ItemSearch(answer)
    var rest = text[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...9000, using: &random))
      rest = rest.dropFirst(piece.count)
      answer.add(.text(String(piece)))
      search = ItemSearch(answer, after: search)
      var budget = 1
      while !search.search(answer, options, pattern, budget: &budget) { budget = 1 }
    }
    var whole = ItemSearch(answer)
    var budget = Int.max
    #expect(whole.search(answer, options, pattern, budget: &budget))
    #expect(whole.found == search.found && whole.found.reduce(0) { $0 + $1.count } >= 60)
  }
}

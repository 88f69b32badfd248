import MarkdownText
import TestSupport

/// Makes blocks of all kinds, out of words that are hard to lay out.
struct RandomBlocks {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  private static let words = [
    "a", "the", "wörd", "supercalifragilistic", "漢字", "世界。", "「", "e\u{301}", "\u{301}", "👩\u{200D}👧", "🏽", "🇩🇪",
    "क्ष", "\t", "\u{200D}", "x\u{1B}y", "\u{202E}", "https://example.com/a/b", "1", "12.50", "\n", "  ", "\r\n",
    "\u{FF}",
  ]

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func text() -> String {
    (0..<number(0...12)).map { _ in
      (Self.words.randomElement(using: &random) ?? "") + (number(0...3) == 0 ? "" : " ")
    }.joined()
  }

  mutating func runs() -> [InlineRun] {
    (0..<number(0...5)).map { _ in
      let attributes = InlineAttributes(rawValue: UInt8(number(0...63)))
      return InlineRun(text(), attributes, target: number(0...3) == 0 ? "https://example.com/\(number(0...99))" : nil)
    }
  }

  mutating func blocks(depth: Int) -> [MarkdownBlock] { (0..<number(0...3)).map { _ in block(depth: depth) } }

  /// `depth`: how many quotes and lists may be within each other.
  mutating func block(depth: Int) -> MarkdownBlock {
    switch number(0...(depth > 0 ? 9 : 5)) {
    case 0: return .paragraph(runs())
    case 1: return .heading(level: number(1...6), runs())
    case 2:
      return .code(CodeBlock(language: ["", "swift", "a language of its own"][number(0...2)], text: text() + "\n"))
    case 3: return .rule
    case 4: return .html(text())
    case 5: return .table(table())
    case 6, 7: return .quote(blocks(depth: depth - 1))
    default:
      let items = (0..<number(0...4)).map { _ in
        MarkdownList.Item(blocks(depth: depth - 1), isDone: [nil, nil, true, false][number(0...3)])
      }
      let start = [nil, nil, 1, 98, 999_999_999, Int.max][number(0...5)]
      return .list(MarkdownList(start: start, isTight: number(0...1) == 0, items: items))
    }
  }

  mutating func table() -> MarkdownTable {
    let columns = number(0...6)
    let kinds: [MarkdownTable.Alignment] = [.none, .left, .center, .right]
    let alignments = (0..<columns).map { _ in kinds[number(0...3)] }
    let header = (0..<columns).map { _ in runs() }
    let rows = (0..<number(0...4)).map { _ in (0..<columns).map { _ in runs() } }
    return MarkdownTable(alignments: alignments, header: header, rows: rows)
  }
}

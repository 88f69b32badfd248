import MarkdownText
import TerminalModel

/// The hits in the laid out lines of one part.
struct PartHits: Equatable, Sendable {
  /// The marks of each line, by the number of the hit that they belong to: a hit that was wrapped has more than one.
  private(set) var lines: [[(hit: Int, columns: Range<Int>)]] = []
  private(set) var count = 0

  static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.lines.elementsEqual(right.lines) { $0.elementsEqual($1) { $0 == $1 } }
  }

  /// Looks for the pattern in lines as they are laid out, across their wraps.
  ///
  /// `shown`: the text of Markdown without a layout, which tells words that the cells of a table cut.
  init(_ lines: [TextLine], _ pattern: SearchPattern, shown: String? = nil) {
    self.lines = Array(repeating: [], count: lines.count)
    let texts = lines.map(\.text)
    for chain in ShownChain.chains(of: lines, shown: shown) {
      for hit in pattern.hits(in: chain.text) {
        for (number, bytes) in chain.bytes(of: hit) {
          self.lines[number].append((count, Self.columns(of: bytes, in: texts[number])))
        }
        count += 1
      }
    }
  }

  /// The marks of a line.
  func marks(ofLine line: Int, current: Int?) -> [RowMark] {
    lines.indices.contains(line) ? lines[line].map { RowMark(columns: $0.columns, isCurrent: $0.hit == current) } : []
  }

  /// The columns of the clusters that some bytes of a text belong to.
  private static func columns(of bytes: Range<Int>, in text: String) -> Range<Int> {
    var offset = 0
    var column = 0
    var start: Int?
    var end = 0
    for cluster in text {
      if offset >= bytes.upperBound { break }
      let next = offset + cluster.utf8.count
      let width = DisplayText.width(of: cluster, column: column)
      if next > bytes.lowerBound {
        start = start ?? column
        end = column + width
      }
      offset = next
      column += width
    }
    return (start ?? 0)..<max(start ?? 0, end)
  }
}

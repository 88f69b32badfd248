import MarkdownText
import TerminalModel

/// A stretch of a row that holds what is looked for.
struct RowMark: Equatable, Sendable {
  /// In the row's text.
  var columns: Range<Int>
  var isCurrent: Bool
}

/// What is to be marked on the page.
struct FindMarks: Equatable, Sendable {
  var pattern: SearchPattern
  var current: Find.Hit?
}

/// The hits in the laid out lines of one part.
struct PartHits: Equatable, Sendable {
  /// The marks of each line, by the number of the hit that they belong to: a hit that was wrapped has more than one.
  private(set) var lines: [[(hit: Int, columns: Range<Int>)]] = []
  private(set) var count = 0

  /// Where the text of a line stands in the text of all.
  private struct Piece {
    var start: Int
    var text: Substring
    /// Bytes before it on the line: markers, bars, indents.
    var lead: Int
  }

  static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.lines.elementsEqual(right.lines) { $0.elementsEqual($1) { $0 == $1 } }
  }

  /// Looks for the pattern in lines as they are laid out, across their wraps.
  init(_ lines: [TextLine], _ pattern: SearchPattern) {
    self.lines = Array(repeating: [], count: lines.count)
    var pieces: [Piece] = []
    var joined = ""
    let texts = lines.map { $0.spans.map(\.text).joined() }
    for (number, line) in lines.enumerated() {
      let lead = Self.lead(of: line)
      let piece = texts[number].utf8Slice(lead..<texts[number].utf8.count)
      pieces.append(Piece(start: joined.utf8.count, text: piece, lead: lead))
      joined += piece
      // A word that was cut goes on at once; else a blank hangs at the wrap.
      let isCut = number + 1 < lines.count && lines[number + 1].offset == line.offset + piece.utf8.count
      if !isCut || piece.isEmpty { joined += "\n" }
    }
    for hit in pattern.hits(in: joined) {
      var number = max(0, pieces.partitioningIndex { $0.start > hit.lowerBound } - 1)
      while number < pieces.count, pieces[number].start < hit.upperBound {
        let piece = pieces[number]
        let inside = (hit.lowerBound - piece.start..<hit.upperBound - piece.start).clamped(
          to: 0..<piece.text.utf8.count)
        let bytes = piece.lead + inside.lowerBound..<piece.lead + inside.upperBound
        if !bytes.isEmpty { self.lines[number].append((count, Self.columns(of: bytes, in: texts[number]))) }
        number += 1
      }
      count += 1
    }
  }

  /// The marks of a line.
  func marks(ofLine line: Int, current: Int?) -> [RowMark] {
    lines.indices.contains(line) ? lines[line].map { RowMark(columns: $0.columns, isCurrent: $0.hit == current) } : []
  }

  /// Bytes of markers, bars and indents at the start of a line.
  private static func lead(of line: TextLine) -> Int {
    var lead = 0
    for span in line.spans {
      let blanks = span.text.utf8.prefix { $0 == 0x20 }.count
      if span.look.role == .ornament || blanks == span.text.utf8.count {
        lead += span.text.utf8.count
      } else {
        return lead + blanks
      }
    }
    return lead
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

extension Transcript {
  /// The hits in the part of a line, which is laid out, and which of them is the current one.
  mutating func hits(inPartOf line: TranscriptLine, _ marks: FindMarks) -> (hits: PartHits, current: Int?)? {
    if items[line.item].isCursorLine(block: line.block, part: line.part, options) { return nil }
    let block = items[line.item].blocks[line.block]
    let part = line.part - block.headerParts
    guard part >= 0, block.isSearchable(options) else { return nil }
    let content = block.content
    let lines = (0..<content.lineCount(ofPart: part, options)).map { content.line($0, ofPart: part, options) }
    let hits = PartHits(lines, marks.pattern)
    return (hits, current(marks, line, content.sourceRange(ofPart: part, options), hits.count))
  }

  /// Which hit of a part is the current one. What is shown of a source may hold fewer or more hits than the source: then
  /// it is the one about there.
  private func current(_ marks: FindMarks, _ line: TranscriptLine, _ range: Range<Int>, _ count: Int) -> Int? {
    guard let current = marks.current, count > 0, current.item == items[line.item].id, current.block == line.block,
      range.contains(current.range.lowerBound)
    else { return nil }
    let source = items[line.item].blocks[line.block].content.source
    let all = marks.pattern.hits(in: String(source.utf8Slice(range)))
    let number = all.partitioningIndex { range.lowerBound + $0.lowerBound >= current.range.lowerBound }
    return all.count == count ? min(number, count - 1) : min(count - 1, number * count / max(1, all.count))
  }

  /// Brings a hit onto the page, which stays where the hit is on it already. Returns false where that has to wait until more
  /// of its block is laid out.
  mutating func reveal(_ marks: FindMarks) -> Bool {
    guard let hit = marks.current,
      let place = place(of: SourcePlace(item: hit.item, block: hit.block, offset: hit.range.lowerBound))
    else { return true }
    if behind.contains(BlockAddress(item: hit.item, block: hit.block)) { return false }
    var line = line(of: place)
    if let (hits, current) = hits(inPartOf: line, marks), let current,
      let number = hits.lines.firstIndex(where: { $0.contains { $0.hit == current } })
    {
      line.line = number
    }
    if let first = page.rows.first?.line, let last = page.rows.last?.line, first <= line, line <= last {
      show(top)
    } else {
      show(self.line(line, movedBy: -(rows / 3)))
    }
    return true
  }

  /// The end of the page in the source; nil on an empty page.
  mutating func endOfPage() -> SourcePlace? {
    guard let last = page.rows.last?.line else { return nil }
    return sourcePlace(of: endPlace(of: last))
  }
}

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

extension Transcript {
  /// The hits in the part of a line, which is laid out, and which of them is the current one.
  mutating func hits(inPartOf line: TranscriptLine, _ marks: FindMarks) -> (hits: PartHits, current: Int?)? {
    if items[line.item].isCursorLine(block: line.block, part: line.part, options) { return nil }
    let block = items[line.item].blocks[line.block]
    let part = line.part - block.headerParts
    guard part >= 0, block.isSearchable(options) else { return nil }
    let content = block.content
    let lines = (0..<content.lineCount(ofPart: part, options)).map { content.line($0, ofPart: part, options) }
    let shown = content.isMarkdown(options) ? content.markdown.parts[part].shownText : nil
    let hits = PartHits(lines, marks.pattern, shown: shown)
    return (hits, current(marks, line, part, shown, hits.count))
  }

  /// Which hit of a part is the current one. In a narrow window the names of a table's columns are shown many times: then it
  /// is the one about there.
  private func current(
    _ marks: FindMarks, _ line: TranscriptLine, _ part: Int, _ shown: String?, _ count: Int
  ) -> Int? {
    guard let current = marks.current, count > 0, current.item == items[line.item].id, current.block == line.block
    else { return nil }
    if let shown {
      guard current.part == part else { return nil }
      let all = marks.pattern.count(in: shown)
      return all == count ? min(current.number, count - 1) : min(count - 1, current.number * count / max(1, all))
    }
    let content = items[line.item].blocks[line.block].content
    let range = content.sourceRange(ofPart: part, options)
    guard range.contains(current.offset) else { return nil }
    let all = marks.pattern.hits(in: String(content.source.utf8Slice(range)))
    return min(all.partitioningIndex { range.lowerBound + $0.lowerBound >= current.offset }, count - 1)
  }

  /// Where a hit is, about; nil where it is not shown.
  private mutating func place(of hit: Find.Hit) -> TranscriptPlace? {
    guard var place = place(of: SourcePlace(item: hit.item, block: hit.block, offset: hit.offset)) else { return nil }
    if content(item: hit.item, block: hit.block)?.isMarkdown(options) == true { place.part = hit.part }
    return place
  }

  /// Brings a hit onto the page, which stays where the hit is on it already. Returns false where that has to wait until more
  /// of its block is laid out.
  mutating func reveal(_ marks: FindMarks) -> Bool {
    guard let hit = marks.current,
      let place = place(of: hit)
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

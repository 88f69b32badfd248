/// Where a selected thing stands on the page.
extension Transcript {
  /// The lines of a selected thing; the last may lie beyond what there is. Lays out the part that it begins in.
  mutating func lines(of selected: Selected) -> ClosedRange<TranscriptLine>? {
    guard let index = index(of: selected), holds(selected) else { return nil }
    guard let block = selected.block else {
      return items[index].start(at: index)...TranscriptLine(item: index, block: .max, part: .max, line: .max)
    }
    var first = TranscriptLine(item: index, block: block, part: 0, line: 0)
    var last = TranscriptLine(item: index, block: block, part: .max, line: .max)
    guard let part = selected.part else { return first...last }
    // Nothing of the text is held on to: it would be copied as soon as a part is laid out.
    let lastPart = items[index].blocks[block].content.markdown.lastPart(ofCodeIn: part)
    if options.isRaw {
      let source = sourceRange(index, block, part...lastPart)
      if let start = place(of: SourcePlace(item: selected.item, block: block, offset: source.lowerBound)) {
        first = line(of: start)
      }
      if let end = place(of: SourcePlace(item: selected.item, block: block, offset: source.upperBound)) {
        last = line(of: end)
      }
      return first...max(first, last)
    }
    first.part = part
    _ = lineCount(partOf: first)
    let lines = items[index].blocks[block].content.markdown.lines(ofCode: selected.number, inPart: part)
    first.line = lines.lowerBound
    last.part = lastPart
    if lastPart == part { last.line = max(lines.lowerBound, lines.upperBound - 1) }
    return first...last
  }

  /// Where parts stand in the source, without the empty lines around them.
  private func sourceRange(_ index: Int, _ block: Int, _ parts: ClosedRange<Int>) -> Range<Int> {
    let content = items[index].blocks[block].content
    let all = content.markdown.parts
    let range = all[parts.lowerBound].sourceRange.lowerBound..<all[parts.upperBound].sourceRange.upperBound
    let text = content.source.utf8Slice(range).utf8
    let start = range.lowerBound + text.prefix { $0 == 0x0A || $0 == 0x0D }.count
    let end = range.upperBound - text.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count
    return start..<max(start, end)
  }

  /// Brings a selected thing onto the page, moving it as little as need be; of one that does not fit, as much as the page
  /// holds.
  mutating func reveal(_ selected: Selected) {
    guard let lines = lines(of: selected) else { return }
    let first = lines.lowerBound
    let last = lastLine(upTo: lines.upperBound)
    let bottom = line(top, movedBy: rows - 1)
    let fits = self.lines(from: first, to: last, limit: rows) < rows
    if fits ? first < top : first > top {
      show(first)
    } else if fits ? last > bottom : last < bottom {
      show(line(last, movedBy: 1 - rows))
    }
  }

  /// The last line that there is of what a range of lines ends in.
  private mutating func lastLine(upTo end: TranscriptLine) -> TranscriptLine {
    var last = end
    last.block = min(end.block, items[end.item].blocks.count - 1)
    last.part = max(0, min(end.part, items[end.item].partCount(block: last.block, options) - 1))
    last.line = max(0, min(end.line, lineCount(partOf: last) - 1))
    return last
  }

  /// The page stands still from now on, whatever comes.
  mutating func stand() { if !items.isEmpty { show(top) } }

  /// Moves the page by so many lines, and tells what is to be selected there; the first or the last message of all when
  /// the page cannot move.
  mutating func select(movingBy count: Int) -> Selected? {
    guard !items.isEmpty else { return nil }
    let before = top
    show(line(top, movedBy: count))
    if top == before {
      return message(near: count < 0 ? 0 : items.count - 1)
    }
    return selectable(at: top)
  }

  /// What begins on the page first, from a line on; else the message that covers it.
  private mutating func selectable(at line: TranscriptLine) -> Selected? {
    guard let message = message(near: line.item) else { return nil }
    guard items[line.item].id == message.item else { return message }
    let bottom = self.line(line, movedBy: rows - 1)
    // In the source only the beginning of a block is known well enough.
    let isText = !options.isRaw && items[line.item].blocks[line.block].content.isMarkdown
    var next = inner(after: Selected(item: message.item, block: line.block, part: isText ? line.part : 0, number: -1))
    while let found = next, let lines = lines(of: found), lines.lowerBound < line { next = inner(after: found) }
    guard let found = next, let lines = lines(of: found), lines.lowerBound <= bottom else { return message }
    return found
  }
}

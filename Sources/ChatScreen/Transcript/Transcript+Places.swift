/// Lines and the places that outlive them.
extension Transcript {
  /// The place of a line.
  mutating func place(of line: TranscriptLine) -> TranscriptPlace {
    let id = items[line.item].id
    if items[line.item].isCursorLine(block: line.block, part: line.part, options) { return endOfItem(line.item) }
    let lines = lineCount(partOf: line)
    let header = items[line.item].blocks[line.block].headerParts
    guard line.part >= header, line.line < lines else {
      return TranscriptPlace(item: id, block: line.block, part: line.part, offset: 0)
    }
    let (offset, rank) = items[line.item].blocks[line.block].content.place(
      ofLine: line.line, part: line.part - header, options)
    return TranscriptPlace(item: id, block: line.block, part: line.part, offset: offset, rank: rank)
  }

  /// The end of a line's text, so that what is added to the line later lies behind it.
  mutating func endPlace(of line: TranscriptLine) -> TranscriptPlace {
    let place = place(of: line)
    if items[line.item].isCursorLine(block: line.block, part: line.part, options) { return place }
    let block = items[line.item].blocks[line.block]
    guard line.part >= block.headerParts else { return place }
    let end = block.content.endOffset(ofLine: line.line, part: line.part - block.headerParts, options)
    // A line without text of its own is found by its rank.
    guard end > place.offset else { return place }
    return TranscriptPlace(item: place.item, block: place.block, part: place.part, offset: end)
  }

  /// The end of the text before the typing cursor's own line.
  private mutating func endOfItem(_ item: Int) -> TranscriptPlace {
    let block = items[item].blocks.count - 1
    let count = items[item].blocks[block].partCount(options)
    var last = TranscriptLine(item: item, block: block, part: max(0, count - 1), line: 0)
    if count > 0 { last.line = max(0, lineCount(partOf: last) - 1) }
    if count > 0 { return endPlace(of: last) }
    return TranscriptPlace(item: items[item].id, block: block, part: 0, offset: 0)
  }

  /// The line that holds a place; where its item is gone, the beginning of the next one.
  mutating func line(of place: TranscriptPlace) -> TranscriptLine {
    let index = items.partitioningIndex { $0.id >= place.item }
    if index == items.count { return lastLine() }
    let start = TranscriptLine(item: index, block: 0, part: 0, line: 0)
    guard items[index].id == place.item, place.block < items[index].blocks.count else { return start }
    var line = TranscriptLine(item: index, block: place.block, part: place.part, line: 0)
    let count = items[index].blocks[place.block].partCount(options)
    if count == 0 { return self.line(line, movedBy: 0) }
    let isPastEnd = place.part >= count
    line.part = min(place.part, count - 1)
    let lines = lineCount(partOf: line)
    let part = line.part - items[index].blocks[place.block].headerParts
    guard part >= 0, lines > 0 else { return self.line(line, movedBy: 0) }
    line.line =
      isPastEnd
      ? lines - 1
      : items[index].blocks[place.block].content.line(offset: place.offset, rank: place.rank, part: part, options)
    return line
  }

  /// A place in the source; nil where there is none.
  mutating func sourcePlace(of place: TranscriptPlace) -> SourcePlace? {
    let index = items.partitioningIndex { $0.id >= place.item }
    guard index < items.count, items[index].id == place.item, place.block < items[index].blocks.count else {
      return nil
    }
    let part = place.part - items[index].blocks[place.block].headerParts
    let count = items[index].blocks[place.block].content.partCount(options)
    guard part >= 0, count > 0 else { return SourcePlace(item: place.item, block: place.block, offset: 0) }
    let offset = items[index].blocks[place.block].content.sourceOffset(
      part: min(part, count - 1), offset: part < count ? place.offset : .max / 2, options)
    return SourcePlace(item: place.item, block: place.block, offset: offset)
  }

  /// Lays out all that the block of a place holds: nothing less tells where the place is.
  mutating func catchUp(_ place: SourcePlace) {
    let index = items.partitioningIndex { $0.id >= place.item }
    guard index < items.count, items[index].id == place.item, place.block < items[index].blocks.count else { return }
    items[index].blocks[place.block].content.catchUp()
  }

  /// Where a place in the source is shown; nil where it is not. Only about there while its block is behind.
  mutating func place(of place: SourcePlace) -> TranscriptPlace? {
    let index = items.partitioningIndex { $0.id >= place.item }
    guard index < items.count, items[index].id == place.item, place.block < items[index].blocks.count else {
      return nil
    }
    let header = items[index].blocks[place.block].headerParts
    guard items[index].blocks[place.block].showsText(options),
      items[index].blocks[place.block].content.partCount(options) > 0
    else { return TranscriptPlace(item: place.item, block: place.block, part: 0, offset: 0) }
    noteWhetherBehind(item: index, block: place.block)
    let (part, offset) = items[index].blocks[place.block].content.place(ofSource: place.offset, options)
    return TranscriptPlace(item: place.item, block: place.block, part: header + part, offset: offset)
  }
}

extension TranscriptItem {
  /// The first line of an item at a place, without the gap before it.
  func start(at index: Int) -> TranscriptLine {
    TranscriptLine(item: index, block: blocks.first?.kind == .gap ? 1 : 0, part: 0, line: 0)
  }
}

/// The address of a block: its item's id, and its place in it.
struct BlockAddress: Hashable, Sendable {
  var item: Int
  var block: Int
}

/// Walking over lines, part by part: what lies on the way is laid out, and nothing else.
extension Transcript {
  /// Lines of the part that a line is in; lays it out. None where there is no such part any more.
  mutating func lineCount(partOf line: TranscriptLine) -> Int {
    guard line.part < partCount(line) else { return 0 }
    work.parts += 1
    return items[line.item].layOut(block: line.block, part: line.part, options)
  }

  private mutating func partCount(_ line: TranscriptLine) -> Int {
    let count = items[line.item].partCount(block: line.block, options)
    noteWhetherBehind(item: line.item, block: line.block)
    return count
  }

  /// A block that has left some of its text to later frames is asked to go on in the next one.
  mutating func noteWhetherBehind(item: Int, block: Int) {
    guard items[item].blocks[block].content.isBehind(options) else { return }
    behind.insert(BlockAddress(item: items[item].id, block: block))
  }

  /// Has the blocks go on that were behind, where they are looked at again.
  mutating func goOn() {
    for address in behind {
      let index = items.partitioningIndex { $0.id >= address.item }
      guard index < items.count, items[index].id == address.item, address.block < items[index].blocks.count else {
        continue
      }
      items[index].blocks[address.block].content.goOn()
    }
    behind = []
  }

  /// The first line of the next part that has any.
  private mutating func partAfter(_ line: TranscriptLine) -> TranscriptLine? {
    var next = TranscriptLine(item: line.item, block: line.block, part: line.part + 1, line: 0)
    while true {
      if next.part < partCount(next) {
        if lineCount(partOf: next) > 0 { return next }
        next.part += 1
      } else if next.block + 1 < items[next.item].blocks.count {
        next = TranscriptLine(item: next.item, block: next.block + 1, part: 0, line: 0)
      } else if next.item + 1 < items.count {
        next = TranscriptLine(item: next.item + 1, block: 0, part: 0, line: 0)
      } else {
        return nil
      }
    }
  }

  /// The line behind the last one of the part before that has any.
  private mutating func endOfPartBefore(_ line: TranscriptLine) -> TranscriptLine? {
    var before = line
    before.part = min(before.part, partCount(before))
    while true {
      if before.part > 0 {
        before.part -= 1
        before.line = lineCount(partOf: before)
        if before.line > 0 { return before }
        continue
      }
      if before.block > 0 {
        before.block -= 1
      } else if before.item > 0 {
        before.item -= 1
        before.block = items[before.item].blocks.count - 1
      } else {
        return nil
      }
      before.part = partCount(before)
    }
  }

  /// The last line of all. There has to be an item.
  mutating func lastLine() -> TranscriptLine {
    let item = items.count - 1
    var end = TranscriptLine(item: item, block: items[item].blocks.count - 1, part: 0, line: 0)
    end.part = partCount(end)
    guard var last = endOfPartBefore(end) else { return .first }
    last.line -= 1
    return last
  }

  /// The next line, if there is one.
  mutating func lineAfter(_ line: TranscriptLine, inPartOf count: Int) -> TranscriptLine? {
    if line.line + 1 < count {
      return TranscriptLine(item: line.item, block: line.block, part: line.part, line: line.line + 1)
    }
    return partAfter(line)
  }

  /// The line so many on, as far as there are lines.
  mutating func line(_ start: TranscriptLine, movedBy count: Int) -> TranscriptLine {
    var here = start
    var rest = count
    while here.line + rest < 0 {
      guard let before = endOfPartBefore(here) else { return .first }
      rest += here.line
      here = before
    }
    while true {
      let lines = lineCount(partOf: here)
      if here.line + rest < lines {
        here.line += rest
        return here
      }
      guard let next = partAfter(here) else {
        here.line = max(0, lines - 1)
        return here
      }
      rest -= lines - here.line
      here = next
    }
  }

  /// Lines from one to another, at most `limit`; no more than these are walked over.
  mutating func lines(from start: TranscriptLine, to end: TranscriptLine, limit: Int) -> Int {
    var here = start
    var count = 0
    while count < limit, (here.item, here.block, here.part) != (end.item, end.block, end.part) {
      count += lineCount(partOf: here) - here.line
      guard let next = partAfter(here) else { return min(limit, count) }
      if next > end { return 0 }
      here = next
    }
    if count < limit { count += end.line - here.line }
    return max(0, min(limit, count))
  }
}

import ChatModel

/// The conversation as the screen shows it, and the reader's place in it.
///
/// Only items that the page reaches are laid out. Nothing but the reader's own scrolling moves the page away from the
/// end or back to it.
struct Transcript: Equatable, Sendable {
  private(set) var items: [TranscriptItem] = []
  private(set) var anchor = ScrollAnchor.following
  private(set) var options = TranscriptOptions()
  /// Rows of the page.
  private(set) var rows = 1
  /// Lines below the furthest that the reader saw; 0 while following.
  private(set) var newLines = 0
  /// The first line of the page.
  private(set) var top = TranscriptLineNumber(item: 0, line: 0)

  /// The page's first line where the window leaves more room than lies below the anchor.
  private var shown: TranscriptPlace?
  /// The furthest that the reader saw before or while being scrolled up.
  private var seen: TranscriptPlace?
  private var nextID = 0

  var isEmpty: Bool { items.isEmpty }

  /// Adds an item; it is given its id.
  mutating func add(_ make: (Int) -> TranscriptItem) {
    items.append(make(nextID))
    nextID += 1
  }

  /// Changes the last answer, in place.
  mutating func changeLastAnswer(_ change: (inout TranscriptItem) -> Void) {
    guard let index = items.lastIndex(where: { $0.kind == .answer }) else { return }
    change(&items[index])
  }

  /// True when the last answer broke off or was stopped after some of its text.
  var isLastAnswerUnfinished: Bool { items.last { $0.kind == .answer }?.isUnfinished ?? false }

  /// Takes the last answer away, for another in its stead.
  mutating func removeLastAnswer() {
    if let index = items.lastIndex(where: { $0.kind == .answer }) { items.remove(at: index) }
  }

  /// Begins anew.
  mutating func removeAll() {
    items = []
    nextID = 0
    follow()
  }

  /// The text of the last answer that has any.
  var lastAnswer: String? { items.last { $0.kind == .answer && !$0.text.isEmpty }?.text }

  /// Opens or folds the reasoning of all answers.
  mutating func toggleReasoning() {
    options.isReasoningOpen.toggle()
    shown = nil
  }
}

/// Scrolling.
extension Transcript {
  /// Goes to the end and stays there.
  mutating func follow() {
    anchor = .following
    shown = nil
    seen = nil
  }

  /// Moves the page by lines; at the end it follows again.
  mutating func scroll(by lines: Int) {
    guard !items.isEmpty else { return }
    layOut(top.item)
    scroll(to: line(top, movedBy: lines))
  }

  /// Goes to the first line.
  mutating func scrollToTop() {
    guard !items.isEmpty else { return }
    layOut(0)
    scroll(to: TranscriptLineNumber(item: 0, line: 0))
  }

  private mutating func scroll(to target: TranscriptLineNumber) {
    let end = lastLine()
    let lowestTop = line(end, movedBy: 1 - rows)
    if target >= lowestTop { return follow() }
    if anchor == .following { seen = endPlace(of: end) }
    anchor = .at(place(of: target))
    shown = place(of: target)
  }

  /// Fits the page to its place on the screen and lays out what it shows.
  mutating func settle(width: Int, rows newRows: Int) {
    if width != options.width || newRows != rows {
      options.width = width
      rows = max(1, newRows)
      shown = nil
    }
    guard !items.isEmpty else {
      top = TranscriptLineNumber(item: 0, line: 0)
      newLines = 0
      return
    }
    let end = lastLine()
    switch anchor {
    case .following:
      top = line(end, movedBy: 1 - rows)
      newLines = 0
    case .at(let place):
      if let shown {
        top = number(of: shown)
      } else {
        top = min(number(of: place), line(end, movedBy: 1 - rows))
        shown = self.place(of: top)
      }
      let bottom = line(top, movedBy: rows - 1)
      markSeen(bottom)
      newLines = countNewLines(to: end)
    }
  }

  private mutating func markSeen(_ bottom: TranscriptLineNumber) {
    if let seen, number(of: seen) > bottom { return }
    seen = endPlace(of: bottom)
  }

  /// Lines that hold something behind what was seen. A line that only the typing cursor stands on does not count.
  private mutating func countNewLines(to end: TranscriptLineNumber) -> Int {
    guard let seen else { return 0 }
    let last = number(of: seen)
    var count = lines(from: last, to: end)
    if endPlace(of: last).offset > seen.offset && seen.offset >= 0 { count += 1 }
    let item = items[end.item]
    if item.isRunning && (item.hasCursorLine(options) || item.blocks.last?.lastLineColumns(options) == 0) { count -= 1 }
    return max(0, count)
  }
}

/// Lines and places.
extension Transcript {
  private mutating func layOut(_ item: Int) { items[item].layOut(options) }

  private mutating func lineCount(_ item: Int) -> Int {
    layOut(item)
    return items[item].lineCount(options)
  }

  private mutating func lastLine() -> TranscriptLineNumber {
    let item = items.count - 1
    return TranscriptLineNumber(item: item, line: max(0, lineCount(item) - 1))
  }

  /// The line so many on, as far as there are lines. Lays out the items on the way.
  private mutating func line(_ start: TranscriptLineNumber, movedBy count: Int) -> TranscriptLineNumber {
    var item = start.item
    var line = start.line + count
    while line < 0 && item > 0 {
      item -= 1
      line += lineCount(item)
    }
    while item < items.count - 1 {
      let lines = lineCount(item)
      if line < lines { break }
      line -= lines
      item += 1
    }
    return TranscriptLineNumber(item: item, line: min(max(0, line), max(0, lineCount(item) - 1)))
  }

  private mutating func lines(from start: TranscriptLineNumber, to end: TranscriptLineNumber) -> Int {
    if start.item == end.item { return max(0, end.line - start.line) }
    var count = end.line + 1
    for item in start.item..<max(start.item, end.item) { count += lineCount(item) }
    return max(0, count - start.line - 1)
  }

  private func place(of number: TranscriptLineNumber) -> TranscriptPlace {
    let item = items[number.item]
    guard let (block, line) = item.locate(line: number.line, options) else {
      let last = item.blocks.count - 1
      return TranscriptPlace(item: item.id, block: last, offset: item.blocks[last].content.utf8Count)
    }
    let content = item.blocks[block]
    let textLine = line - content.headerLines
    guard textLine >= 0, content.content.lines.indices.contains(textLine) else {
      return TranscriptPlace(item: item.id, block: block, offset: -1)
    }
    return TranscriptPlace(item: item.id, block: block, offset: content.content.lines[textLine].range.lowerBound)
  }

  /// The end of a line's text, so that what is added to the line later lies behind it.
  private func endPlace(of number: TranscriptLineNumber) -> TranscriptPlace {
    var place = place(of: number)
    let item = items[number.item]
    guard place.offset >= 0, let (block, line) = item.locate(line: number.line, options) else { return place }
    place.offset = item.blocks[block].content.lines[line - item.blocks[block].headerLines].range.upperBound
    return place
  }

  private mutating func number(of place: TranscriptPlace) -> TranscriptLineNumber {
    var low = 0
    var high = items.count
    while low < high {
      let middle = (low + high) / 2
      if items[middle].id < place.item { low = middle + 1 } else { high = middle }
    }
    if low == items.count { return lastLine() }
    layOut(low)
    let item = items[low]
    guard item.id == place.item, place.block < item.blocks.count else {
      return TranscriptLineNumber(item: low, line: 0)
    }
    var line = 0
    for block in item.blocks[..<place.block] { line += block.lineCount(options) }
    let block = item.blocks[place.block]
    if place.offset >= 0 && block.showsText(options) {
      line += block.headerLines + block.content.lineIndex(ofOffset: place.offset)
    }
    return TranscriptLineNumber(item: low, line: line)
  }

  /// The lines of the page, from its first: the item's number and the line's. To be asked after `settle`.
  var page: [TranscriptLineNumber] {
    var page: [TranscriptLineNumber] = []
    var here = top
    while page.count < rows && here.item < items.count {
      let count = items[here.item].lineCount(options)
      while page.count < rows && here.line < count {
        page.append(here)
        here.line += 1
      }
      here = TranscriptLineNumber(item: here.item + 1, line: 0)
    }
    return page
  }
}

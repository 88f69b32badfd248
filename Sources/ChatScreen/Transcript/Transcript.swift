import ChatModel

/// The conversation as the screen shows it, and the reader's place in it.
///
/// Only parts that the page reaches are laid out. Nothing but the reader's own scrolling moves the page away from the
/// end or back to it.
struct Transcript: Equatable, Sendable {
  var items: [TranscriptItem] = []
  var options = TranscriptOptions()
  /// Rows of the page.
  private(set) var rows = 1
  /// Lines below the furthest that the reader saw, at most `newLinesLimit`; 0 while following.
  private(set) var newLines = 0
  /// The first line of the page.
  private(set) var top = TranscriptLine.first
  private(set) var page = TranscriptPage()
  /// The sign at the end of an answer that still comes.
  var typingCursor = TranscriptView.typingCursor

  private(set) var anchor = ScrollAnchor.following
  /// The page's first line where the window leaves more room than lies below the anchor.
  private var shown: TranscriptPlace?
  /// The furthest that the reader saw before or while being scrolled up.
  private var seen: TranscriptPlace?
  /// The id of the item that is added next.
  private(set) var nextItemID = 0
  var work = LayoutWork()
  /// Blocks on the way to the page whose text is longer than one frame may lay out.
  var behind: Set<BlockAddress> = []

  /// More new lines than these are not counted.
  static let newLinesLimit = 999

  var isEmpty: Bool { items.isEmpty }

  /// Adds an item; it is given its id.
  mutating func add(_ make: (Int) -> TranscriptItem) {
    var item = make(nextItemID)
    if items.isEmpty { item.removeGap() }
    items.append(item)
    nextItemID += 1
  }

  /// Shows what was said in a talk, in items that have their ids.
  mutating func show(_ talk: [TranscriptItem]) {
    removeAll()
    items = talk
    nextItemID = talk.last.map { $0.id + 1 } ?? 0
  }

  /// Puts what was said before in front of what is shown.
  mutating func prepend(_ earlier: ArraySlice<TranscriptItem>) {
    if !items.isEmpty, !earlier.isEmpty { items[0].addGap() }
    items.insert(contentsOf: earlier, at: 0)
  }

  /// Says of items, from the one with that id on, what place they have among others.
  mutating func mark(_ alternatives: [Alternative?], from id: Int) {
    for index in items.indices {
      let place = items[index].id - id
      guard alternatives.indices.contains(place), alternatives[place] != items[index].alternative else { continue }
      items[index].alternative = alternatives[place]
    }
  }

  /// Puts an item in the place of the one with its id.
  mutating func replace(with item: TranscriptItem) {
    if let index = items.lastIndex(where: { $0.id == item.id }) { items[index] = item }
  }

  /// Changes the last answer, in place.
  mutating func changeLastAnswer(_ change: (inout TranscriptItem) -> Void) {
    guard let index = items.lastIndex(where: { $0.kind == .answer }) else { return }
    change(&items[index])
  }

  /// Some of what is looked at waits for the next frame.
  var isBehind: Bool { !behind.isEmpty }

  /// True when the last answer broke off or was stopped after some of its text.
  var isLastAnswerUnfinished: Bool { items.last { $0.kind == .answer }?.isUnfinished ?? false }

  /// Takes the last answer away, for another in its stead; returns how many there were in its place.
  mutating func removeLastAnswer() -> Int {
    guard let index = items.lastIndex(where: { $0.kind == .answer || $0.kind == .user }), items[index].kind == .answer
    else { return 0 }
    let answer = items.remove(at: index)
    // One that was stopped before anything came is no answer that could be gone back to.
    return (answer.alternative?.count ?? 1) - (answer.hasOutcome ? 0 : 1)
  }

  /// Begins anew.
  mutating func removeAll() {
    items = []
    nextItemID = 0
    follow()
  }

  /// The text of the last answer that has any.
  var lastAnswer: String? { items.last { $0.kind == .answer && !$0.text.isEmpty }?.text }
}

/// How it is laid out. The reader's place stays.
extension Transcript {
  /// Opens or folds the reasoning of all answers.
  mutating func toggleReasoning() {
    options.isReasoningOpen.toggle()
    shown = nil
  }

  /// Shows answers as they came, or what their Markdown means.
  mutating func toggleRaw() {
    let anchored: SourcePlace? = if case .at(let place) = anchor { sourcePlace(of: place) } else { nil }
    let seen = seen.flatMap { sourcePlace(of: $0) }
    options.isRaw.toggle()
    shown = nil
    for place in [anchored, seen].compactMap({ $0 }) { catchUp(place) }
    if let anchored, let place = place(of: anchored) { anchor = .at(place) }
    self.seen = seen.flatMap { place(of: $0) }
  }

  /// Wraps long lines of code, or lets them go on past the edge.
  mutating func toggleWrap() {
    options.wrapsCode.toggle()
    options.sideways = 0
    shown = nil
  }

  /// Has running text take so many columns at most; nil for all.
  mutating func setTextWidth(_ columns: Int?) {
    guard columns != options.textWidth else { return }
    options.textWidth = columns
    shown = nil
  }

  /// Moves code that does not wrap by so many columns.
  mutating func moveSideways(by columns: Int) { options.sideways = max(0, min(options.sideways + columns, 9999)) }
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
    scroll(to: line(top, movedBy: lines))
  }

  /// Goes to the first line.
  mutating func scrollToTop() {
    guard !items.isEmpty else { return }
    scroll(to: .first)
  }

  /// Goes to the beginning of the message that the page begins in, or of the one before it.
  mutating func scrollToPreviousMessage() {
    guard !items.isEmpty else { return }
    let before = items.indices.prefix(top.item + 1).last { items[$0].kind != .notice && items[$0].start(at: $0) < top }
    scroll(to: before.map { items[$0].start(at: $0) } ?? .first)
  }

  /// Goes to the beginning of the next message; at the end it follows again.
  mutating func scrollToNextMessage() {
    guard !items.isEmpty else { return }
    let next = items.indices.dropFirst(top.item).first { items[$0].kind != .notice && items[$0].start(at: $0) > top }
    if let next { scroll(to: items[next].start(at: next)) } else { follow() }
  }

  private mutating func scroll(to target: TranscriptLine) {
    let end = lastLine()
    if target >= line(end, movedBy: 1 - rows) { return follow() }
    stay(at: target, end: end)
  }

  /// Puts a line at the top of the page, or the page at the end, without following it.
  mutating func show(_ target: TranscriptLine) {
    let end = lastLine()
    stay(at: min(target, line(end, movedBy: 1 - rows)), end: end)
  }

  private mutating func stay(at target: TranscriptLine, end: TranscriptLine) {
    if anchor == .following { seen = endPlace(of: end) }
    anchor = .at(place(of: target))
    shown = place(of: target)
    top = target
  }

  /// Follows again where the page is at the end anyway.
  mutating func followAtEnd() {
    guard !items.isEmpty, case .at = anchor else { return }
    scroll(to: top)
  }

  /// Fits the page to its place on the screen, and lays out and draws what it shows.
  mutating func settle(
    width: Int, rows newRows: Int, theme: Theme, marks: FindMarks? = nil, selected: Selected? = nil
  ) {
    if width != options.width || newRows != rows {
      options.width = width
      rows = max(1, newRows)
      shown = nil
    }
    guard !items.isEmpty else {
      top = .first
      newLines = 0
      page = TranscriptPage()
      return
    }
    settleTop()
    let selected = selected.flatMap { lines(of: $0) }
    // Taken out while it changes, so that it is not copied.
    var page = page
    self.page = TranscriptPage()
    page.draw(&self, theme: theme, marks: marks, selected: selected)
    self.page = page
  }

  private mutating func settleTop() {
    let end = lastLine()
    switch anchor {
    case .following:
      top = line(end, movedBy: 1 - rows)
      newLines = 0
    case .at(let place):
      if let shown {
        top = line(of: shown)
      } else {
        top = min(line(of: place), line(end, movedBy: 1 - rows))
        shown = self.place(of: top)
      }
      let bottom = line(top, movedBy: rows - 1)
      markSeen(bottom)
      newLines = countNewLines(to: end)
    }
  }

  private mutating func markSeen(_ bottom: TranscriptLine) {
    if let seen, line(of: seen) > bottom { return }
    seen = endPlace(of: bottom)
  }

  /// Lines that hold something behind what was seen. A line that only the typing cursor stands on does not count.
  private mutating func countNewLines(to end: TranscriptLine) -> Int {
    guard let seen else { return 0 }
    let last = line(of: seen)
    var count = lines(from: last, to: end, limit: Self.newLinesLimit + 1)
    if count <= Self.newLinesLimit {
      if endPlace(of: last).offset > seen.offset { count += 1 }
      if isBlankEnd(end) { count -= 1 }
    }
    return max(0, min(count, Self.newLinesLimit))
  }

  /// Whether nothing stands on the last line but the typing cursor.
  private mutating func isBlankEnd(_ end: TranscriptLine) -> Bool {
    guard items[end.item].isRunning else { return false }
    if items[end.item].isCursorLine(block: end.block, part: end.part, options) { return true }
    let block = items[end.item].blocks[end.block]
    guard end.part >= block.headerParts else { return true }
    return block.content.line(end.line, ofPart: end.part - block.headerParts, options).columns == 0
  }
}

/// How many parts were laid out or found so, for the tests of what a frame costs. It says nothing of the transcript, so it
/// does not count when transcripts are compared.
struct LayoutWork: Equatable, Sendable {
  var parts = 0
  /// Rows drawn anew, not taken over from the frame before.
  var rows = 0

  static func == (left: Self, right: Self) -> Bool { true }
}

/// A search through the talk: the words as they are typed, the hits outward from the page, and the one that is shown.
///
/// Searching goes slice by slice, so that no talk is too long for it.
struct Find: Equatable, Sendable {
  /// A hit: the block it is in, of Markdown the part, and which of the hits there it is.
  struct Hit: Equatable, Sendable {
    /// The item's id.
    var item: Int
    var block: Int
    var part: Int
    var number: Int
    /// Where in the source of a text that is shown as it came; else 0.
    var offset: Int
  }

  /// Bytes that are searched before the screen is drawn again; an item costs some too.
  static let sliceSize = 256 * 1024
  private static let itemCost = 64

  private(set) var editor = InputEditor()
  private(set) var pattern: SearchPattern?
  private(set) var current: Hit?
  private(set) var found = FoundBlocks()
  /// Where the search begins: the end of the page.
  private let origin: SourcePlace
  /// The items that were searched, by their places.
  private var searched = 0..<0
  /// The part where the search begins, and the hits in it that stand before that place; nil before it was searched.
  private var begun: (part: Int, hitsBefore: Int)?
  /// A step that waits for the search to get there.
  private var wanted: Action.FindStep?
  /// The search through the next item, where a slice was not enough.
  private var pending: ItemSearch?
  /// The search through the item that may still change, and the one through what it has grown by.
  private var watched: ItemSearch?
  private var watching: ItemSearch?

  /// A search from the end of the page on.
  init(_ words: String, origin: SourcePlace) {
    self.origin = origin
    editor = InputEditor(words)
    pattern = SearchPattern(words)
  }

  static func == (left: Self, right: Self) -> Bool {
    left.editor == right.editor && left.current == right.current && left.found == right.found
      && left.searched == right.searched && left.wanted == right.wanted
  }

  /// Changes the words; new words are searched from the beginning.
  mutating func edit(_ change: (inout InputEditor) -> Void) {
    let old = editor.text
    change(&editor)
    guard editor.text != old else { return }
    pattern = SearchPattern(editor.text)
    current = nil
    found = FoundBlocks()
    searched = 0..<0
    begun = nil
    wanted = nil
    pending = nil
    watched = nil
    watching = nil
  }

  /// Fits the words to their columns.
  mutating func settle(columns: Int) { _ = editor.fit(columns: max(1, columns), maximumRows: 1) }

  /// So many items were put before all others.
  mutating func shift(by count: Int) {
    if !searched.isEmpty { searched = searched.lowerBound + count..<searched.upperBound + count }
  }

  /// True when there is nothing left to search, and no hit that one waits for.
  func isComplete(in transcript: Transcript) -> Bool {
    pattern == nil || searched == 0..<transcript.items.count && watching == nil
  }

  /// Which of the hits the current one is, from 1, and how many there are; nil while none is found.
  var place: (number: Int, total: Int)? {
    guard let current else { return nil }
    let index = found.index(ofItem: current.item, block: current.block, part: current.part)
    return (found.hits(before: index) + current.number + 1, found.total)
  }
}

/// From hit to hit.
extension Find {
  /// Goes to the next hit; false when there is none. Where it is not known yet, it is gone to once it is found.
  mutating func step(_ direction: Action.FindStep, in transcript: Transcript) -> Bool {
    guard let current else { return false }
    let index = found.index(ofItem: current.item, block: current.block, part: current.part)
    guard index < found.count else { return false }
    let number = current.number + (direction == .older ? -1 : 1)
    if number >= 0, number < found[index].count { return select(number, at: index, in: transcript) }
    let next = index + (direction == .older ? -1 : 1)
    if next >= 0, next < found.count {
      return select(direction == .older ? found[next].count - 1 : 0, at: next, in: transcript)
    }
    wanted = isEnd(direction, in: transcript) ? nil : direction
    return wanted != nil
  }

  private func isEnd(_ direction: Action.FindStep, in transcript: Transcript) -> Bool {
    direction == .older ? searched.lowerBound == 0 : searched.upperBound == transcript.items.count
  }

  private mutating func select(_ number: Int, at index: Int, in transcript: Transcript) -> Bool {
    let block = found[index]
    guard let content = transcript.content(item: block.item, block: block.block) else { return false }
    var offset = 0
    if !content.isMarkdown(transcript.options) {
      guard let hits = pattern?.hits(in: content.source), hits.indices.contains(number) else { return false }
      offset = hits[number].lowerBound
    }
    current = Hit(item: block.item, block: block.block, part: block.part, number: number, offset: offset)
    wanted = nil
    return true
  }
}

/// Searching.
extension Find {
  /// Searches a slice; true when another hit is the current one now.
  mutating func search(_ transcript: Transcript) -> Bool {
    guard let pattern else { return false }
    let before = current
    var budget = Self.sliceSize
    searchWatched(transcript, pattern, budget: &budget)
    while budget > 0, searched != 0..<transcript.items.count {
      searchNext(transcript, pattern, budget: &budget)
      settleCurrent(transcript)
    }
    return current != before
  }

  /// Searches the next item outward: upwards first, unless a newer hit is waited for.
  private mutating func searchNext(_ transcript: Transcript, _ pattern: SearchPattern, budget: inout Int) {
    let count = transcript.items.count
    let goesDown = searched.lowerBound == 0 || (wanted == .newer && searched.upperBound < count)
    let next =
      if searched.isEmpty { min(transcript.items.partitioningIndex { $0.id >= origin.item }, count - 1) } else {
        goesDown ? searched.upperBound : searched.lowerBound - 1
      }
    let item = transcript.items[next]
    var search = pending.flatMap { $0.item == item.id ? $0 : nil } ?? ItemSearch(item)
    pending = nil
    budget -= Self.itemCost
    guard search.search(item, transcript.options, pattern, budget: &budget) else {
      pending = search
      return
    }
    if item.kind == .answer, item.id >= watched?.item ?? 0 { watched = search }
    if searched.isEmpty {
      searched = next..<next + 1
      found.addBelow(search.found)
      begun = begin(transcript, pattern)
    } else if goesDown {
      found.addBelow(search.found)
      searched = searched.lowerBound..<next + 1
    } else {
      found.addAbove(search.found)
      searched = next..<searched.upperBound
    }
  }

  /// The part that the search begins in, and the hits in it before the place where it does.
  private func begin(_ transcript: Transcript, _ pattern: SearchPattern) -> (part: Int, hitsBefore: Int) {
    guard let content = transcript.content(item: origin.item, block: origin.block) else { return (0, 0) }
    var (part, offset, text) = (0, origin.offset, content.source)
    if content.isMarkdown(transcript.options) {
      guard !content.markdown.parts.isEmpty else { return (0, 0) }
      (part, offset) = content.place(ofSource: origin.offset, transcript.options)
      text = content.markdown.parts[part].shownText
      offset = offset * text.utf8.count / max(1, content.markdown.parts[part].plainText.utf8.count)
    }
    return (part, pattern.hits(in: text).count { $0.lowerBound < offset })
  }

  /// The answer that still comes is searched again where it has grown.
  private mutating func searchWatched(_ transcript: Transcript, _ pattern: SearchPattern, budget: inout Int) {
    guard let watched else { return }
    let index = transcript.items.partitioningIndex { $0.id >= watched.item }
    guard index < transcript.items.count, transcript.items[index].id == watched.item else {
      watching = nil
      return
    }
    let item = transcript.items[index]
    if watching == nil, item.searchedSize == watched.size { return }
    var search = watching ?? ItemSearch(item, after: watched)
    watching = nil
    guard search.search(item, transcript.options, pattern, budget: &budget) else {
      watching = search
      return
    }
    self.watched = search
    let origin = transcript.items.partitioningIndex { $0.id >= self.origin.item }
    found.replace(item: search.item, with: search.found, isAbove: index < origin)
    settleCurrent(transcript)
  }

  /// Chooses the first current hit, the nearest upwards, and goes to the hit that was waited for.
  private mutating func settleCurrent(_ transcript: Transcript) {
    if let wanted {
      _ = step(wanted, in: transcript)
      return
    }
    guard current == nil, found.count > 0 else { return }
    let index = found.index(ofItem: origin.item, block: origin.block, part: begun?.part ?? 0)
    if let before = begun?.hitsBefore, before > 0, index < found.count, found[index].item == origin.item,
      found[index].block == origin.block, found[index].part == begun?.part
    {
      _ = select(before - 1, at: index, in: transcript)
      return
    }
    if index > 0 {
      _ = select(found[index - 1].count - 1, at: index - 1, in: transcript)
      return
    }
    // Upwards goes before downwards, as far as it takes.
    if searched.lowerBound == 0, index < found.count { _ = select(0, at: index, in: transcript) }
  }
}

extension TranscriptBlock {
  /// Whether a block is searched: all that is shown, but not who speaks.
  func isSearchable(_ options: TranscriptOptions) -> Bool {
    if case .head = kind { return false }
    return showsText(options)
  }
}

extension TranscriptItem {
  /// What an item holds, as a number that changes when it does, or when it is over: then its end is taken as it stands.
  var searchedSize: Int { blocks.reduce(isRunning ? 1 : 0) { $0 + 2 * ($1.content.utf8Count + 1) } }
}

extension Transcript {
  /// What a block holds; nil where there is no such block.
  func content(item id: Int, block: Int) -> BlockContent? {
    let index = items.partitioningIndex { $0.id >= id }
    guard index < items.count, items[index].id == id, items[index].blocks.indices.contains(block) else { return nil }
    return items[index].blocks[block].content
  }
}

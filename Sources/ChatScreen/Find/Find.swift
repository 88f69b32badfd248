/// A search through the talk: the words as they are typed, the hits outward from the page, and the one that is shown.
///
/// Searching goes slice by slice, so that no talk is too long for it.
struct Find: Equatable, Sendable {
  /// A hit: the block it is in, which of the block's hits it is, and where in the block's source.
  struct Hit: Equatable, Sendable {
    /// The item's id.
    var item: Int
    var block: Int
    var number: Int
    var range: Range<Int>
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
  /// Hits in the block where the search begins that stand before that place; nil before it was searched.
  private var hitsBeforeOrigin: Int?
  /// A step that waits for the search to get there.
  private var wanted: Action.FindStep?
  /// The item that may still change, and what it held when it was searched.
  private var watched: (id: Int, size: Int)?

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
    hitsBeforeOrigin = nil
    wanted = nil
    watched = nil
  }

  /// Fits the words to their columns.
  mutating func settle(columns: Int) { _ = editor.fit(columns: max(1, columns), maximumRows: 1) }

  /// True when there is nothing left to search, and no hit that one waits for.
  func isComplete(in transcript: Transcript) -> Bool {
    pattern == nil || searched == 0..<transcript.items.count
  }

  /// Which of the hits the current one is, from 1, and how many there are; nil while none is found.
  var place: (number: Int, total: Int)? {
    guard let current else { return nil }
    let index = found.index(ofItem: current.item, block: current.block)
    return (found.hits(before: index) + current.number + 1, found.total)
  }
}

/// From hit to hit.
extension Find {
  /// Goes to the next hit; false when there is none. Where it is not known yet, it is gone to once it is found.
  mutating func step(_ direction: Action.FindStep, in transcript: Transcript) -> Bool {
    guard let current else { return false }
    let index = found.index(ofItem: current.item, block: current.block)
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
    guard let text = transcript.source(item: block.item, block: block.block), let hits = pattern?.hits(in: text),
      hits.indices.contains(number)
    else { return false }
    current = Hit(item: block.item, block: block.block, number: number, range: hits[number])
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
    searchWatched(transcript, pattern)
    var budget = Self.sliceSize
    while budget > 0, !isComplete(in: transcript) {
      budget -= searchNext(transcript, pattern)
      settleCurrent(transcript)
    }
    return current != before
  }

  /// Searches the next item outward: upwards first, unless a newer hit is waited for. Tells what it cost.
  private mutating func searchNext(_ transcript: Transcript, _ pattern: SearchPattern) -> Int {
    let count = transcript.items.count
    if searched.isEmpty {
      let start = min(transcript.items.partitioningIndex { $0.id >= origin.item }, count - 1)
      searched = start..<start + 1
      let blocks = search(item: start, transcript, pattern)
      found.addBelow(blocks.found)
      let text = transcript.source(item: origin.item, block: origin.block) ?? ""
      hitsBeforeOrigin = pattern.hits(in: text).filter { $0.lowerBound < origin.offset }.count
      return blocks.cost
    }
    let goesDown = searched.lowerBound == 0 || (wanted == .newer && searched.upperBound < count)
    let next = goesDown ? searched.upperBound : searched.lowerBound - 1
    let blocks = search(item: next, transcript, pattern)
    if goesDown {
      found.addBelow(blocks.found)
      searched = searched.lowerBound..<next + 1
    } else {
      found.addAbove(blocks.found)
      searched = next..<searched.upperBound
    }
    return blocks.cost
  }

  private mutating func search(
    item index: Int, _ transcript: Transcript, _ pattern: SearchPattern
  ) -> (found: [FoundBlocks.Block], cost: Int) {
    let item = transcript.items[index]
    var found: [FoundBlocks.Block] = []
    for (number, block) in item.blocks.enumerated() where block.isSearchable(transcript.options) {
      let count = pattern.count(in: block.content.source)
      if count > 0 { found.append(FoundBlocks.Block(item: item.id, block: number, count: count)) }
    }
    if item.kind == .answer, item.id >= watched?.id ?? 0 { watched = (item.id, item.sourceSize) }
    return (found, item.sourceSize + Self.itemCost)
  }

  /// The answer that still comes is searched again when it has grown.
  private mutating func searchWatched(_ transcript: Transcript, _ pattern: SearchPattern) {
    guard let watched else { return }
    let index = transcript.items.partitioningIndex { $0.id >= watched.id }
    guard index < transcript.items.count, transcript.items[index].id == watched.id,
      transcript.items[index].sourceSize != watched.size
    else { return }
    let origin = transcript.items.partitioningIndex { $0.id >= self.origin.item }
    let blocks = search(item: index, transcript, pattern)
    found.replace(item: watched.id, with: blocks.found, isAbove: index < origin)
    settleCurrent(transcript)
  }

  /// Chooses the first current hit, the nearest upwards, and goes to the hit that was waited for.
  private mutating func settleCurrent(_ transcript: Transcript) {
    if let wanted {
      _ = step(wanted, in: transcript)
      return
    }
    guard current == nil, found.count > 0 else { return }
    let index = found.index(ofItem: origin.item, block: origin.block)
    if let before = hitsBeforeOrigin, before > 0, index < found.count, found[index].item == origin.item,
      found[index].block == origin.block
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
  /// What an item holds, as a number that changes when it does.
  var sourceSize: Int { blocks.reduce(0) { $0 + $1.content.utf8Count + 1 } }
}

extension Transcript {
  /// The text of a block as it came; nil where there is no such block.
  func source(item id: Int, block: Int) -> String? {
    let index = items.partitioningIndex { $0.id >= id }
    guard index < items.count, items[index].id == id, items[index].blocks.indices.contains(block) else { return nil }
    return items[index].blocks[block].content.source
  }
}

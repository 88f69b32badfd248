/// The search through one item, which may take more than one slice: what is shown of Markdown is known once it is parsed.
///
/// It parses a copy where the page has not done so, so that searching leaves nothing behind in a long talk.
struct ItemSearch: Sendable {
  /// A place before which nothing changes any more, and what was found up to there.
  private struct Sure: Sendable {
    var block = 0
    var part = 0
    var found: [FoundBlocks.Block] = []
    /// Bytes of the blocks before.
    var size = 0
  }

  /// The item's id, and what it held when the search began.
  let item: Int
  let size: Int
  private(set) var found: [FoundBlocks.Block] = []
  private var block = 0
  private var part = 0
  /// The block at hand.
  private var content: BlockContent?
  private var sure = Sure()

  /// What parsing costs, and searching what was parsed, beside searching text as it came.
  private static let parsingCost = 4

  /// A search from the item's beginning.
  init(_ item: TranscriptItem) {
    self.item = item.id
    size = item.searchedSize
  }

  /// A search through an item that has grown, as far as it may have changed.
  init(_ item: TranscriptItem, after earlier: ItemSearch) {
    self.init(item)
    let before = item.blocks.prefix(earlier.sure.block).reduce(0) { $0 + $1.content.utf8Count }
    guard earlier.item == item.id, before == earlier.sure.size else { return }
    sure = earlier.sure
    found = sure.found
    block = sure.block
    part = sure.part
  }

  /// Goes on for about `budget` bytes, and takes them off it. Returns whether all is searched.
  mutating func search(
    _ item: TranscriptItem, _ options: TranscriptOptions, _ pattern: SearchPattern, budget: inout Int
  ) -> Bool {
    while block < item.blocks.count {
      let next = item.blocks[block]
      if !next.isSearchable(options) {
        // Nothing to find.
      } else if next.content.isMarkdown(options) {
        guard searchMarkdown(item, options, pattern, budget: &budget) else { return false }
      } else {
        markSure(upTo: 0, item)
        add(pattern.count(in: next.content.source))
        budget -= next.content.utf8Count
      }
      block += 1
      part = 0
      content = nil
    }
    return true
  }

  private mutating func add(_ count: Int) {
    if count > 0 { found.append(FoundBlocks.Block(item: item, block: block, part: part, count: count)) }
  }

  private mutating func markSure(upTo part: Int, _ item: TranscriptItem) {
    let size = sure.block == block ? sure.size : item.blocks.prefix(block).reduce(0) { $0 + $1.content.utf8Count }
    sure = Sure(block: block, part: part, found: found, size: size)
  }

  private mutating func searchMarkdown(
    _ item: TranscriptItem, _ options: TranscriptOptions, _ pattern: SearchPattern, budget: inout Int
  ) -> Bool {
    var content = self.content ?? item.blocks[block].content
    self.content = nil
    defer { self.content = content }
    while true {
      let before = content.markdown.parts.count
      let count = content.partCount(options)
      if count != before { budget -= Self.parsingCost * min(content.utf8Count, BlockContent.sliceSize) }
      while true {
        if part == content.markdown.settledPartCount { markSure(upTo: part, item) }
        if part >= count { break }
        if budget <= 0 { return false }
        add(pattern.count(in: content.shownText(ofPart: part)))
        budget -= content.sourceRange(ofPart: part, options).count
        part += 1
      }
      guard content.isBehind(options) else { return true }
      if budget <= 0 { return false }
      content.goOn()
    }
  }
}

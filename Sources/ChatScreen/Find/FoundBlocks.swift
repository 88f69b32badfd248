/// How many hits there are in which blocks, in their order, as far as was searched: outward from where the search began.
struct FoundBlocks: Equatable, Sendable {
  /// A block, or of Markdown a part of one, that holds hits.
  struct Block: Equatable, Sendable {
    /// The item's id.
    var item: Int
    var block: Int
    /// Of Markdown the part; 0 of what is shown as it came.
    var part = 0
    var count: Int
    /// Hits from where the search began to the end of this block that is farther off.
    fileprivate(set) var sum = 0
  }

  /// The nearest first.
  private var above: [Block] = []
  private var below: [Block] = []

  var count: Int { above.count + below.count }
  /// All hits.
  var total: Int { (above.last?.sum ?? 0) + (below.last?.sum ?? 0) }

  /// The blocks in their order, the highest first.
  subscript(index: Int) -> Block {
    index < above.count ? above[above.count - 1 - index] : below[index - above.count]
  }

  /// The place of a block, or of the first one behind where it would be.
  func index(ofItem item: Int, block: Int, part: Int) -> Int {
    (0..<count).partitioningIndex { (self[$0].item, self[$0].block, self[$0].part) >= (item, block, part) }
  }

  /// Hits before those of a block.
  func hits(before index: Int) -> Int {
    let aboveTotal = above.last?.sum ?? 0
    guard index < count else { return total }
    if index < above.count { return aboveTotal - self[index].sum }
    return aboveTotal + self[index].sum - self[index].count
  }

  /// Adds the blocks of the next item up, in their order.
  mutating func addAbove(_ blocks: [Block]) {
    for var block in blocks.reversed() {
      block.sum = (above.last?.sum ?? 0) + block.count
      above.append(block)
    }
  }

  /// Adds the blocks of the next item down, in their order.
  mutating func addBelow(_ blocks: [Block]) {
    for var block in blocks {
      block.sum = (below.last?.sum ?? 0) + block.count
      below.append(block)
    }
  }

  /// Replaces the blocks of an item that was searched before; `isAbove`: where it lies.
  mutating func replace(item: Int, with blocks: [Block], isAbove: Bool) {
    if isAbove {
      let start = above.partitioningIndex { $0.item <= item }
      let rest = above[start...].drop { $0.item == item }
      above.removeSubrange(start...)
      addAbove(blocks)
      for block in rest { addAbove([block]) }
    } else {
      let start = below.partitioningIndex { $0.item >= item }
      let rest = below[start...].drop { $0.item == item }
      below.removeSubrange(start...)
      addBelow(blocks)
      addBelow(Array(rest))
    }
  }
}

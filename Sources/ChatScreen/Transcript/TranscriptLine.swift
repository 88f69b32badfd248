/// The address of a line in the transcript, counted from 0: which line of which part of which block of which item. Lines
/// are never counted through a whole item, so that only parts on the way are laid out.
struct TranscriptLine: Hashable, Comparable, Sendable {
  /// The item's place among the items, not its id.
  var item: Int
  var block: Int
  var part: Int
  var line: Int

  /// The first line of all.
  static let first = TranscriptLine(item: 0, block: 0, part: 0, line: 0)

  /// Whether two lines belong to one part.
  func isInSamePart(as other: Self) -> Bool {
    item == other.item && block == other.block && part == other.part
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.item, left.block, left.part, left.line) < (right.item, right.block, right.part, right.line)
  }
}

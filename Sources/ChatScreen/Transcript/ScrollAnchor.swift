/// A place in the transcript that no change of the window moves: a block of an item, and a byte of its text.
struct TranscriptPlace: Equatable, Sendable {
  /// The item's id.
  var item: Int
  var block: Int
  /// UTF-8 offset in the block's text; -1 is the line that stands for reasoning.
  var offset: Int
}

/// Where the page stands.
enum ScrollAnchor: Equatable, Sendable {
  /// At the end, and stays there while text comes.
  case following
  /// The first line of the page is the one that holds this place.
  case at(TranscriptPlace)
}

/// The line of an item, both counted from 0.
struct TranscriptLineNumber: Hashable, Comparable, Sendable {
  var item: Int
  var line: Int
  static func < (left: Self, right: Self) -> Bool { (left.item, left.line) < (right.item, right.line) }
}

/// A place in the transcript that no change of the window moves: a part of a block of an item, and a byte of its text.
struct TranscriptPlace: Equatable, Sendable {
  /// The item's id.
  var item: Int
  var block: Int
  var part: Int
  /// UTF-8 offset in the part's text.
  var offset: Int
  /// Which of the lines that begin at this offset: some hold no text of their own, such as the one before a paragraph.
  var rank = 0
}

/// A place in the texts as they came, whatever they look like.
struct SourcePlace: Equatable, Sendable {
  /// The item's id.
  var item: Int
  var block: Int
  /// UTF-8 offset in the block's source.
  var offset: Int
}

/// Where the page stands.
enum ScrollAnchor: Equatable, Sendable {
  /// At the end, and stays there while text comes.
  case following
  /// The first line of the page is the one that holds this place.
  case at(TranscriptPlace)
}

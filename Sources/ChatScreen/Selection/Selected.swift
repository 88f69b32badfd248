/// A thing in the talk that can be selected: a message, or within it the reasoning, the arguments of a tool call, a block of
/// code.
struct Selected: Hashable, Sendable {
  /// The item's id.
  var item: Int
  /// Its block; nil is the whole message.
  var block: Int?
  /// For code: the part of the block's Markdown that it begins in.
  var part: Int?
  /// For code: which of the blocks of code that begin in the part.
  var number = 0

  /// The message that it is or belongs to.
  var message: Selected { Selected(item: item) }
}

extension TranscriptItem {
  /// Messages, answers and errors can be selected; what the program only remarks cannot.
  var isSelectable: Bool { kind != .notice || blocks.contains { $0.kind == .problem } }
}

extension TranscriptBlock {
  /// Whether the block as a whole can be selected within its message.
  var isSelectable: Bool { (kind.isFolded || kind == .toolArguments) && !content.isEmpty }
}

/// What a piece of source goes on with, where a block was too long for one window.
struct Continuation: Equatable, Sendable {
  enum Kind: Equatable, Sendable { case paragraph, heading, code, html, quote, list, table, rule }

  /// The block that was cut; nil at the beginning of a block.
  var kind: Kind?
  /// Put before the source, so that it is read as what it goes on with.
  var prefix: [UInt8] = []
  /// Lines of the prefix, which are taken off again where they would show.
  var prefixLines = 0
  /// The number of the next item of an ordered list.
  var listStart: Int?

  static let none = Continuation()
}

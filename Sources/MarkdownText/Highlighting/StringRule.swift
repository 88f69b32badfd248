/// How one kind of string (or of comment that does not hold others) begins, ends and what may stand in it.
///
/// It begins with a prefix (or none), `open`, the mark, `openTail`; it ends with `close`, the same mark, `closeTail`.
struct StringRule: Sendable {
  /// What may stand between the halves of the beginning, and has to again at the end.
  enum Mark: Equatable, Sendable {
    case none
    /// Any number of this byte.
    case repeated(UInt8)
    /// A name or nothing.
    case word
    /// Anything but blanks, brackets and backslashes.
    case free
  }

  /// A longer mark is none, so that no line takes long.
  static let longestMark = 32

  /// In small letters; the string begins with one of them, in any case of letters. Empty: with none.
  var prefixes: [[UInt8]] = []
  var open: [UInt8]
  var openTail: [UInt8] = []
  var mark = Mark.none
  var close: [UInt8]
  var closeTail: [UInt8] = []
  /// The byte that makes the next one ordinary.
  var escape: UInt8? = UInt8(ascii: "\\")
  /// The escape is followed by the mark too.
  var escapeTakesMark = false
  /// The end, written twice, stands for itself.
  var doublesClose = false
  var isMultiLine = false
  /// `${` and `}`: code within the string. The opening one may need the mark after its first byte (`\#(`).
  var interpolations: [(open: [UInt8], close: UInt8)] = []
  /// `{{` is no interpolation.
  var doublesInterpolation = false
  /// `$name` within the string is a variable.
  var hasVariables = false
  var isOnlyAtLineStart = false
  var kind = CodeToken.Kind.string

  /// `text`: how it begins and ends; `to`: how it ends, where that differs.
  init(_ text: String, to end: String? = nil, _ change: (inout StringRule) -> Void = { _ in }) {
    open = Array(text.utf8)
    close = Array((end ?? text).utf8)
    change(&self)
  }

  /// A comment from `open` to `close` that does not hold others.
  static func comment(_ open: String, _ close: String) -> StringRule {
    StringRule(open, to: close) {
      $0.escape = nil
      $0.isMultiLine = true
      $0.kind = .comment
    }
  }

  /// What it may begin with, after the prefix.
  var firstBytes: Set<UInt8> {
    if let first = open.first { return [first] }
    var bytes = Set(openTail.prefix(1))
    if case .repeated(let byte) = mark { bytes.insert(byte) }
    return bytes
  }

  /// Only its beginning, such as `<?php`.
  mutating func asMark() {
    close = []
    kind = .attribute
  }

  /// The prefixes, apart by blanks.
  mutating func takePrefixes(_ list: String) { prefixes = Array(list.utf8).split(separator: 0x20).map(Array.init) }

  mutating func interpolate(_ open: String, _ close: String) {
    guard let close = close.utf8.first else { return }
    interpolations.append((Array(open.utf8), close))
  }
}

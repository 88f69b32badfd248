/// A line of code as it is read: its bytes, a place in it, and the tokens found so far. Nothing read beyond the line traps.
struct CodeCursor {
  /// UTF-8. Every place that a scanner stops at lies beside an ASCII byte or after a whole scalar.
  let bytes: [UInt8]
  var position = 0
  private(set) var tokens: [CodeToken] = []

  init(_ line: Substring) { bytes = Array(line.utf8) }
  init(bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  var isAtEnd: Bool { position >= bytes.count }
  /// The byte at the place, 0 at the end.
  var current: UInt8 { byte(at: position) }

  /// 0 outside of the line.
  func byte(at index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

  /// Whether `text`, which is not empty, stands at `index`.
  func matches(_ text: [UInt8], at index: Int) -> Bool {
    guard index >= 0, bytes.count - index >= text.count else { return false }
    for offset in text.indices where bytes[index + offset] != text[offset] { return false }
    return !text.isEmpty
  }

  /// Where the bytes that fulfil `condition` end, seen from `start`.
  func end(from start: Int, while condition: (UInt8) -> Bool) -> Int {
    var index = max(start, 0)
    while index < bytes.count, condition(bytes[index]) { index += 1 }
    return index
  }

  /// The place after the scalar that begins at `index`.
  func scalarEnd(after index: Int) -> Int { end(from: index + 1) { $0 & 0xC0 == 0x80 } }

  mutating func skipBlanks() { position = end(from: position, while: \.isBlank) }

  /// A token from `start` to the place; one of the same kind right before it grows instead.
  mutating func emit(_ kind: CodeToken.Kind, from start: Int) {
    guard start < position else { return }
    if let last = tokens.last, last.kind == kind, last.range.upperBound == start {
      tokens[tokens.count - 1].range = last.range.lowerBound..<position
    } else {
      tokens.append(CodeToken(kind, start..<position))
    }
  }

  /// Goes on to `end` (at most the line's), which makes a token.
  mutating func take(_ kind: CodeToken.Kind, to end: Int) {
    let start = position
    position = min(max(end, start), bytes.count)
    emit(kind, from: start)
  }

  /// What began at `start` turned out to be of another kind: strings that are keys.
  mutating func change(from start: Int, _ kind: CodeToken.Kind, to other: CodeToken.Kind) {
    var index = tokens.count - 1
    while index >= 0, tokens[index].range.lowerBound >= start {
      if tokens[index].kind == kind { tokens[index].kind = other }
      index -= 1
    }
  }

  /// Takes over what another scanner found in the piece of the line that begins at `offset`.
  mutating func append(_ found: [CodeToken], at offset: Int) {
    for token in found {
      tokens.append(CodeToken(token.kind, token.range.lowerBound + offset..<token.range.upperBound + offset))
    }
  }
}

/// What a byte of code is.
extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  var isLower: Bool { self >= 0x61 && self <= 0x7A }
  /// Begins a name: a letter, `_`, or a byte of any scalar beyond ASCII.
  var isLetter: Bool { isUpper || isLower || self == UInt8(ascii: "_") || self >= 0x80 }
  var isWord: Bool { isLetter || isDigit }
  var isHexDigit: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x66) }
  var lowered: UInt8 { isUpper ? self | 0x20 : self }
}

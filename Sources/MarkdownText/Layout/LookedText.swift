import TerminalModel

/// A text whose pieces look differently, to be wrapped as one.
struct LookedText {
  /// A piece; it ends where the next begins.
  struct Piece {
    /// UTF-8 offset in the text.
    var start: Int
    /// UTF-8 offset in the plain text; that of what follows where the piece is a mark.
    var offset: Int
    /// Shown, but no part of the plain text.
    var isMark: Bool
    var look: TextLook
    var target: String?
  }

  private(set) var text = ""
  private(set) var pieces: [Piece] = []
  /// UTF-8 length of what is no mark.
  private(set) var plainLength = 0

  /// Adds a piece at the end.
  mutating func append(_ new: some StringProtocol, _ look: TextLook, target: String? = nil, isMark: Bool = false) {
    guard !new.isEmpty else { return }
    if let last = pieces.last, last.look == look, last.target == target, last.isMark == isMark {
      // It goes on as it was.
    } else {
      pieces.append(
        Piece(start: text.utf8.count, offset: plainLength, isMark: isMark, look: look, target: target))
    }
    text += new
    if !isMark { plainLength += new.utf8.count }
  }

  /// Adds all pieces of another text.
  mutating func append(_ other: LookedText, adding attributes: InlineAttributes = []) {
    for (index, piece) in other.pieces.enumerated() {
      var look = piece.look
      look.attributes.formUnion(attributes)
      append(other[piece: index], look, target: piece.target, isMark: piece.isMark)
    }
  }

  /// The text without its marks.
  var plainText: String {
    if plainLength == text.utf8.count { return text }
    var plain = ""
    for (index, piece) in pieces.enumerated() where !piece.isMark { plain += self[piece: index] }
    return plain
  }

  /// The text of one of the pieces.
  private subscript(piece index: Int) -> Substring {
    let end = index + 1 < pieces.count ? pieces[index + 1].start : text.utf8.count
    return text[utf8: pieces[index].start..<end]
  }

  /// The lines at a width, with offsets from the beginning of this text.
  func lines(width: Int) -> [TextLine] {
    let wrapper = TextWrapper(width: width, text: text)
    var reader = LookedTextReader(self)
    return wrapper.lines.map { reader.line($0, width: width) }
  }

  /// The lines at a width, all but the first one moved to the right by some columns, of which there are more.
  func lines(width: Int, hanging: Int) -> [TextLine] {
    let whole = TextWrapper(width: width, text: text)
    guard whole.lines.count > 1 else { return lines(width: width) }
    let start = whole.lines[1].range.lowerBound
    let rest = TextWrapper(width: width - hanging, text: String(text[utf8: start..<text.utf8.count]))
    var reader = LookedTextReader(self)
    let first = reader.line(whole.lines[0], width: width)
    let indent = TextLine.Span(String(repeating: " ", count: hanging), .plain)
    return [first]
      + rest.lines.map { line in
        var moved = line
        moved.range = line.range.lowerBound + start..<line.range.upperBound + start
        var laid = reader.line(moved, width: rest.width)
        laid.spans.insert(indent, at: 0)
        laid.columns += hanging
        return laid
      }
  }
}

extension String {
  /// A range of UTF-8 offsets; constant time in a native string.
  subscript(utf8 range: Range<Int>) -> Substring { self[utf8Index(range.lowerBound)..<utf8Index(range.upperBound)] }

  /// The index of a UTF-8 offset; constant time in a native string.
  func utf8Index(_ offset: Int) -> Index { utf8.index(startIndex, offsetBy: offset) }
}

import TerminalModel

/// Cuts a looked text into spans, from its beginning to its end.
struct LookedTextReader {
  private let source: LookedText
  private var text: String
  private let hasTabs: Bool
  /// The piece at hand.
  private var index = 0

  init(_ source: LookedText) {
    self.source = source
    text = source.text
    text.makeContiguousUTF8()
    hasTabs = text.utf8.contains(0x09)
  }

  /// The next line of a wrapper of the text.
  mutating func line(_ line: TextWrapper.Line, width: Int) -> TextLine {
    let offset = offset(at: line.range.lowerBound)
    // A cluster that is wider than the line: marks in its place.
    if line.columns == width, line.range.count > width, DisplayText.width(of: text[utf8: line.range]) > width {
      let mark = String(repeating: LayoutGlyphs.unshown, count: width)
      return TextLine([.init(mark, .ornament)], columns: width, offset: offset)
    }
    return TextLine(spans(in: line.range), columns: line.columns, offset: offset)
  }

  /// The offset in the plain text of a place in the text. Places never go back.
  mutating func offset(at place: Int) -> Int {
    guard !source.pieces.isEmpty else { return 0 }
    while index + 1 < source.pieces.count, source.pieces[index + 1].start <= place { index += 1 }
    let piece = source.pieces[index]
    return piece.isMark ? piece.offset : piece.offset + place - piece.start
  }

  /// The spans of a range; ranges never go back. Tabs become spaces.
  ///
  /// `column`: where the range stands in its line.
  mutating func spans(in range: Range<Int>, column: Int = 0) -> [TextLine.Span] {
    guard !range.isEmpty, !source.pieces.isEmpty else { return [] }
    var spans: [TextLine.Span] = []
    var start = range.lowerBound
    var column = column
    while start < range.upperBound {
      while index + 1 < source.pieces.count, source.pieces[index + 1].start <= start { index += 1 }
      let piece = source.pieces[index]
      var end = range.upperBound
      if index + 1 < source.pieces.count, source.pieces[index + 1].start < end {
        end = min(end, boundary(from: source.pieces[index + 1].start))
      }
      let own = spaced(text[utf8: start..<end], column: &column)
      if let last = spans.last, last.look == piece.look, last.target == piece.target {
        spans[spans.count - 1].text += own
      } else {
        spans.append(TextLine.Span(own, piece.look, target: piece.target))
      }
      start = end
    }
    return spans
  }

  /// The first end of a grapheme cluster from a place on: a cluster is of one look, that of its beginning.
  private func boundary(from place: Int) -> Int {
    let index = text.utf8Index(place)
    let bytes = text.utf8
    if place > 0, bytes[index] < 0x80, bytes[bytes.index(before: index)] < 0x80, bytes[index] != 0x0A { return place }
    if String.Index(index, within: text) != nil { return place }
    return bytes.distance(from: text.startIndex, to: text.index(after: index))
  }

  private func spaced(_ piece: Substring, column: inout Int) -> String {
    guard hasTabs else { return String(piece) }
    var spaced = ""
    for cluster in piece {
      let width = DisplayText.width(of: cluster, column: column)
      column += width
      guard cluster != "\t" else {
        spaced += String(repeating: " ", count: width)
        continue
      }
      // A mark that stood alone after a tab would join the last of the spaces.
      if spaced.last == " ", DisplayText.width(of: " \(cluster)") <= width { spaced += "\u{25CC}" }
      spaced.append(cluster)
    }
    return spaced
  }
}

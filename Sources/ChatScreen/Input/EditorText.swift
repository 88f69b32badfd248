/// A place in a text of several lines, always between two graphemes.
public struct TextPosition: Hashable, Comparable, Sendable {
  /// The logical line, from 0.
  public var line: Int
  /// Bytes of UTF-8 before the place in its line.
  public var offset: Int

  /// The start of the text unless said otherwise.
  public init(line: Int = 0, offset: Int = 0) {
    self.line = line
    self.offset = offset
  }

  public static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.offset) < (right.line, right.offset)
  }
}

/// The text of an editor: its logical lines, at least one, none of which holds a line end.
///
/// Lines are kept apart, so that an edit costs what its own line costs, however long the text is.
struct EditorText: Equatable, Sendable {
  private(set) var lines: [EditorLine] = [EditorLine(text: "")]
  /// What some characters of the lines stand for.
  var insets = Insets()

  /// An empty text.
  init() {}

  /// Line ends of any kind count as one.
  init(_ text: String) { lines = Self.split(text) }

  var isEmpty: Bool { lines.count == 1 && lines[0].text.isEmpty }
  var start: TextPosition { TextPosition() }
  var end: TextPosition { TextPosition(line: lines.count - 1, offset: lines[lines.count - 1].text.utf8.count) }
  var text: String { text(in: start..<end) }

  /// The text between two places, lines joined by `\n`.
  func text(in range: Range<TextPosition>) -> String {
    let first = lines[range.lowerBound.line].text
    if range.lowerBound.line == range.upperBound.line {
      return String(first.utf8Slice(range.lowerBound.offset..<range.upperBound.offset))
    }
    var result = String(first.utf8Slice(range.lowerBound.offset..<first.utf8.count))
    for line in range.lowerBound.line + 1..<range.upperBound.line {
      result += "\n"
      result += lines[line].text
    }
    result += "\n"
    result += lines[range.upperBound.line].text.utf8Slice(0..<range.upperBound.offset)
    return result
  }

  /// Puts `text` where `range` is, and returns where it ends.
  mutating func replace(_ range: Range<TextPosition>, with text: String) -> TextPosition {
    if range.lowerBound.line == range.upperBound.line && !text.utf8.contains(where: { $0 == 10 || $0 == 13 }) {
      let bounds = range.lowerBound.offset..<range.upperBound.offset
      lines[range.lowerBound.line].replace(bounds, with: text)
      return TextPosition(line: range.lowerBound.line, offset: bounds.lowerBound + text.utf8.count)
    }
    var pieces = Self.split(text)
    let last = lines[range.upperBound.line].text
    let tail = last.utf8Slice(range.upperBound.offset..<last.utf8.count)
    let head = lines[range.lowerBound.line].text.utf8Slice(0..<range.lowerBound.offset)
    pieces[0] = EditorLine(text: head + pieces[0].text)
    let end = TextPosition(
      line: range.lowerBound.line + pieces.count - 1, offset: pieces[pieces.count - 1].text.utf8.count)
    pieces[pieces.count - 1] = EditorLine(text: pieces[pieces.count - 1].text + tail)
    lines.replaceSubrange(range.lowerBound.line...range.upperBound.line, with: pieces)
    return end
  }

  /// Lays out a line as far as `EditorLine.layOut` says.
  mutating func layOut(line: Int, width: Int, rows: Int, offset: Int) {
    lines[line].layOut(width: width, rows: rows, offset: offset, insets)
  }

  /// Tells what the character of an inset stands for from now on.
  mutating func settle(_ character: Character, as inset: Inset) {
    insets[character] = inset
    for line in lines.indices where lines[line].text.contains(character) { lines[line].forgetLayout() }
  }

  /// Where a character of an inset stands; nil where it is no more.
  func place(of character: Character) -> Range<TextPosition>? {
    for (line, content) in lines.enumerated() {
      guard let index = content.text.firstIndex(of: character) else { continue }
      let offset = content.text.utf8Offset(index)
      let end = TextPosition(line: line, offset: offset + character.utf8.count)
      return TextPosition(line: line, offset: offset)..<end
    }
    return nil
  }

  private static func split(_ text: String) -> [EditorLine] {
    // "\r\n" is one Character, and so equal to neither of its parts: split on bytes.
    guard text.utf8.contains(13) else {
      return text.utf8.split(separator: 10, omittingEmptySubsequences: false)
        .map { EditorLine(text: String(Substring($0))) }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == 13 || (byte == 10 && previous != 13) { bytes.append(10) } else if byte != 10 { bytes.append(byte) }
      previous = byte
    }
    return bytes.split(separator: 10, omittingEmptySubsequences: false)
      .map { EditorLine(text: String(decoding: $0, as: UTF8.self)) }
  }
}

extension String {
  /// The text between two UTF-8 offsets, both on scalar boundaries.
  func utf8Slice(_ range: Range<Int>) -> Substring {
    let start = utf8.index(startIndex, offsetBy: range.lowerBound)
    return self[start..<utf8.index(start, offsetBy: range.count)]
  }
}

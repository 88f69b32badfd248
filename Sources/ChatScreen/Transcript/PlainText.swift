import MarkdownText
import TerminalModel

/// A text that grows, shown as it is. It is cut into parts, each laid out once it is looked at: a text of a megabyte costs
/// what is visible of it.
struct PlainText: Equatable, Sendable {
  /// The most bytes of a part.
  static let partSize = 4096

  private struct Part: Sendable {
    /// UTF-8 offsets in the text; a line end at the end of a part that others follow is not in it.
    var range: Range<Int>
    var wrapper: TextWrapper?
  }

  private(set) var text: String
  private var parts: [Part] = []
  private var isStale = true
  private var isEnded = false

  /// A text that is not laid out yet.
  init(_ text: String = "") { self.text = text }

  /// The layout follows from the text, so it does not count.
  static func == (left: Self, right: Self) -> Bool { left.text == right.text && left.isEnded == right.isEnded }

  /// Adds a piece; costs its length.
  mutating func append(_ piece: String) {
    text += piece
    isStale = true
  }

  /// Nothing more will be added; empty lines at the end are hidden from now on.
  mutating func end() {
    isEnded = true
    isStale = true
  }

  /// More will be added after all.
  mutating func reopen() {
    isEnded = false
    isStale = true
  }

  /// Parts, at least one; cuts what came since the last time.
  mutating func partCount() -> Int {
    if isStale { cut() }
    return parts.count
  }

  /// Lays out a part, and tells how many lines it has.
  mutating func layOut(part: Int, width: Int) -> Int {
    let slice = text.utf8Slice(parts[part].range)
    if parts[part].wrapper == nil {
      parts[part].wrapper = TextWrapper(width: width, text: String(slice))
    } else {
      parts[part].wrapper?.resize(width: width)
      if parts[part].wrapper?.text.utf8.count != slice.utf8.count {
        parts[part].wrapper?.update(text: String(slice))
      }
    }
    return parts[part].wrapper?.lines.count ?? 0
  }

  /// The lines of a part's last layout.
  func lineCount(ofPart part: Int) -> Int { parts[part].wrapper?.lines.count ?? 0 }

  /// A line of a part's last layout.
  func line(_ line: Int, ofPart part: Int) -> TextLine {
    guard let wrapper = parts[part].wrapper, wrapper.lines.indices.contains(line) else {
      return TextLine([], columns: 0, offset: 0)
    }
    let found = wrapper.lines[line]
    return TextLine([TextLine.Span(String(wrapper[found]))], columns: found.columns, offset: found.range.lowerBound)
  }

  /// UTF-8 offsets of a part in the text.
  func range(ofPart part: Int) -> Range<Int> { parts[part].range }

  /// The part that holds a byte. To be asked after `partCount`.
  func part(at offset: Int) -> Int {
    parts.partitioningIndex { $0.range.lowerBound > offset } - 1
  }
}

/// Where parts begin, which the bytes decide and not their coming: any pieces make the parts of the whole.
extension PlainText {
  private mutating func cut() {
    isStale = false
    text.makeContiguousUTF8()
    let last = parts.popLast()
    var start = last?.range.lowerBound ?? 0
    while text.utf8.count - start > Self.partSize {
      let (end, next) = cutPlace(from: start)
      parts.append(Part(range: start..<end, wrapper: start == last?.range.lowerBound ? last?.wrapper : nil))
      start = next
    }
    let wrapper = start == last?.range.lowerBound ? last?.wrapper : nil
    parts.append(Part(range: start..<text.utf8.count, wrapper: wrapper))
    if isEnded { hideEmptyLines() }
  }

  /// Where the part ends that begins at `start`, and where the next one begins: at the last line end, else at the last
  /// blank, else between two clusters.
  private func cutPlace(from start: Int) -> (end: Int, next: Int) {
    let limit = start + Self.partSize
    let place = text.utf8.withContiguousStorageIfAvailable { bytes -> (end: Int, next: Int)? in
      var blank: Int?
      var index = limit - 1
      while index > start {
        if bytes[index] == UInt8(ascii: "\n") {
          return (bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index, index + 1)
        }
        // What follows must not be a mark upon the blank.
        if blank == nil, bytes[index] == UInt8(ascii: " "), bytes[index + 1] < 0x80 { blank = index + 1 }
        index -= 1
      }
      return blank.map { ($0, $0) }
    }
    if let place = place ?? nil { return place }
    let cluster = text.utf8.distance(from: text.startIndex, to: text.index(before: text.utf8Index(limit)))
    let end = cluster > start ? cluster : limit - text.bytesIntoScalar(at: limit)
    return (end, end)
  }

  private mutating func hideEmptyLines() {
    var end = text.utf8.count
    text.utf8.withContiguousStorageIfAvailable { bytes in
      while end > 0, bytes[end - 1] == UInt8(ascii: "\n") {
        end -= end > 1 && bytes[end - 2] == UInt8(ascii: "\r") ? 2 : 1
      }
    }
    while parts.count > 1, parts[parts.count - 1].range.lowerBound >= end { parts.removeLast() }
    let last = parts.count - 1
    let start = parts[last].range.lowerBound
    parts[last].range = start..<max(start, min(parts[last].range.upperBound, end))
  }
}

extension String {
  /// The index of a UTF-8 offset; constant time in a native string.
  func utf8Index(_ offset: Int) -> Index { utf8.index(startIndex, offsetBy: offset) }

  /// How many bytes a place lies behind the beginning of the scalar that it is in.
  fileprivate func bytesIntoScalar(at offset: Int) -> Int {
    var start = offset
    while start > 0, start < utf8.count, utf8[utf8Index(start)] & 0xC0 == 0x80 { start -= 1 }
    return offset - start
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place whose element, and those of all places behind it, have a property.
  func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

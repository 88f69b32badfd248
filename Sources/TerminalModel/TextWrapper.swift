/// Wraps a growing text into lines of at most `width` columns.
///
/// Greedy, at spaces, tabs and beside wide characters; a word longer than a line is cut between grapheme clusters. The
/// spaces at a wrap hang past the edge and belong to no line. A piece that is appended costs its own length and that of
/// the last cluster before it, however long the text is; any cutting into pieces gives the lines of the whole. Where words are
/// not kept, lines are cut at the width, whatever stands there.
public struct TextWrapper: Sendable {
  /// One line: where it stands in `text` and how wide it is.
  public struct Line: Hashable, Sendable {
    /// UTF-8 offsets, without the line end and the spaces that hang.
    public var range: Range<Int>
    /// Columns, at most the wrapper's width.
    public var columns: Int
    /// Whether the text, not the width, ended the line; the last line too.
    public var isParagraphEnd: Bool
  }

  public private(set) var text = ""
  /// At least 1.
  public private(set) var width: Int
  /// Whether lines end between words, where they can.
  public let keepsWords: Bool
  /// Never empty: an empty text is one empty line, and so is what follows a line end.
  public private(set) var lines: [Line] = []

  /// Before the last cluster, which the next piece may prolong.
  private var checkpoint = LineScan()
  /// How many lines were ended before the checkpoint.
  private var endedLines = 0

  public init(width: Int, text: String = "", keepsWords: Bool = true) {
    self.width = max(1, width)
    self.keepsWords = keepsWords
    lines = [LineScan().line(isParagraphEnd: true)]
    append(text)
  }

  /// Adds a piece at the end; it may begin or end inside a grapheme cluster.
  public mutating func append(_ piece: String) {
    guard !piece.isEmpty else { return }
    text += piece
    wrap()
  }

  /// Takes over a new text: only the piece at the end is wrapped where the old text begins it.
  public mutating func update(text new: String) {
    let old = text.utf8.count
    if new.utf8.count >= old, new.utf8.prefix(old).elementsEqual(text.utf8) {
      append(String(Substring(new.utf8.dropFirst(old))))
    } else {
      text = new
      rewrap()
    }
  }

  /// Wraps the whole text to another width.
  public mutating func resize(width new: Int) {
    guard max(1, new) != width else { return }
    width = max(1, new)
    rewrap()
  }

  /// The text of a line.
  public subscript(line: Line) -> Substring {
    text[text.utf8Index(line.range.lowerBound)..<text.utf8Index(line.range.upperBound)]
  }

  /// A line's cells; what is wider than the wrapper is drawn as a mark.
  public func cells(of line: Line, style: Style = .plain) -> [Cell] {
    let cells = DisplayText(self[line], style: style).cells
    if cells.count <= width { return cells }
    return Array(repeating: Cell(String(Sanitiser.invisibleMark), style), count: line.columns)
  }

  /// Where the terminal's cursor stands before the byte at `offset`: the line's number and a column, at most `width`.
  public func place(ofOffset offset: Int) -> (line: Int, column: Int) {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].range.lowerBound <= offset { low = middle } else { high = middle }
    }
    let start = lines[low].range.lowerBound
    guard start < offset else { return (low, 0) }
    let before = text[text.utf8Index(start)..<text.utf8Index(min(offset, text.utf8.count))]
    return (low, min(width, DisplayText.width(of: before)))
  }

  private mutating func rewrap() {
    lines.removeAll(keepingCapacity: true)
    checkpoint = LineScan()
    endedLines = 0
    wrap()
  }

  private mutating func wrap() {
    text.makeContiguousUTF8()
    lines.removeLast(lines.count - endedLines)
    var scan = checkpoint
    let text = self.text
    text.utf8.withContiguousStorageIfAvailable { bytes in
      var clusters = ClusterScanner(text: text, offset: scan.offset)
      while let cluster = clusters.next(in: bytes) {
        if cluster.end == bytes.count {
          checkpoint = scan
          endedLines = lines.count
        }
        scan.take(cluster, width: width, keepsWords: keepsWords, lines: &lines)
      }
    }
    lines.append(scan.line(isParagraphEnd: true))
  }
}

extension String {
  /// The index of a UTF-8 offset; constant time in a native string.
  fileprivate func utf8Index(_ offset: Int) -> Index { utf8.index(startIndex, offsetBy: offset) }
}

/// A grapheme cluster of the text, as far as wrapping goes.
private struct WrapCluster {
  enum Kind {
    case lineEnd, space, tab, narrow, wide, opener, closer
    /// Narrow brackets and stops, which stay with a wide character beside them.
    case narrowOpener, narrowCloser
  }
  var start: Int
  var end: Int
  var kind: Kind
  /// Nil for a tab, whose width is its place's.
  var columns: Int?
}

/// Walks over the clusters of a text from a boundary on; ASCII without asking for grapheme breaks.
private struct ClusterScanner {
  let text: String
  var offset: Int

  /// `bytes`: those of the text.
  mutating func next(in bytes: UnsafeBufferPointer<UInt8>) -> WrapCluster? {
    guard offset < bytes.count else { return nil }
    let first = offset
    let byte = bytes[first]
    if byte < 0x7F, byte != 0x0D, first + 1 == bytes.count || bytes[first + 1] < 0x80 {
      offset = first + 1
      switch byte {
      case 0x0A: return WrapCluster(start: first, end: offset, kind: .lineEnd, columns: 0)
      case 0x20: return WrapCluster(start: first, end: offset, kind: .space, columns: 1)
      case 0x09: return WrapCluster(start: first, end: offset, kind: .tab, columns: nil)
      default: return WrapCluster(start: first, end: offset, kind: Self.kind(ofASCII: byte), columns: 1)
      }
    }
    let rest = text[text.utf8.index(text.startIndex, offsetBy: first)...]
    let cluster = rest[rest.startIndex]
    offset = first + cluster.utf8.count
    return WrapCluster(
      start: first, end: offset, kind: Self.kind(of: cluster),
      columns: cluster == "\t" ? nil : DisplayText.width(of: cluster))
  }

  private static func kind(ofASCII byte: UInt8) -> WrapCluster.Kind {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): .narrowOpener
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "."), UInt8(ascii: ","),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "%"):
      .narrowCloser
    default: .narrow
    }
  }

  /// Decided by the first scalar where more may follow, so that a later piece does not change it.
  private static func kind(of cluster: Character) -> WrapCluster.Kind {
    if let ascii = cluster.asciiValue {
      // "\r\n" too says that it is a line feed.
      switch ascii {
      case 0x0A, 0x0D: return .lineEnd
      case 0x20: return .space
      case 0x09: return .tab
      default: return kind(ofASCII: ascii)
      }
    }
    guard let first = cluster.unicodeScalars.first else { return .narrow }
    if ScalarWidth.isPlainlyWide(first) { return .wide }
    guard ScalarWidth.columns(first) == 2 else {
      // Chinese is written with these quotation marks and ellipses.
      guard (0x2018...0x2026).contains(first.value) else { return .narrow }
      return first.properties.generalCategory == .initialPunctuation ? .narrowOpener : .narrowCloser
    }
    switch first.properties.generalCategory {
    case .openPunctuation, .initialPunctuation: return .opener
    case .closePunctuation, .finalPunctuation: return .closer
    case .otherPunctuation: return .closer
    case .modifierLetter: return .closer
    default: return .wide
    }
  }
}

/// The line being filled.
private struct LineScan {
  /// Where the next cluster begins.
  var offset = 0
  private var start = 0
  private var columns = 0
  /// Where the line ends if nothing more comes: spaces past the edge are not in it.
  private var contentEnd = 0
  private var contentColumns = 0
  /// The last place to wrap: the end of the line before it, its columns, and the start of the next line.
  private var wrap: (end: Int, columns: Int, next: Int, columnsToNext: Int)?
  /// The end and columns of what is not space.
  private var wordEnd = 0
  private var wordColumns = 0
  private var previous: WrapCluster.Kind?

  func line(isParagraphEnd: Bool) -> TextWrapper.Line {
    TextWrapper.Line(range: start..<contentEnd, columns: contentColumns, isParagraphEnd: isParagraphEnd)
  }

  mutating func take(_ cluster: WrapCluster, width: Int, keepsWords: Bool, lines: inout [TextWrapper.Line]) {
    offset = cluster.end
    switch cluster.kind {
    case .lineEnd:
      lines.append(line(isParagraphEnd: true))
      self = LineScan(startingAt: cluster.end)
    case .space, .tab:
      columns += cluster.columns ?? DisplayText.tabWidth(at: columns)
      if columns <= width {
        contentEnd = cluster.end
        contentColumns = columns
      }
      previous = cluster.kind
    default: takeWord(cluster, width: width, keepsWords: keepsWords, lines: &lines)
    }
  }

  private mutating func takeWord(
    _ cluster: WrapCluster, width: Int, keepsWords: Bool, lines: inout [TextWrapper.Line]
  ) {
    if keepsWords, mayBreak(before: cluster.kind) {
      wrap = (wordEnd, wordColumns, cluster.start, columns)
    }
    let own = min(cluster.columns ?? 0, width)
    if columns + own > width, cluster.start > start {
      if let wrap {
        lines.append(TextWrapper.Line(range: start..<wrap.end, columns: wrap.columns, isParagraphEnd: false))
        restart(at: wrap.next, keeping: columns - wrap.columnsToNext)
        // A piece of a word that was carried over may itself be followed by a cluster too wide to join it.
        return takeWord(cluster, width: width, keepsWords: keepsWords, lines: &lines)
      }
      lines.append(TextWrapper.Line(range: start..<wordEnd, columns: wordColumns, isParagraphEnd: false))
      restart(at: cluster.start, keeping: 0)
    }
    columns += own
    contentEnd = cluster.end
    contentColumns = columns
    wordEnd = cluster.end
    wordColumns = columns
    previous = cluster.kind
  }

  private func mayBreak(before next: WrapCluster.Kind) -> Bool {
    switch (previous, next) {
    // A word after mere indentation is cut rather than sent down below an empty line.
    case _ where wordEnd == start: false
    case (.space, _), (.tab, _): true
    case (.opener, _), (_, .closer), (.narrowOpener, _), (_, .narrowCloser): false
    case (.narrow, .narrow), (.narrow, .narrowOpener), (.narrowCloser, .narrow), (.narrowCloser, .narrowOpener): false
    default: true
    }
  }

  /// Begins the next line with `kept` columns that were carried over from this one.
  private mutating func restart(at next: Int, keeping kept: Int) {
    start = next
    columns = kept
    contentEnd = max(contentEnd, next)
    contentColumns = kept
    wordEnd = max(wordEnd, next)
    wordColumns = kept
    wrap = nil
    if kept == 0 { previous = nil }
  }

  init() {}

  private init(startingAt offset: Int) {
    self.offset = offset
    start = offset
    contentEnd = offset
    wordEnd = offset
  }
}

import MarkdownText

/// The text of a block that grows: Markdown, or as it is. Laid out part by part, as far as it is looked at.
struct BlockContent: Equatable, Sendable {
  /// Whether it is Markdown; else `markdown` stays empty, which, unlike an optional one, is looked into without being copied.
  let isMarkdown: Bool
  private(set) var markdown = MarkdownContent()
  /// The text as it is; of a Markdown text its source, once that was looked at.
  private var plain: PlainText?
  private var isStale = true

  /// Bytes of Markdown to take and to parse before the screen is drawn: a few milliseconds.
  static let sliceSize = 64 * 1024

  /// A text of which nothing has come yet.
  init(isMarkdown: Bool) {
    self.isMarkdown = isMarkdown
    if !isMarkdown { plain = PlainText() }
  }

  /// The layout follows from the text, so it does not count.
  static func == (left: Self, right: Self) -> Bool {
    left.isMarkdown == right.isMarkdown && left.source == right.source && left.markdown == right.markdown
  }

  /// The text as it came.
  var source: String { isMarkdown ? markdown.source : plain?.text ?? "" }
  var isEmpty: Bool { utf8Count == 0 }
  var utf8Count: Int { isMarkdown ? markdown.source.utf8.count : plain?.text.utf8.count ?? 0 }

  /// Adds a piece; costs its length.
  mutating func append(_ piece: String) {
    if isMarkdown { markdown.append(piece) }
    plain?.append(piece)
    isStale = true
  }

  /// Nothing more will be added.
  mutating func end() {
    if isMarkdown { markdown.end() }
    plain?.end()
    isStale = true
  }

  /// More will be added after all.
  mutating func reopen() {
    if isMarkdown { markdown.reopen() }
    plain?.reopen()
    isStale = true
  }

  /// Parts as they are now; none where a Markdown text holds nothing to show.
  mutating func partCount(_ options: TranscriptOptions) -> Int {
    isMarkdown(options) ? markdownPartCount() : partCountAsItIs()
  }

  /// Parts of what the Markdown means, whether or not it is shown; none of a text that is no Markdown.
  mutating func markdownPartCount() -> Int {
    if isStale {
      isStale = false
      markdown.update(limit: Self.sliceSize)
    }
    return markdown.parts.count
  }

  /// Some of what came is left to later frames: only a beginning has parts as yet.
  func isBehind(_ options: TranscriptOptions) -> Bool { isMarkdown(options) && markdown.isBehind }

  /// Takes the next slice, once parts are asked for.
  mutating func goOn() { isStale = isStale || markdown.isBehind }

  /// Takes all that is left.
  mutating func catchUp() { markdown.update() }

  private mutating func partCountAsItIs() -> Int {
    if plain == nil { plain = PlainText(source) }
    return plain?.partCount() ?? 0
  }

  /// Whether it is shown as what its Markdown means.
  func isMarkdown(_ options: TranscriptOptions) -> Bool { isMarkdown && !options.isRaw }

  /// The text of a part of the Markdown as it is shown.
  mutating func shownText(ofPart part: Int) -> String { markdown.shownText(ofPart: part) }

  /// Lays out a part, and tells how many lines it has.
  mutating func layOut(part: Int, width: Int, _ options: TranscriptOptions) -> Int {
    guard isMarkdown(options) else { return plain?.layOut(part: part, width: width) ?? 0 }
    markdown.layOut(
      part: part,
      LayoutOptions(
        width: width, textWidth: options.textWidth, wrapsCode: options.wrapsCode, sideways: options.sideways))
    return lineCount(ofPart: part, options)
  }
}

/// What is on the page. To be asked after `layOut`.
extension BlockContent {
  /// Lines of a part.
  func lineCount(ofPart part: Int, _ options: TranscriptOptions) -> Int {
    isMarkdown(options) ? markdown.parts[part].lines.count : plain?.lineCount(ofPart: part) ?? 0
  }

  /// A line of a part.
  func line(_ line: Int, ofPart part: Int, _ options: TranscriptOptions) -> TextLine {
    guard isMarkdown(options) else {
      return plain?.line(line, ofPart: part) ?? TextLine([], columns: 0, offset: 0)
    }
    return markdown.parts[part].lines[line]
  }

  /// The offset of a line in its part, and which of the lines of that offset it is.
  func place(ofLine line: Int, part: Int, _ options: TranscriptOptions) -> (offset: Int, rank: Int) {
    let offset = self.line(line, ofPart: part, options).offset
    var rank = 0
    while rank < line, self.line(line - rank - 1, ofPart: part, options).offset == offset { rank += 1 }
    return (offset, rank)
  }

  /// The line of a part that holds a place.
  func line(offset: Int, rank: Int, part: Int, _ options: TranscriptOptions) -> Int {
    let lines = 0..<lineCount(ofPart: part, options)
    let next = lines.partitioningIndex { line($0, ofPart: part, options).offset > offset }
    let first = lines.partitioningIndex { line($0, ofPart: part, options).offset >= offset }
    return max(0, min(first + rank, next - 1))
  }

  /// Where the text of a line ends, as an offset in its part.
  func endOffset(ofLine line: Int, part: Int, _ options: TranscriptOptions) -> Int {
    let found = self.line(line, ofPart: part, options)
    let end = found.offset + found.spans.reduce(0) { $0 + $1.text.utf8.count }
    guard line + 1 < lineCount(ofPart: part, options) else { return end }
    return max(found.offset, min(end, self.line(line + 1, ofPart: part, options).offset - 1))
  }
}

/// Places in the source: between the text as it is and as it is shown, and for what is found.
extension BlockContent {
  /// UTF-8 offsets of a part in the source. To be asked after `partCount`.
  func sourceRange(ofPart part: Int, _ options: TranscriptOptions) -> Range<Int> {
    isMarkdown(options) ? markdown.parts[part].sourceRange : plain?.range(ofPart: part) ?? 0..<0
  }

  /// Where a place of a part stands in the source; in Markdown, about there.
  func sourceOffset(part: Int, offset: Int, _ options: TranscriptOptions) -> Int {
    let range = sourceRange(ofPart: part, options)
    guard isMarkdown(options) else { return min(range.lowerBound + offset, range.upperBound) }
    let length = max(1, markdown.parts[part].plainText.utf8.count)
    return range.lowerBound + min(offset, length) * range.count / length
  }

  /// The part of a place in the source, and the offset in it; in Markdown, about there. There has to be a part.
  func place(ofSource offset: Int, _ options: TranscriptOptions) -> (part: Int, offset: Int) {
    guard isMarkdown(options) else {
      let part = plain?.part(at: offset) ?? 0
      return (part, offset - sourceRange(ofPart: part, options).lowerBound)
    }
    let part = max(0, markdown.parts.partitioningIndex { $0.sourceRange.lowerBound > offset } - 1)
    let range = markdown.parts[part].sourceRange
    let length = markdown.parts[part].plainText.utf8.count
    let inside = max(0, min(offset, range.upperBound) - range.lowerBound)
    return (part, inside * length / max(1, range.count))
  }
}

/// Writes blocks line by line, each within the margin of the blocks around it.
struct BlockWriter {
  /// Columns that text is left by any depth of lists and quotes, as far as the window has them.
  static let leastRoom = 8

  let options: LayoutOptions
  private(set) var lines: [TextLine] = []
  /// Where the block at hand begins in the plain text.
  var offset = 0
  var margin = Margin()
  /// Markers that found no room in the margin, to stand before the text that comes next.
  var looseMarkers = ""
  /// The role of running text.
  var role = TextLook.Role.text
  /// Whether the language stands above code.
  var labelsCode = true
  /// How many bullet lists are around.
  var bulletDepth = 0

  init(_ options: LayoutOptions) { self.options = options }

  /// The columns beside the margin; at least 1.
  var room: Int { max(1, options.width - margin.columns) }

  /// The columns that running text takes of them.
  var textRoom: Int {
    guard let textWidth = options.textWidth else { return room }
    return min(room, max(Self.leastRoom, textWidth - margin.columns))
  }

  mutating func write(_ block: MarkdownBlock) {
    switch block {
    case .paragraph(let runs): write(LookedText(runs, role: role))
    case .heading(let level, let runs): writeHeading(level: level, runs)
    case .code(let code): writeCode(code)
    case .quote(let blocks): writeQuote(blocks)
    case .list(let list): writeList(list)
    case .table(let table): writeTable(table)
    case .rule: writeRule()
    case .html(let source): writeHTML(source)
    }
  }

  /// Blocks below each other; their plain texts are a line end apart.
  mutating func write(_ blocks: [MarkdownBlock], apart: Bool) {
    for (index, block) in blocks.enumerated() {
      if index > 0 {
        offset += 1
        if apart { writeEmptyLine() }
      }
      write(block)
    }
  }

  /// A text that is a whole block, wrapped.
  mutating func write(_ text: LookedText) {
    for line in takeLooseMarkers(before: text).lines(width: textRoom) { write(line) }
    offset += text.plainLength
  }

  /// A line at the right of the margin; its offset counts from the block's beginning.
  mutating func write(_ line: TextLine) {
    var line = line
    let left = line.spans.isEmpty && margin.next == margin.rest ? margin.empty : margin.take()
    if !left.isEmpty {
      line.spans.insert(TextLine.Span(left, .ornament), at: 0)
      line.columns += left.unicodeScalars.count
    }
    line.offset += offset
    line.trim()
    lines.append(line)
  }

  mutating func writeEmptyLine() { write(TextLine([], columns: 0, offset: 0)) }

  /// A line that is no text; cut where it is too long, which its maker sees to.
  mutating func writeOrnament(_ text: String) {
    write(TextLine([.init(text, .ornament)], columns: text.unicodeScalars.count, offset: 0))
  }

  /// Writes the markers that stand before no text on lines of their own.
  mutating func flushLooseMarkers() {
    guard !looseMarkers.isEmpty else { return }
    for line in takeLooseMarkers(before: LookedText()).lines(width: textRoom) { write(line) }
  }

  private mutating func takeLooseMarkers(before text: LookedText) -> LookedText {
    guard !looseMarkers.isEmpty else { return text }
    var marked = LookedText()
    marked.append(looseMarkers, .ornament, isMark: true)
    marked.append(text)
    looseMarkers = ""
    return marked
  }
}

extension TextLine {
  /// Takes the spaces at its end away, which would only be in the way of one who copies it.
  fileprivate mutating func trim() {
    while let last = spans.indices.last {
      while spans[last].text.utf8.last == 0x20 {
        spans[last].text.unicodeScalars.removeLast()
        columns -= 1
      }
      guard spans[last].text.isEmpty else { return }
      spans.removeLast()
    }
  }
}

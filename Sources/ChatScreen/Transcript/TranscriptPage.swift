import MarkdownText
import TerminalModel

/// The rows of the page as cells. A row that looks as it did keeps its cells, so that neither drawing nor comparing it
/// costs anything.
struct TranscriptPage: Equatable, Sendable {
  /// A row, and what it was drawn from.
  struct Row: Equatable, Sendable {
    var line: TranscriptLine
    var content: RowContent
    var cells: [Cell]
  }

  private(set) var rows: [Row] = []
  private var width = 0
  private var theme = Theme.standard

  /// Draws the rows from the transcript's top on; lays out the parts on them.
  mutating func draw(
    _ transcript: inout Transcript, theme: Theme, marks: FindMarks?, selected: ClosedRange<TranscriptLine>?
  ) {
    let width = transcript.options.width
    let old = theme == self.theme && width == self.width ? rows : []
    var kept = 0
    self.theme = theme
    self.width = width
    rows = []
    rows.reserveCapacity(transcript.rows)
    var next: TranscriptLine? = transcript.top
    var hits: (line: TranscriptLine, found: (hits: PartHits, current: Int?)?)?
    while let line = next, rows.count < transcript.rows {
      let lines = transcript.lineCount(partOf: line)
      next = transcript.lineAfter(line, inPartOf: lines)
      var content = transcript.rowContent(of: line, isLast: next?.item != line.item)
      content.isSelected = selected?.contains(line) ?? false
      if let marks {
        if hits.map({ !$0.line.isInSamePart(as: line) }) ?? true {
          hits = (line, transcript.hits(inPartOf: line, marks))
        }
        content.marks = hits?.found?.hits.marks(ofLine: line.line, current: hits?.found?.current) ?? []
      }
      while kept < old.count, old[kept].line < line { kept += 1 }
      if kept < old.count, old[kept].line == line, old[kept].content == content {
        rows.append(old[kept])
      } else {
        transcript.work.rows += 1
        rows.append(Row(line: line, content: content, cells: content.cells(width: width, theme: theme)))
      }
    }
  }
}

/// What stands on one row: all that its cells follow from, but for the width and the theme.
struct RowContent: Equatable, Sendable {
  var kind: TranscriptBlock.Kind
  var indent = 0
  var line: TextLine
  /// The line was not fitted to the width: it is cut off at the edge.
  var isClipped = false
  /// The typing cursor, where it stands behind the text.
  var cursor: String?
  /// What is looked for.
  var marks: [RowMark] = []
  /// The row belongs to what is selected: a bar stands at its left edge.
  var isSelected = false

  /// The row's cells, exactly as many as the width.
  func cells(width: Int, theme: Theme) -> [Cell] {
    var frame = Frame(size: Size(columns: width, rows: 1))
    let base = theme.style(of: kind)
    var cells = line.cells { theme.style(of: $0, base: base) }
    // A character too wide for the whole page is drawn as a mark.
    if !isClipped && cells.count > max(1, width - indent) {
      cells = Array(repeating: Cell(String(Sanitiser.invisibleMark), base), count: line.columns)
    }
    let end = indent + frame.put(cells, at: Position(column: indent, row: 0))
    for mark in marks {
      frame.restyle(rows: 0..<1, columns: indent + mark.columns.lowerBound..<indent + mark.columns.upperBound) {
        theme.mark(&$0, isCurrent: mark.isCurrent)
      }
    }
    if let cursor {
      frame.put(cursor, at: Position(column: min(end, max(0, width - 1)), row: 0))
    }
    if isSelected { Self.drawBar(into: &frame, theme) }
    return frame.rows[0]
  }

  /// The bar at the left edge of what is selected: what stands there is reversed, and stays legible.
  private static func drawBar(into frame: inout Frame, _ theme: Theme) {
    let cells = frame.rows[0].prefix(2)
    // Both halves of a wide character.
    frame.restyle(rows: 0..<1, columns: 0..<(cells.last?.text.isEmpty == true ? 2 : 1)) { $0 = theme.selected }
  }
}

extension Transcript {
  /// What stands on a line, in a part that is laid out; `isLast`: of its item.
  mutating func rowContent(of line: TranscriptLine, isLast: Bool) -> RowContent {
    let cursor = isLast && items[line.item].isRunning ? typingCursor : nil
    if items[line.item].isCursorLine(block: line.block, part: line.part, options) {
      return RowContent(kind: .text, line: TextLine([], columns: 0, offset: 0), cursor: cursor)
    }
    // Items and blocks hold much: they are looked into where they are.
    let header = items[line.item].blocks[line.block].headerParts
    guard line.part < header else {
      let content = items[line.item].blocks[line.block].content.line(line.line, ofPart: line.part - header, options)
      return RowContent(
        kind: items[line.item].blocks[line.block].kind, indent: items[line.item].blocks[line.block].indent(options),
        line: content, cursor: cursor)
    }
    return headerContent(of: line, cursor: cursor)
  }

  /// What stands on the line of a gap, or on the one that stands for reasoning.
  private func headerContent(of line: TranscriptLine, cursor: String?) -> RowContent {
    let item = items[line.item]
    let block = item.blocks[line.block]
    let isComing = item.isRunning && line.block == item.blocks.count - 1
    let header = block.kind == .gap ? "" : TranscriptView.reasoningLine(block, isComing: isComing, options)
    let columns = DisplayText.width(of: header)
    let text = TextLine([TextLine.Span(header)], columns: columns, offset: 0)
    return RowContent(kind: block.kind, line: text, isClipped: true, cursor: cursor)
  }
}

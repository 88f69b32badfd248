extension BlockWriter {
  /// A quote: its blocks beside a bar.
  mutating func writeQuote(_ blocks: [MarkdownBlock]) {
    let outer = (margin: margin, role: role, lines: lines.count)
    let bar = quoteBar
    margin.add(next: bar, rest: bar)
    role = .quote
    if blocks.isEmpty {
      flushLooseMarkers()
      writeEmptyLine()
    }
    write(blocks, apart: true)
    leave(to: outer.margin, written: lines.count > outer.lines)
    role = outer.role
  }

  /// As wide as there is room for.
  private var quoteBar: String {
    if room >= Self.leastRoom + 2 { return LayoutGlyphs.quoteBar + " " }
    return room >= 4 && margin.columns == 0 ? LayoutGlyphs.quoteBar : ""
  }

  /// Back to the margin of the block around; a marker in it that a line has borne is not borne again.
  mutating func leave(to outer: Margin, written: Bool) {
    margin = outer
    if written { _ = margin.take() }
  }
}

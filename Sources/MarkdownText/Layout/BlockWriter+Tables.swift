/// Tables: columns between bars where they fit, else a list of what each row says.
extension BlockWriter {
  mutating func writeTable(_ table: MarkdownTable) {
    flushLooseMarkers()
    let text = TableText(table, role: role)
    let first = lines.count
    let count = text.count
    var widths = Array(repeating: 0, count: count)
    var words = widths
    for row in [text.header] + text.rows {
      for (index, cell) in row.enumerated() {
        widths[index] = max(widths[index], cell.columns)
        words[index] = max(words[index], cell.longestWord)
      }
    }
    if count > 0, let fitted = TableColumns.fit(widths: widths, words: words, into: room) {
      writeGrid(text, widths: fitted)
    } else {
      writeTableList(text)
    }
    if lines.count == first { writeEmptyLine() }
    offset += text.plainLength
  }

  private mutating func writeGrid(_ table: TableText, widths: [Int]) {
    let rows = table.rows.map { TableRow($0, widths: widths) }
    let header = TableRow(table.header, widths: widths)
    // What wrapping left over at the right of a column.
    let widths = widths.indices.map { column in rows.reduce(header.columns(column)) { max($0, $1.columns(column)) } }
    // Rows of more than one line run into each other without a rule between them.
    let isRuled = rows.contains { $0.height > 1 }
    for index in 0..<header.height { write(header.line(index, widths: widths, table.alignments)) }
    writeTableRule(widths, isDouble: isRuled, offset: header.end)
    for (number, row) in rows.enumerated() {
      if isRuled, number > 0 { writeTableRule(widths, isDouble: false, offset: row.offset) }
      for index in 0..<row.height { write(row.line(index, widths: widths, table.alignments)) }
    }
  }

  private mutating func writeTableRule(_ widths: [Int], isDouble: Bool, offset: Int) {
    let rule = isDouble ? LayoutGlyphs.doubleRule : LayoutGlyphs.rule
    let crossing = rule + (isDouble ? LayoutGlyphs.doubleCrossing : LayoutGlyphs.crossing) + rule
    let text = widths.map { String(repeating: rule, count: $0) }.joined(separator: crossing)
    let columns = widths.reduce(0, +) + TableColumns.gap * (widths.count - 1)
    write(TextLine([.init(text, .ornament)], columns: columns, offset: offset))
  }

  /// For narrow windows: a line for each cell, which says what column it is of.
  private mutating func writeTableList(_ table: TableText) {
    guard !table.rows.isEmpty else { return writeHeaderAlone(table) }
    let start = lines.count
    for (number, row) in table.rows.enumerated() {
      if number > 0 { write(TextLine([], columns: 0, offset: row.first?.offset ?? 0)) }
      for (index, cell) in row.enumerated() {
        // The header counts as shown by the first line.
        let isFirst = lines.count == start
        write(cell, of: index < table.header.count ? table.header[index] : nil, at: isFirst ? 0 : cell.offset)
      }
    }
  }

  /// `offset`: that of its first line.
  private mutating func write(_ cell: TableText.Cell, of header: TableText.Cell?, at offset: Int) {
    var text = LookedText()
    if let header, !header.text.text.isEmpty {
      text.append(header.text.text, TextLook(role, .strong), isMark: true)
      text.append(": ", TextLook(role, .strong), isMark: true)
    }
    text.append(cell.text)
    guard !text.text.isEmpty else { return }
    let hanging = room >= Self.leastRoom + 2 ? 2 : 0
    for (index, line) in text.lines(width: textRoom, hanging: hanging).enumerated() {
      var line = line
      line.offset = index == 0 ? offset : line.offset + cell.offset
      write(line)
    }
  }

  private mutating func writeHeaderAlone(_ table: TableText) {
    var text = LookedText()
    for (index, cell) in table.header.enumerated() {
      if index > 0 { text.append(" \(LayoutGlyphs.columnBar) ", .ornament) }
      text.append(cell.text)
    }
    for line in text.lines(width: room) {
      var line = line
      line.offset = min(line.offset, table.plainLength)
      write(line)
    }
  }
}

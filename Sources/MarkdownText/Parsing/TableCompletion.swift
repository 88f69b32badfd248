/// Completes the end of a table: a header without its delimiter row, a delimiter row, the last cell.
enum TableCompletion {
  /// The text with its last table completed; nil where its end is no table.
  static func complete(_ tail: [UInt8], _ lines: [Int]) -> [UInt8]? {
    guard let lastStart = lines.last else { return nil }
    let isWhole = SourceLines.complete(tail) == tail.count
    let last = MarkdownLine(SourceLines.content(of: lastStart, in: tail))
    let above = lines.dropLast().last.map { MarkdownLine(SourceLines.content(of: $0, in: tail)) }
    if let above, isDelimiters(last.body), above.body.contains(pipe), last.isRow || last.body.contains(pipe) {
      guard !isWhole, !isRow(lines.count - 3, tail, lines) else { return isWhole ? tail : nil }
      let row = delimiters(columns: columns(of: above.body), as: last.body)
      return tail[..<last.body.startIndex] + row
    }
    guard last.isRow, !last.isUndecided else { return nil }
    if !last.hasListMarker, isRow(lines.count - 2, tail, lines) {
      guard !isWhole else { return tail }
      let row = closed(last.body, isHeader: false)
      let isEmpty = row.dropFirst().allSatisfy { $0 == 0x20 || $0 == 0x09 }
      return isEmpty ? Array(tail[..<lastStart]) : tail[..<last.body.startIndex] + row
    }
    let header = isWhole ? Array(last.body) : closed(last.body, isHeader: true)
    return tail[..<last.body.startIndex] + header + [0x0A] + containers(below: last)
      + delimiters(columns: columns(of: header[...]), as: []) + [0x0A]
  }

  private static let pipe = UInt8(ascii: "|")

  private static func isRow(_ line: Int, _ tail: [UInt8], _ lines: [Int]) -> Bool {
    lines.indices.contains(line) && MarkdownLine(SourceLines.content(of: lines[line], in: tail)).isRow
  }

  private static func isDelimiters(_ body: ArraySlice<UInt8>) -> Bool {
    !body.isEmpty && body.allSatisfy { "|:- \t".utf8.contains($0) }
  }

  /// A row with its last cell ended, and the marks in it.
  private static func closed(_ body: ArraySlice<UInt8>, isHeader: Bool) -> [UInt8] {
    var row = Array(body)
    while row.last == 0x20 || row.last == 0x09 { row.removeLast() }
    if row.last == pipe { return row }
    let cell = (row.lastIndex(of: pipe) ?? 0) + 1
    return row[..<cell] + InlineCompletion.complete(Array(row[cell...])) + (isHeader ? Array(" |".utf8) : [])
  }

  private static func columns(of body: ArraySlice<UInt8>) -> Int {
    var row = body
    while let last = row.last, last == 0x20 || last == 0x09 { row.removeLast() }
    if row.first == pipe { row.removeFirst() }
    if row.last == pipe, row.dropLast().last != UInt8(ascii: "\\") { row.removeLast() }
    var count = 1
    var isEscaped = false
    for byte in row {
      if byte == pipe && !isEscaped { count += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return count
  }

  /// A delimiter row, with as much of the alignments as is known.
  private static func delimiters(columns: Int, as begun: ArraySlice<UInt8>) -> [UInt8] {
    let body = begun.first == pipe ? begun.dropFirst() : begun
    let known = body.split(separator: pipe, omittingEmptySubsequences: false)
    var row = [pipe]
    for column in 0..<columns {
      let cell = column < known.count ? known[column].filter { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") } : []
      if cell.first == UInt8(ascii: ":") { row.append(UInt8(ascii: ":")) }
      row += "---".utf8
      if cell.count > 1, cell.last == UInt8(ascii: ":") { row.append(UInt8(ascii: ":")) }
      row.append(pipe)
    }
    return row
  }

  /// What goes before a line so that it belongs to the same containers.
  private static func containers(below line: MarkdownLine) -> [UInt8] {
    line.containers.map { $0 == UInt8(ascii: ">") || $0 == 0x09 ? $0 : 0x20 }
  }
}

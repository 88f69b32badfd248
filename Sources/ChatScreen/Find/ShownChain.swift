import MarkdownText
import TerminalModel

/// What is read on end in laid out lines: the lines of running text and of code, or those of one cell of a table.
struct ShownChain {
  /// What is on one line.
  private struct Piece {
    var line: Int
    /// UTF-8 offset in the line's text.
    var lead: Int
    var size: Int
    /// Where it begins in the chain's text.
    var start: Int
  }

  private(set) var text = ""
  private var pieces: [Piece] = []

  /// Where the bytes of a hit are: the lines, and the bytes of their texts.
  func bytes(of hit: Range<Int>) -> [(line: Int, bytes: Range<Int>)] {
    var number = max(0, pieces.partitioningIndex { $0.start > hit.lowerBound } - 1)
    var found: [(line: Int, bytes: Range<Int>)] = []
    while number < pieces.count, pieces[number].start < hit.upperBound {
      let piece = pieces[number]
      let inside = (hit.lowerBound - piece.start..<hit.upperBound - piece.start).clamped(to: 0..<piece.size)
      if !inside.isEmpty { found.append((piece.line, piece.lead + inside.lowerBound..<piece.lead + inside.upperBound)) }
      number += 1
    }
    return found
  }

  /// `isCut`: it goes on where the text before was cut; else a blank hangs at the wrap, or a line ends.
  fileprivate mutating func append(_ piece: Substring, line: Int, lead: Int, isCut: Bool) {
    if !isCut, !pieces.isEmpty, !text.isEmpty { text += "\n" }
    pieces.append(Piece(line: line, lead: lead, size: piece.utf8.count, start: text.utf8.count))
    text += piece
  }
}

/// Putting lines together.
extension ShownChain {
  /// The chains of a part's lines, in the order of its text.
  static func chains(of lines: [TextLine], shown: String?) -> [Self] {
    var chains = [Self()]
    var table = Table()
    var before: (offset: Int, size: Int)?
    for (number, line) in lines.enumerated() {
      let text = line.text
      if shown != nil, let cells = cells(of: line) {
        table.add(cells, of: text, line: number, to: &chains, shown: shown ?? "")
        before = nil
        continue
      }
      let lead = lead(of: line)
      if table.isOpen, lead == text.utf8.count {
        table.endRow(text)
        continue
      }
      if table.isOpen { chains.append(Self()) }
      table = Table()
      let piece = text.utf8Slice(lead..<text.utf8.count)
      // A word that was cut goes on at once.
      let isCut = before.map { $0.size > 0 && line.offset == $0.offset + $0.size } ?? false
      chains[chains.count - 1].append(piece, line: number, lead: lead, isCut: isCut)
      before = (line.offset, piece.utf8.count)
    }
    return chains
  }

  /// Bytes of markers, bars and indents at the start of a line. A line that is nothing but blanks has its blanks.
  private static func lead(of line: TextLine) -> Int {
    var lead = 0
    for (index, span) in line.spans.enumerated() {
      let isIndent = span.look == .plain && index + 1 < line.spans.count && span.text.utf8.allSatisfy { $0 == 0x20 }
      guard span.look.role == .ornament || isIndent else { break }
      lead += span.text.utf8.count
    }
    return lead
  }

  /// The bytes of a line's cells, without the blanks around them; nil of a line without bars between cells.
  private static func cells(of line: TextLine) -> [Range<Int>]? {
    var cells: [Range<Int>] = []
    var offset = 0
    var start = 0
    for (index, span) in line.spans.enumerated() {
      let end = offset + span.text.utf8.count
      if span.look.role == .ornament {
        if index > 0, span.text.hasPrefix(" │") { cells.append(start..<offset) } else if index > 0 { return nil }
        start = end
      }
      offset = end
    }
    return cells.isEmpty ? nil : cells + [start..<offset]
  }
}

/// The table that lines are of: which rows of the screen are one row of it.
private struct Table {
  /// The chains of the row at hand, by columns.
  private var row: Range<Int>?
  /// Rules between the rows; else each line is a row, but for the header.
  private var isRuled = false
  private var isHeader = true
  private(set) var isOpen = false
  /// Words that are no longer than this are not cut.
  private static let wholeWord = 14

  mutating func endRow(_ rule: String) {
    if isHeader { isRuled = rule.contains("═") }
    isHeader = false
    row = nil
  }

  mutating func add(
    _ cells: [Range<Int>], of text: String, line: Int, to chains: inout [ShownChain], shown: String
  ) {
    isOpen = true
    if row == nil || !isHeader && !isRuled {
      row = chains.count..<chains.count
    }
    guard let first = row?.lowerBound else { return }
    for (column, bytes) in cells.enumerated() {
      if first + column == chains.count { chains.append(ShownChain()) }
      let padded = text.utf8Slice(bytes)
      let left = padded.utf8.prefix { $0 == 0x20 }.count
      let right = padded.utf8.dropFirst(left).reversed().prefix { $0 == 0x20 }.count
      let piece = text.utf8Slice(bytes.lowerBound + left..<bytes.upperBound - right)
      guard !piece.isEmpty else { continue }
      let isCut = Self.isCut(chains[first + column].text, piece, shown)
      chains[first + column].append(piece, line: line, lead: bytes.lowerBound + left, isCut: isCut)
    }
  }

  /// Whether a word goes on from one line of a cell to the next.
  private static func isCut(_ before: String, _ piece: Substring, _ shown: String) -> Bool {
    let head = before.reversed().prefix { $0 != " " && $0 != "\n" }.reversed()
    let tail = piece.prefix { $0 != " " }
    guard head.count + tail.count > wholeWord, !head.isEmpty else { return false }
    return (SearchPattern(String(head) + tail)?.count(in: shown) ?? 0) > 0
  }
}

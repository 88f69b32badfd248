/// Completes the unfinished end of a text that is still being written, so that it can be parsed as what it is going to be:
/// half a table, a link or emphasis is one; a mark that could become several things is held back.
///
/// It looks at lines and marks only. Where it is mistaken, a later piece sets it right; the end of the text is exact.
struct StreamCompletion {
  private let tail: [UInt8]
  private let lines: [Int]
  /// Where the running text begins that the end belongs to; nil where there is none, as in code.
  private var textStart: Int?
  private var isHTML = false
  private var openFence: (mark: UInt8, length: Int)?

  /// The text, with what is half there completed or held back.
  static func complete(_ tail: [UInt8]) -> [UInt8] {
    var completion = Self(tail)
    return completion.completed()
  }

  private init(_ tail: [UInt8]) {
    self.tail = tail
    lines = SourceLines.starts(in: tail)
  }

  private mutating func completed() -> [UInt8] {
    // An unfinished last line, or the end of the text where the last line is whole.
    let lastStart = SourceLines.complete(tail)
    read(upTo: lastStart)
    let last = MarkdownLine(tail[lastStart...])
    if let fence = openFence {
      let isClosing = last.isFenceRun(fence.mark) && !last.body.isEmpty
      return isClosing ? Array(tail[..<lastStart]) : tail
    }
    if isCode(last, at: lastStart) { return tail }
    if let table = TableCompletion.complete(tail, lines) { return table }
    if last.isUndecided || last.isHalfFence { return finishText(upTo: lastStart) }
    if last.startsText || textStart == nil { textStart = last.textStart }
    return finishText(upTo: tail.count)
  }

  /// Follows the whole lines: fences, and where running text begins.
  private mutating func read(upTo end: Int) {
    for start in lines where start < end {
      let line = MarkdownLine(SourceLines.content(of: start, in: tail))
      if let fence = openFence {
        if line.isFenceRun(fence.mark), line.fenceLength >= fence.length { openFence = nil }
        textStart = nil
      } else if line.isBlank {
        textStart = nil
        isHTML = false
      } else if isHTML || textStart == nil && line.startsHTML {
        isHTML = true
        textStart = nil
      } else if line.fenceLength >= 3, line.isHalfFence || line.isFenceRun(line.body.first ?? 0) {
        openFence = (line.body.first ?? 0, line.fenceLength)
        textStart = nil
      } else if line.isHeading || line.isRule {
        textStart = nil
      } else if textStart == nil || line.startsText {
        textStart = line.textStart
      }
    }
  }

  /// Code by its indent, as far as one can tell without its lists, and HTML.
  private func isCode(_ last: MarkdownLine, at start: Int) -> Bool {
    guard textStart == nil else { return false }
    if isHTML || last.startsHTML { return true }
    let hasList = lines.contains { MarkdownLine(SourceLines.content(of: $0, in: tail)).hasListMarker }
    return !hasList && last.indent >= 4
  }

  /// The text up to `end`, its open marks closed.
  private func finishText(upTo end: Int) -> [UInt8] {
    guard let textStart, textStart < end else { return Array(tail[..<end]) }
    var textEnd = end
    while textEnd > textStart, tail[textEnd - 1] == 0x0A || tail[textEnd - 1] == 0x0D { textEnd -= 1 }
    let text = Array(tail[textStart..<textEnd])
    if let start = HalfDefinition.start(in: text) { return Array(tail[..<(textStart + start)]) }
    return tail[..<textStart] + InlineCompletion.complete(text, goesOn: textEnd == end) + tail[textEnd..<end]
  }
}

import TerminalModel

/// Draws the page of the transcript.
enum TranscriptView {
  /// The sign at the end of an answer that still comes.
  static let typingCursor = "▌"

  /// Draws the lines of the page.
  static func render(_ transcript: Transcript, into frame: inout Frame, rows: Range<Int>) {
    var row = rows.lowerBound
    for number in transcript.page.prefix(rows.count) {
      render(transcript.items[number.item], line: number.line, transcript.options, into: &frame, row: row)
      row += 1
    }
  }

  private static func render(
    _ item: TranscriptItem, line: Int, _ options: TranscriptOptions, into frame: inout Frame, row: Int
  ) {
    guard let (index, blockLine) = item.locate(line: line, options) else {
      frame.put(typingCursor, at: Position(column: 0, row: row))
      return
    }
    let block = item.blocks[index]
    let style = style(of: block.kind)
    var end = 0
    if blockLine < block.headerLines {
      let header = reasoningLine(block, isComing: item.isRunning && index == item.blocks.count - 1, options)
      end = frame.put(header, at: Position(column: 0, row: row), style: style)
    } else if block.kind != .gap {
      let indent = block.indent(options)
      let cells = block.content.cells(ofLine: blockLine - block.headerLines, style: style)
      end = indent + frame.put(cells, at: Position(column: indent, row: row))
    }
    let isLast = index == item.blocks.count - 1 && blockLine == block.lineCount(options) - 1
    if item.isRunning && isLast && !item.hasCursorLine(options) {
      frame.put(typingCursor, at: Position(column: min(end, max(0, options.width - 1)), row: row))
    }
  }

  private static func reasoningLine(
    _ block: TranscriptBlock, isComing: Bool, _ options: TranscriptOptions
  ) -> String {
    let sign = options.isReasoningOpen ? "▾" : "▸"
    let name = isComing ? "Thinking…" : "Reasoning"
    let words = block.words == 1 ? "1 word" : "\(block.words) words"
    let key = KeyMap.label(of: .toggleReasoning).map { " · \($0) \(options.isReasoningOpen ? "folds" : "opens")" } ?? ""
    return "\(sign) \(name) · \(words)\(key)"
  }

  private static func style(of kind: TranscriptBlock.Kind) -> Style {
    switch kind {
    case .head(isUser: true): Look.user
    case .head(isUser: false): Look.assistant
    case .gap, .text, .problemDetail: Look.plain
    case .refusal, .mark: Look.mark
    case .reasoning, .toolArguments, .notice, .remedy: Look.secondary
    case .toolName: Look.tool
    case .problem: Look.problem
    }
  }
}

import TerminalModel

/// Draws the page of the transcript.
enum TranscriptView {
  /// The sign at the end of an answer that still comes.
  static let typingCursor = "▌"

  /// The signs that take its place by turns while the first piece is waited for.
  static let waitingCursors = ["▌", "▀", "▐", "▄"]

  /// Draws the rows of the page.
  static func render(_ transcript: Transcript, into frame: inout Frame, rows: Range<Int>) {
    for (row, content) in zip(rows, transcript.page.rows) { frame.replace(row: row, with: content.cells) }
  }

  /// The line that stands for reasoning, or for what a tool said.
  static func reasoningLine(_ block: TranscriptBlock, isComing: Bool, _ options: TranscriptOptions) -> String {
    let sign = options.isReasoningOpen ? "▾" : "▸"
    let name = block.kind == .toolOutput ? "Answer of the tool" : isComing ? "Thinking…" : "Reasoning"
    let words = block.words == 1 ? "1 word" : "\(block.words) words"
    let key = options.reasoningKey.map { " · \($0) \(options.isReasoningOpen ? "folds" : "opens")" } ?? ""
    return "\(sign) \(name) · \(words)\(key)"
  }
}

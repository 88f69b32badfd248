import TerminalModel

/// Draws, in the place of the input, the question whether a tool may run. The exact command line stands in the transcript.
enum ToolQuestionView {
  /// Draws the line and places the cursor.
  static func render(_ asked: AskedTool, _ keys: KeyMap, into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let row = rows.lowerBound
    let question = wording(asked.question.name, keys, columns: frame.size.columns)
    let end = frame.put(question, at: Position(column: 0, row: row), style: theme.strong)
    frame.cursor = Position(column: min(frame.size.columns - 1, end), row: row)
  }

  /// The first that fits; in the narrowest window the letters.
  private static func wording(_ name: String, _ keys: KeyMap, columns: Int) -> String {
    let stop = keys.phrase(.escape, "stops").map { " · " + $0 } ?? ""
    let wordings = [
      "Run \(name)? y once · a always, this command line · n no\(stop) ",
      "Run \(name)? y once · a always · n no\(stop) ",
      "Run \(name)? y · a · n ", "Run it? y · a · n ", "y a n? ",
    ]
    return wordings.first { DisplayText.width(of: $0) < columns } ?? "y?"
  }
}

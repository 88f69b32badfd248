import TerminalModel

/// Draws the search through earlier inputs in the place of the input: `(search) words: what is found`.
enum RecallView {
  /// What stands before the words.
  private static func label(_ recall: Recall, columns: Int) -> String {
    if columns < 30 { return recall.isFailing ? "!" : "?" }
    return recall.isFailing ? "(nothing more) " : "(search) "
  }

  /// Columns for the words, at most.
  static func columns(of width: Int) -> Int { max(1, width / 2) }

  /// Draws the line and places the cursor behind the words.
  static func render(_ recall: Recall, _ entries: [String], into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let row = rows.lowerBound
    let columns = frame.size.columns
    var end = frame.put(label(recall, columns: columns), at: Position(column: 0, row: row), style: theme.strong)
    frame.cursor = Position(column: min(columns - 1, end + recall.words.cursorCell.column), row: row)
    for text in recall.words.visibleRows(1) {
      end += frame.put(DisplayText(text).cells, at: Position(column: end, row: row))
    }
    end += frame.put(": ", at: Position(column: end, row: row), style: theme.strong)
    guard let place = recall.place, entries.indices.contains(place) else { return }
    let (before, hit, after) = parts(of: entries[place], recall)
    let room = columns - end - DisplayText.width(of: hit) - 1
    end += frame.put(tail(of: before, columns: max(0, room)), at: Position(column: end, row: row))
    end += frame.put(hit, at: Position(column: end, row: row), style: theme.mark)
    frame.put(after, at: Position(column: end, row: row))
  }

  /// The line with the words: what stands before them, they themselves, what follows.
  private static func parts(of text: String, _ recall: Recall) -> (String, String, String) {
    guard let range = recall.hit(in: text) else { return ("", "", String(text.prefix { !$0.isNewline })) }
    let before = text[..<range.lowerBound]
    let start = before.lastIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.startIndex
    return (
      String(text[start..<range.lowerBound]), String(text[range]),
      String(text[range.upperBound...].prefix { !$0.isNewline })
    )
  }

  /// The end of a text that is too long to be shown before the words.
  private static func tail(of text: String, columns: Int) -> String {
    if DisplayText.width(of: text) <= columns { return text }
    var width = 1
    let kept = text.reversed().prefix { cluster in
      width += DisplayText.width(of: cluster, column: width)
      return width <= columns
    }
    return columns > 0 ? "…" + String(kept.reversed()) : ""
  }
}

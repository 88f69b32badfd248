import TerminalModel

/// Which rows of the screen belong to what. With too few of them, what matters least goes first: the rule, the title, the
/// transcript, the queue, the status line; the input stays.
public struct ScreenLayout: Equatable, Sendable {
  public private(set) var size: Size
  public private(set) var title: Int?
  public private(set) var transcript: Range<Int>
  /// One row for each queued message shown.
  public private(set) var queue: Range<Int>
  /// The line between the transcript and the input, which hints stand on.
  public private(set) var rule: Int?
  public private(set) var input: Range<Int>
  public private(set) var status: Int?

  /// The most rows that the input may take.
  static func maximumInputRows(_ size: Size) -> Int { max(1, size.rows / 3) }

  /// Shares out the rows of a size; `inputRows` is at most `maximumInputRows`.
  init(size: Size, inputRows: Int, queued: Int) {
    self.size = size
    let rows = max(0, size.rows)
    input = rows - min(rows, inputRows)..<rows
    if rows >= 2 {
      status = rows - 1
      input = rows - 1 - inputRows..<rows - 1
    }
    let hasTitle = rows >= 4
    if hasTitle { title = 0 }
    let hasRule = rows >= 7
    if hasRule { rule = input.lowerBound - 1 }
    let bottom = input.lowerBound - (hasRule ? 1 : 0)
    let top = hasTitle ? 1 : 0
    let queueRows = min(queued, rows >= 10 ? 3 : rows >= 5 ? 1 : 0, max(0, bottom - top - 1))
    queue = bottom - queueRows..<bottom
    transcript = min(top, queue.lowerBound)..<queue.lowerBound
  }

  /// The rows that a menu covers: the transcript and what stands between it and the input; where that is too little, all
  /// but the status line.
  var overlay: Range<Int> {
    let full = transcript.lowerBound..<input.lowerBound
    if full.count >= 3 { return full }
    return 0..<(status.map { max(1, $0) } ?? max(0, size.rows))
  }
}

import TerminalModel

/// A row of the screen as it was drawn last, and from what. A row that would look the same keeps its cells, so that neither
/// drawing nor comparing it costs anything.
struct KeptRow<Content: Equatable & Sendable>: Equatable, Sendable {
  private var content: Content?
  private var columns = 0
  private var cells: [Cell] = []

  /// Nothing is kept yet.
  init() {}

  /// The row follows from the rest of the state, so it does not count.
  static func == (left: Self, right: Self) -> Bool { true }

  /// Draws the row where its content or its width is another now; `draw` draws it into row 0 of a frame.
  mutating func keep(_ new: Content, columns: Int, _ draw: (Content, inout Frame) -> Void) {
    guard content != new || self.columns != columns else { return }
    var frame = Frame(size: Size(columns: columns, rows: 1))
    draw(new, &frame)
    content = new
    self.columns = columns
    cells = frame.rows[0]
  }

  /// Puts the row on the screen.
  func render(into frame: inout Frame, row: Int) { frame.replace(row: row, with: cells) }
}

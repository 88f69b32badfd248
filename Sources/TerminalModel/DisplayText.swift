/// A text as the cells that a terminal will draw for it.
///
/// Here untrusted text becomes cells, and nowhere else: controls, bidirectional controls, hidden and unassigned
/// characters become visible marks. What is believed about widths is what ncurses draws: one cell holds one spacing
/// scalar and its zero-width ones, so a joined emoji is drawn as its parts side by side (a family as its people), a flag as
/// its two letters, and skin tones, joiners and variation selectors are left out. Tabs become spaces.
public struct DisplayText: Equatable, Sendable {
  /// A tab ends at the next multiple of this many columns.
  public static let tabStop = 4
  /// ncurses draws a base and at most this many marks in a cell (`CCHARW_MAX` - 1).
  static let maximumMarks = 4

  /// One for each column: a wide character is followed by an empty cell.
  public private(set) var cells: [Cell] = []
  public var columns: Int { cells.count }

  /// `column`: where the text stands in its line, for tabs.
  public init(_ text: String, style: Style = .plain, column: Int = 0) {
    self.init(text[...], style: style, column: column)
  }

  /// `column`: where the text stands in its line, for tabs.
  public init(_ text: Substring, style: Style = .plain, column: Int = 0) {
    cells.reserveCapacity(text.utf8.count)
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      // No byte of plain ASCII joins with another.
      for byte in text.utf8 { cells.append(Cell(String(Unicode.Scalar(byte)), style)) }
      return
    }
    for cluster in text {
      if let ascii = cluster.asciiValue, ascii >= 0x20, ascii < 0x7F {
        cells.append(Cell(String(cluster), style))
      } else if cluster == "\t" {
        cells.append(contentsOf: repeatElement(Cell(" ", style), count: Self.tabWidth(at: column + cells.count)))
      } else {
        Self.forEachCell(of: cluster) { text, width in
          cells.append(Cell(text, style))
          if width == 2 { cells.append(Cell("", style)) }
        }
      }
    }
  }

  /// The columns that a text takes. `column`: where it stands in its line, for tabs.
  public static func width(of text: String, column: Int = 0) -> Int {
    width(of: text[...], column: column)
  }

  /// The columns that a text takes. `column`: where it stands in its line, for tabs.
  public static func width(of text: Substring, column: Int = 0) -> Int {
    var end = column
    for cluster in text { end += width(of: cluster, column: end) }
    return end - column
  }

  /// The columns that one grapheme cluster takes; 0 for a lone joiner.
  public static func width(of cluster: Character, column: Int = 0) -> Int {
    if let ascii = cluster.asciiValue, ascii >= 0x20, ascii < 0x7F { return 1 }
    if cluster == "\t" { return tabWidth(at: column) }
    let scalars = cluster.unicodeScalars
    if let first = scalars.first, ScalarWidth.isPlainlyWide(first), scalars.count == 1 { return 2 }
    var columns = 0
    forEachCell(of: cluster) { _, width in columns += width }
    return columns
  }

  static func tabWidth(at column: Int) -> Int { tabStop - column % tabStop }

  /// Calls `body` with the text and the width, 1 or 2, of each cell of a cluster that is no tab.
  private static func forEachCell(of cluster: Character, _ body: (String, Int) -> Void) {
    var builder = CellBuilder()
    for scalar in cluster.unicodeScalars {
      builder.add(scalar, body)
    }
    builder.flush(body)
  }
}

/// Sorts the scalars of one cluster into cells.
private struct CellBuilder {
  private var text = String.UnicodeScalarView()
  private var width = 0
  private var marks = 0
  /// The cell at hand is a picture: a skin tone after it is not drawn, since terminals differ on whether it takes columns.
  private var isPicture = false
  private var tags = TagAllowance()

  mutating func add(_ scalar: Unicode.Scalar, _ body: (String, Int) -> Void) {
    if tags.admits(scalar) || Sanitiser.isVariationSelector(scalar) { return }
    // Terminals disagree whether a soft hyphen takes a column.
    if scalar == "\u{AD}" { return }
    if let mark = Sanitiser.mark(for: scalar) {
      flush(body)
      body(String(mark), 1)
      return
    }
    switch ScalarWidth.columns(scalar) {
    case 0: addZeroWidth(scalar)
    case let columns:
      if width > 0, isPicture, scalar.properties.isEmojiModifier { return }
      flush(body)
      isPicture = scalar.value > 0xFF && scalar.properties.isEmoji
      text.append(scalar)
      width = columns
    }
  }

  private mutating func addZeroWidth(_ scalar: Unicode.Scalar) {
    // After a joiner, tmux and others would draw the next cell into this one.
    if scalar == "\u{200D}" { return }
    if width == 0 {
      // A mark with nothing to stand on; a non-joiner with nothing to part is nothing.
      if scalar == "\u{200C}" { return }
      text.append("\u{25CC}")
      width = 1
    }
    guard marks < DisplayText.maximumMarks else { return }
    text.append(scalar)
    marks += 1
  }

  mutating func flush(_ body: (String, Int) -> Void) {
    if width > 0 { body(String(text), width) }
    text = String.UnicodeScalarView()
    width = 0
    marks = 0
  }
}

/// One character cell: a grapheme cluster as the terminal will draw it.
public struct Cell: Hashable, Sendable {
  /// One spacing scalar and its zero-width ones, already sanitised. Empty: the right half of the wide cell before it.
  public var text: String
  public var style: Style
  public init(_ text: String = " ", _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
  public static let blank = Cell()
}

/// A whole screen as a value: rows of cells, and where the terminal's cursor stands.
public struct Frame: Equatable, Sendable {
  public let size: Size
  /// `size.rows` rows of exactly `size.columns` cells.
  public private(set) var rows: [[Cell]]
  /// Nil hides the cursor.
  public var cursor: Position?

  public init(size: Size) {
    self.size = size
    rows = Array(repeating: Array(repeating: .blank, count: max(0, size.columns)), count: max(0, size.rows))
  }
}

/// How Markdown is laid out at present.
public struct LayoutOptions: Equatable, Sendable {
  /// Columns of a line; at least 1.
  public var width: Int
  /// The most columns of running text; code and tables take the width. At least 1; nil for the width.
  public var textWidth: Int?
  /// Whether long lines of code wrap, or go on past the edge.
  public var wrapsCode: Bool
  /// Columns that code, where it does not wrap, is moved to the left by.
  public var sideways: Int

  public init(width: Int, textWidth: Int? = nil, wrapsCode: Bool = true, sideways: Int = 0) {
    self.width = max(1, width)
    self.textWidth = textWidth.map { max(1, $0) }
    self.wrapsCode = wrapsCode
    self.sideways = max(0, sideways)
  }
}

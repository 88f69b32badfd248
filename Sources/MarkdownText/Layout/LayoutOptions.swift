/// How Markdown is laid out at present.
public struct LayoutOptions: Equatable, Sendable {
  /// Columns of a line; at least 1.
  public var width: Int
  /// Whether long lines of code wrap, or go on past the edge.
  public var wrapsCode: Bool
  /// Columns that code, where it does not wrap, is moved to the left by.
  public var sideways: Int

  public init(width: Int, wrapsCode: Bool = true, sideways: Int = 0) {
    self.width = max(1, width)
    self.wrapsCode = wrapsCode
    self.sideways = max(0, sideways)
  }
}

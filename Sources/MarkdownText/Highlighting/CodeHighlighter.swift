/// Finds the tokens of code, line by line; it remembers what spans lines, such as a comment.
public struct CodeHighlighter: Equatable, Sendable {
  /// `language`: as an answer names it, `swift`, `py`, `C++`. Nil where it is not known.
  public init?(language: String) { nil }

  /// The tokens of the next line, in order, without overlaps. The line comes without its end.
  public mutating func tokens(in line: Substring) -> [CodeToken] { [] }
}

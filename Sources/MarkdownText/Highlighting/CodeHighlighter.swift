/// Finds the tokens of code, line by line; it remembers what spans lines, such as a comment.
///
/// The tokens of a line depend on the lines before it and on itself alone, so code that is streamed looks as it will when
/// whole, but for its last line.
public struct CodeHighlighter: Equatable, Sendable {
  private let language: CodeLanguage
  private var state = HighlightState()

  /// `language`: as an answer names it, `swift`, `py`, `C++`. Nil where it is not known.
  public init?(language: String) {
    guard let language = CodeLanguage(named: language) else { return nil }
    self.language = language
  }

  /// The tokens of the next line, in order, without overlaps. The line comes without its end.
  public mutating func tokens(in line: Substring) -> [CodeToken] {
    var cursor = CodeCursor(line)
    language.scan(&cursor, &state)
    return cursor.tokens
  }
}

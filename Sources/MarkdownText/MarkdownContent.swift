/// A Markdown text that grows: parsed and laid out part by part, as far as it is looked at.
///
/// ```swift
/// content.append(piece)
/// content.update()
/// content.layOut(part: content.parts.count - 1, LayoutOptions(width: 80))
/// ```
/// Any cutting of a text into pieces ends in the same parts as the whole text at once. While it grows, an unfinished block
/// is taken for what it is going to be.
public struct MarkdownContent: Equatable, Sendable {
  public private(set) var source = ""
  public private(set) var parts: [MarkdownPart] = []
  private var isEnded = false

  /// A text, or the beginning of one.
  public init(_ source: String = "") { append(source) }

  /// Adds a piece, which may begin or end anywhere; costs its length.
  public mutating func append(_ piece: String) { source += piece }

  /// Nothing more will come: what is open is taken as it stands.
  public mutating func end() { isEnded = true }

  /// More will come after all.
  public mutating func reopen() { isEnded = false }

  /// Parses what came since the last time; costs no more than that and the last part.
  public mutating func update() {
    parts = [MarkdownPart(.paragraph([InlineRun(source)]), sourceRange: 0..<source.utf8.count)]
  }

  /// Lays out one part.
  public mutating func layOut(part: Int, _ options: LayoutOptions) {
    parts[part].layOut(options, isFirst: part == 0)
  }
}

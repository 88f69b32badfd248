/// A block of a Markdown document, as CommonMark 0.29 and GitHub's extensions know it.
public indirect enum MarkdownBlock: Equatable, Sendable {
  case paragraph([InlineRun])
  /// `level`: 1 to 6.
  case heading(level: Int, [InlineRun])
  case code(CodeBlock)
  case quote([MarkdownBlock])
  case list(MarkdownList)
  case table(MarkdownTable)
  case rule
  /// Raw HTML, shown as it was written.
  case html(String)
}

/// Fenced or indented code.
public struct CodeBlock: Equatable, Sendable {
  /// The first word of the fence's info string; empty where none is named.
  public var language: String
  /// The lines, each but perhaps the last ended by `\n`.
  public var text: String
  /// Where this is a later piece of a long block: how the highlighter stood at the end of the piece before. Nil at the
  /// beginning of a block.
  public var continues: CodeHighlighter?

  public init(language: String, text: String, continues: CodeHighlighter? = nil) {
    self.language = language
    self.text = text
    self.continues = continues
  }
}

/// A list of items, with bullets or numbers.
public struct MarkdownList: Equatable, Sendable {
  /// One item: its blocks, and for a task whether it is done.
  public struct Item: Equatable, Sendable {
    public var blocks: [MarkdownBlock]
    /// Nil where the item is no task.
    public var isDone: Bool?

    public init(_ blocks: [MarkdownBlock], isDone: Bool? = nil) {
      self.blocks = blocks
      self.isDone = isDone
    }
  }

  /// The first number; nil for bullets.
  public var start: Int?
  /// No empty lines between the items.
  public var isTight: Bool
  public var items: [Item]

  public init(start: Int? = nil, isTight: Bool = true, items: [Item]) {
    self.start = start
    self.isTight = isTight
    self.items = items
  }
}

/// A table: every row has as many cells as there are columns.
public struct MarkdownTable: Equatable, Sendable {
  public enum Alignment: Equatable, Sendable { case none, left, center, right }
  public typealias Cell = [InlineRun]

  /// One for each column.
  public var alignments: [Alignment]
  public var header: [Cell]
  public var rows: [[Cell]]

  public init(alignments: [Alignment], header: [Cell], rows: [[Cell]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}

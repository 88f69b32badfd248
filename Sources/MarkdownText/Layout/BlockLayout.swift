/// Lays out one block at a width.
enum BlockLayout {
  /// The block's lines; at least one.
  static func lines(of block: MarkdownBlock, _ options: LayoutOptions) -> [TextLine] {
    [TextLine([], columns: 0, offset: 0)]
  }

  /// The text that the lines' offsets count in: the block's text without marks of any kind, which `find` and copying as
  /// plain text use too.
  static func plainText(of block: MarkdownBlock) -> String { "" }
}

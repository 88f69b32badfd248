/// A part of a Markdown text that is laid out on its own: a top-level block, or a piece of a very long one.
public struct MarkdownPart: Equatable, Sendable {
  public internal(set) var block: MarkdownBlock
  /// UTF-8 offsets in the source.
  public internal(set) var sourceRange: Range<Int>
  /// The part goes on with the block of the part before: no empty line between them.
  public internal(set) var isContinuation: Bool
  /// The lines of the last layout; empty before the first. An empty line before the block, where there is one, is the first.
  public private(set) var lines: [TextLine] = []
  private var laidOut: LayoutOptions?

  init(_ block: MarkdownBlock, sourceRange: Range<Int>, isContinuation: Bool = false) {
    self.block = block
    self.sourceRange = sourceRange
    self.isContinuation = isContinuation
  }

  /// The layout follows from the block, so it does not count.
  public static func == (left: Self, right: Self) -> Bool {
    left.block == right.block && left.sourceRange == right.sourceRange && left.isContinuation == right.isContinuation
  }

  /// The block's text without any marks; the lines' offsets count in it.
  public var plainText: String { BlockLayout.plainText(of: block) }

  /// The block's text as it is shown, but for what the layout draws around it. It takes no layout, and no width counts.
  public var shownText: String { ShownText.text(of: block, labelsCode: !isContinuation) }

  /// Lays the part out; costs nothing when it is laid out so.
  mutating func layOut(_ options: LayoutOptions, isFirst: Bool) {
    guard laidOut != options else { return }
    laidOut = options
    lines = BlockLayout.lines(of: block, options, isContinuation: isContinuation)
    if !isFirst && !isContinuation { lines.insert(TextLine([], columns: 0, offset: 0), at: 0) }
  }

  /// Keeps the layout of an earlier state of the part where nothing but its range has changed.
  mutating func takeLayout(of old: Self) {
    guard old.block == block, old.isContinuation == isContinuation else { return }
    laidOut = old.laidOut
    lines = old.lines
  }
}

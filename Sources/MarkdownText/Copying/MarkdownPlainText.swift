/// Markdown as plain text, for those who copy it: as it is shown, but that lines are as long as they like and code stands as
/// it was written.
public enum MarkdownPlainText {
  /// Wider than any line, so that only what was written ends lines.
  private static let unbounded = 1 << 20

  /// The text of a whole document. It costs a parse.
  ///
  /// `isEnded`: false while more may come; what is open is then taken for what it is going to be.
  public static func text(of source: String, isEnded: Bool = true) -> String {
    let bytes = Array(source.utf8)
    let blocks = WindowParser().blocks(of: isEnded ? bytes : StreamCompletion.complete(bytes)).map(\.block)
    return lines(of: blocks, apart: true, depth: 0).joined(separator: "\n")
  }

  private static func lines(of blocks: [MarkdownBlock], apart: Bool, depth: Int) -> [String] {
    var all: [String] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, apart { all.append("") }
      all += lines(of: block, depth: depth)
    }
    return all
  }

  /// `depth`: how many bullet lists are around.
  private static func lines(of block: MarkdownBlock, depth: Int) -> [String] {
    switch block {
    case .paragraph(let runs), .heading(_, let runs): split(LookedText(runs).text)
    case .code(let code): split(code.shownText)
    case .html(let source): split(source.withoutLineEnd)
    case .quote(let blocks):
      lines(of: blocks, apart: true, depth: depth).map {
        $0.isEmpty ? LayoutGlyphs.quoteBar : "\(LayoutGlyphs.quoteBar) \($0)"
      }
    case .list(let list): lines(of: list, depth: depth)
    case .table, .rule:
      BlockLayout.lines(of: block, LayoutOptions(width: unbounded)).map { $0.spans.map(\.text).joined() }
    }
  }

  private static func lines(of list: MarkdownList, depth: Int) -> [String] {
    let markers = list.markers(bullet: LayoutGlyphs.bullets[min(depth, LayoutGlyphs.bullets.count - 1)])
    var all: [String] = []
    for (index, item) in list.items.enumerated() {
      if index > 0, !list.isTight { all.append("") }
      let text = lines(of: item.blocks, apart: !list.isTight, depth: depth + (list.start == nil ? 1 : 0))
      let indent = String(repeating: " ", count: markers[index].count)
      for (number, line) in (text.isEmpty ? [""] : text).enumerated() {
        all.append(number == 0 ? markers[index] + line : line.isEmpty ? "" : indent + line)
      }
    }
    return all
  }

  private static func split(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
  }
}

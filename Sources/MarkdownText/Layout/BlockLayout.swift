/// Lays out one block at a width.
enum BlockLayout {
  /// The block's lines; at least one.
  ///
  /// `isContinuation`: it goes on with the block before it.
  static func lines(
    of block: MarkdownBlock, _ options: LayoutOptions, isContinuation: Bool = false
  ) -> [TextLine] {
    var writer = BlockWriter(options)
    if isContinuation {
      writer.labelsCode = false
      if block.keepsApart { writer.writeEmptyLine() }
    }
    writer.write(block)
    if writer.lines.isEmpty { writer.writeEmptyLine() }
    return writer.lines
  }

  /// The text that the lines' offsets count in: the block's text without marks of any kind. What is looked for is looked
  /// for in `ShownText`, which has those that the layout shows.
  static func plainText(of block: MarkdownBlock) -> String {
    var text = ""
    appendPlainText(of: block, to: &text)
    return text
  }

  private static func appendPlainText(of block: MarkdownBlock, to text: inout String) {
    switch block {
    case .paragraph(let runs), .heading(_, let runs): text += LookedText(runs).plainText
    case .code(let code): text += code.shownText
    case .html(let source): text += source.withoutLineEnd
    case .rule: break
    case .quote(let blocks): appendPlainText(of: blocks, to: &text)
    case .list(let list):
      for (index, item) in list.items.enumerated() {
        if index > 0 { text += "\n" }
        appendPlainText(of: item.blocks, to: &text)
      }
    case .table(let table):
      let rows = ([table.header] + table.rows).map { row in
        row.map { LookedText($0).plainText }.joined(separator: "\t")
      }
      text += rows.joined(separator: "\n")
    }
  }

  private static func appendPlainText(of blocks: [MarkdownBlock], to text: inout String) {
    for (index, block) in blocks.enumerated() {
      if index > 0 { text += "\n" }
      appendPlainText(of: block, to: &text)
    }
  }
}

extension MarkdownBlock {
  /// Stands apart from what it goes on with: a list whose items do, and a table, which repeats its header.
  fileprivate var keepsApart: Bool {
    switch self {
    case .list(let list): !list.isTight
    case .table: true
    default: false
    }
  }
}

/// The text of a block as it stands on the page, without laying it out: no marks of Markdown, but what stands in their
/// place, the targets of links and the languages of code. What the layout draws around it is not in it.
enum ShownText {
  /// Between what stands apart on the page: cells of a table, a heading and what is below its line.
  static let gap: Character = "\0"

  /// The text; lines that follow each other are a line end apart, and two where an empty line is between them.
  static func text(of block: MarkdownBlock, labelsCode: Bool) -> String {
    var text = ""
    append(block, labelsCode: labelsCode, to: &text)
    return text
  }

  private static func append(_ block: MarkdownBlock, labelsCode: Bool = true, to text: inout String) {
    switch block {
    case .paragraph(let runs): text += LookedText(runs).text
    case .heading(let level, let runs):
      text += LookedText(runs).text
      if level <= 2 { text.append(gap) }
    case .code(let code):
      if labelsCode, code.continues == nil, !code.language.isEmpty { text += code.language + "\n" }
      text += code.shownText
    case .html(let source): text += source.withoutLineEnd
    case .rule: text.append(gap)
    case .quote(let blocks): append(blocks, apart: true, labelsCode: labelsCode, to: &text)
    case .list(let list):
      for (index, item) in list.items.enumerated() {
        if index > 0 { text += list.isTight ? "\n" : "\n\n" }
        append(item.blocks, apart: !list.isTight, labelsCode: labelsCode, to: &text)
      }
    case .table(let table):
      for cell in ([table.header] + table.rows).joined() {
        text += LookedText(cell).text
        text.append(gap)
      }
    }
  }

  private static func append(_ blocks: [MarkdownBlock], apart: Bool, labelsCode: Bool, to text: inout String) {
    for (index, block) in blocks.enumerated() {
      if index > 0 { text += apart ? "\n\n" : "\n" }
      append(block, labelsCode: labelsCode, to: &text)
    }
  }
}

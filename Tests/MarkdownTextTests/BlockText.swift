@testable import MarkdownText

/// The letters that a block shows.
enum BlockText {
  static func text(of block: MarkdownBlock) -> String {
    switch block {
    case .paragraph(let runs), .heading(_, let runs): text(of: runs)
    case .code(let code): code.text
    case .quote(let blocks): blocks.map(text(of:)).joined(separator: " ")
    case .list(let list): list.items.flatMap(\.blocks).map(text(of:)).joined(separator: " ")
    case .table(let table):
      ([table.header] + table.rows).joined().map(text(of:)).joined(separator: " ")
    case .rule: ""
    case .html(let html): html
    }
  }

  static func text(of runs: [InlineRun]) -> String { runs.map(\.text).joined() }
}

import CCmark

/// A top-level block of a window.
struct ParsedBlock {
  var block: MarkdownBlock
  var kind: Continuation.Kind
  /// The window's line that it begins in, from 0.
  var line: Int
  /// The line in which its last child begins, where it is a list or a quote.
  var lastChildLine: Int
  var childCount: Int
}

/// Parses a window of source into its top-level blocks.
struct WindowParser {
  var continuation: Continuation = .none
  var definitions = LinkDefinitions()

  /// The window's blocks; the first goes on with `continuation`.
  func blocks(of window: [UInt8]) -> [ParsedBlock] {
    var disguise = SourceDisguise()
    if !continuation.prefix.isEmpty { disguise.usesGuard() }
    let known = definitions.source(for: window)
    let text = known.bytes + continuation.prefix + disguise.hide(window)
    let before = known.lines + continuation.prefixLines
    let converter = BlockConverter(disguise: disguise)
    var found =
      CmarkTree.parse(text) { document in parsed(document, converter, linesBefore: before) } ?? []
    if let first = found.first, let kind = continuation.kind, first.kind == kind { goOn(&found[0]) }
    return found
  }

  private func parsed(_ document: OpaquePointer, _ converter: BlockConverter, linesBefore: Int) -> [ParsedBlock] {
    var found: [ParsedBlock] = []
    for node in CmarkTree.children(of: document) {
      guard let block = converter.blocks(of: node).first else { continue }
      var line = Int(cmark_node_get_start_line(node))
      if block.isTable {
        // A table behind a paragraph counts the paragraph's lines as its own, and the paragraph has none.
        let start = headerLine(of: node)
        if line != start, let last = found.indices.last, found[last].line < 0 {
          found[last].line = line - 1 - linesBefore
        }
        line = start
      }
      let children = Array(CmarkTree.children(of: node))
      let lastChild = children.last.map { Int(cmark_node_get_start_line($0)) } ?? line
      found.append(
        ParsedBlock(
          block: block, kind: block.kind, line: line - 1 - linesBefore, lastChildLine: lastChild - 1 - linesBefore,
          childCount: children.count))
    }
    for index in found.indices { found[index].line = max(0, found[index].line) }
    return found
  }

  /// The line of a table's header, from 1: its first row stands two lines below; without rows, the table ends one below.
  private func headerLine(of table: OpaquePointer) -> Int {
    let rows = CmarkTree.children(of: table)
    if let row = rows.dropFirst().first(where: { _ in true }) { return Int(cmark_node_get_start_line(row)) - 2 }
    return Int(cmark_node_get_end_line(table)) - 1
  }

  /// Takes off what the prefix added, and counts on.
  private func goOn(_ first: inout ParsedBlock) {
    switch first.block {
    case .html(let text):
      let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      first.block = .html(lines.count > 1 ? String(lines[1]) : "")
    case .list(var list):
      if list.start != nil, let start = continuation.listStart { list.start = start }
      first.block = .list(list)
    default: break
    }
  }
}

extension MarkdownBlock {
  fileprivate var isTable: Bool { kind == .table }

  /// What kind of block it is.
  var kind: Continuation.Kind {
    switch self {
    case .paragraph: .paragraph
    case .heading: .heading
    case .code: .code
    case .quote: .quote
    case .list: .list
    case .table: .table
    case .rule: .rule
    case .html: .html
    }
  }
}

import CCmark

/// Turns the blocks of cmark's tree into ours.
struct BlockConverter {
  /// Quotes and lists deeper than this are shown as part of the one around them.
  static let maximumDepth = 32

  let disguise: SourceDisguise

  /// The block of a node; several where a container is too deep to be shown as one, none for what shows nothing.
  func blocks(of node: OpaquePointer, depth: Int = 0) -> [MarkdownBlock] {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH: [.paragraph(runs(of: node))]
    case CMARK_NODE_HEADING: [.heading(level: Int(cmark_node_get_heading_level(node)), runs(of: node))]
    case CMARK_NODE_CODE_BLOCK: [.code(code(of: node))]
    case CMARK_NODE_HTML_BLOCK: [.html(literal(of: node))]
    case CMARK_NODE_THEMATIC_BREAK: [.rule]
    case CMARK_NODE_BLOCK_QUOTE:
      depth < Self.maximumDepth ? [.quote(children(of: node, depth: depth))] : children(of: node, depth: depth)
    case CMARK_NODE_LIST:
      depth < Self.maximumDepth ? [.list(list(of: node, depth: depth))] : children(of: node, depth: depth)
    case CMARK_NODE_ITEM: children(of: node, depth: depth)
    default: extensionBlocks(of: node, depth: depth)
    }
  }

  private func extensionBlocks(of node: OpaquePointer, depth: Int) -> [MarkdownBlock] {
    CmarkTree.typeName(of: node) == "table" ? [.table(table(of: node))] : children(of: node, depth: depth)
  }

  /// Deep containers are taken apart without recursion, so that no depth costs more stack than `maximumDepth`.
  private func children(of node: OpaquePointer, depth: Int) -> [MarkdownBlock] {
    guard depth >= Self.maximumDepth else {
      return CmarkTree.children(of: node).flatMap { blocks(of: $0, depth: depth + 1) }
    }
    var found: [MarkdownBlock] = []
    guard let iterator = cmark_iter_new(node) else { return [] }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let inner = cmark_iter_get_node(iterator) else { return found }
      guard event == CMARK_EVENT_ENTER, inner != node else { continue }
      switch cmark_node_get_type(inner) {
      case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK,
        CMARK_NODE_THEMATIC_BREAK:
        found += blocks(of: inner, depth: depth)
      default:
        if CmarkTree.typeName(of: inner) == "table" { found.append(.table(table(of: inner))) }
      }
    }
  }

  private func runs(of node: OpaquePointer) -> [InlineRun] { InlineConverter.runs(of: node, disguise) }

  private func literal(of node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { disguise.reveal(String(cString: $0)) } ?? ""
  }

  private func code(of node: OpaquePointer) -> CodeBlock {
    CodeBlock(language: language(of: node), text: literal(of: node))
  }

  /// The first word of a fence's info string.
  func language(of node: OpaquePointer) -> String {
    guard let info = cmark_node_get_fence_info(node) else { return "" }
    let words = disguise.reveal(String(cString: info)).split(maxSplits: 1) { $0 == " " || $0 == "\t" }
    return words.first.map(String.init) ?? ""
  }

  private func list(of node: OpaquePointer, depth: Int) -> MarkdownList {
    let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    let items = CmarkTree.children(of: node).map { item in
      let isTask = CmarkTree.typeName(of: item) == "tasklist"
      return MarkdownList.Item(
        children(of: item, depth: depth + 1),
        isDone: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(item) : nil)
    }
    return MarkdownList(
      start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil, isTight: cmark_node_get_list_tight(node) != 0,
      items: items)
  }

  private func table(of node: OpaquePointer) -> MarkdownTable {
    let columns = Int(cmark_gfm_extensions_get_table_columns(node))
    let letters = cmark_gfm_extensions_get_table_alignments(node)
    let alignments = (0..<columns).map { column -> MarkdownTable.Alignment in
      switch letters?[column] ?? 0 {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
    }
    var rows = CmarkTree.children(of: node).map { row -> [MarkdownTable.Cell] in
      let cells = CmarkTree.children(of: row).prefix(columns).map { runs(of: $0) }
      return cells + Array(repeating: [], count: columns - cells.count)
    }
    let header = rows.isEmpty ? Array(repeating: [], count: columns) : rows.removeFirst()
    return MarkdownTable(alignments: alignments, header: header, rows: rows)
  }
}

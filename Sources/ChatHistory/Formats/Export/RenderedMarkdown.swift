import CCmark

/// Markdown as HTML that is safe to show whoever wrote it: HTML in it is shown as text, pictures are links, and links go to
/// no scripts and no files.
enum RenderedMarkdown {
  static func html(_ markdown: String) -> String {
    // The parser passes controls on, which pages must not hold.
    var text = String(
      String.UnicodeScalarView(markdown.unicodeScalars.map { HTMLExport.mark(for: $0) ?? $0 }))
    let document = text.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { ccmark_parse($0.baseAddress, $0.count) }
    }
    guard let document else { return "<div class=\"plain\">\(HTMLExport.escaped(markdown))</div>\n" }
    defer { cmark_node_free(document) }
    for node in nodes(of: document) { tame(node) }
    // Without CMARK_OPT_UNSAFE: what slips through is left out.
    guard let rendered = cmark_render_html(document, CMARK_OPT_DEFAULT, nil) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
    return String(cString: rendered)
  }

  /// All nodes, parents before their children: what is to be replaced is gathered before, for the walk to stay whole.
  private static func nodes(of document: OpaquePointer) -> [OpaquePointer] {
    guard let iterator = cmark_iter_new(document) else { return [] }
    defer { cmark_iter_free(iterator) }
    var nodes: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE else { return nodes }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { nodes.append(node) }
    }
  }

  private static func tame(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      let level = Int(cmark_node_get_heading_level(node)) + EmbeddedMarkdown.outerLevels
      cmark_node_set_heading_level(node, Int32(min(6, level)))
    case CMARK_NODE_HTML_INLINE: replace(node, byLiteralOf: CMARK_NODE_TEXT)
    case CMARK_NODE_HTML_BLOCK: replace(node, byLiteralOf: CMARK_NODE_CODE_BLOCK)
    case CMARK_NODE_IMAGE: replaceImage(node)
    case CMARK_NODE_LINK: if isDangerous(cmark_node_get_url(node)) { unlink(node) }
    default: break
    }
  }

  /// Whether an address runs something, or shows a file: what cmark leaves out.
  private static func isDangerous(_ address: UnsafePointer<CChar>?) -> Bool {
    let address = address.map { String(cString: $0).lowercased() } ?? ""
    return ["javascript:", "vbscript:", "file:", "data:"].contains { address.hasPrefix($0) }
  }

  /// Leaves the words of a link.
  private static func unlink(_ node: OpaquePointer) {
    guard let words = cmark_node_new(CMARK_NODE_CUSTOM_INLINE) else { return }
    while let child = cmark_node_first_child(node) { cmark_node_append_child(words, child) }
    swap(node, words)
  }

  private static func replace(_ node: OpaquePointer, byLiteralOf type: cmark_node_type) {
    guard let text = cmark_node_new(type) else { return }
    cmark_node_set_literal(text, cmark_node_get_literal(node))
    swap(node, text)
  }

  /// A picture would be fetched from somewhere, and tell who reads the page.
  private static func replaceImage(_ node: OpaquePointer) {
    let isInLink = sequence(first: node, next: { cmark_node_parent($0) }).dropFirst()
      .contains { cmark_node_get_type($0) == CMARK_NODE_LINK }
    let isLink = !isInLink && !isDangerous(cmark_node_get_url(node))
    guard let link = cmark_node_new(isLink ? CMARK_NODE_LINK : CMARK_NODE_CUSTOM_INLINE) else { return }
    if isLink { cmark_node_set_url(link, cmark_node_get_url(node)) }
    while let child = cmark_node_first_child(node) { cmark_node_append_child(link, child) }
    if cmark_node_first_child(link) == nil, let text = cmark_node_new(CMARK_NODE_TEXT) {
      cmark_node_set_literal(text, cmark_node_get_url(node))
      cmark_node_append_child(link, text)
    }
    swap(node, link)
  }

  private static func swap(_ old: OpaquePointer, _ new: OpaquePointer) {
    guard cmark_node_replace(old, new) == 1 else {
      // Left in place, it is left out when the page is written.
      cmark_node_free(new)
      return
    }
    cmark_node_free(old)
  }
}

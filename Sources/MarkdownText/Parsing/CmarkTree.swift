import CCmark

/// A parse of cmark-gfm, whose tree lives only as long as it is looked at.
enum CmarkTree {
  /// Parses a text, and hands the document node over; it is freed when `body` returns.
  static func parse<Result>(_ bytes: [UInt8], _ body: (_ document: OpaquePointer) -> Result?) -> Result? {
    let document = bytes.withUnsafeBytes { buffer in
      ccmark_parse(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let document else { return nil }
    defer { cmark_node_free(document) }
    return body(document)
  }

  /// The children of a node, in order.
  static func children(of node: OpaquePointer) -> some Sequence<OpaquePointer> {
    sequence(state: cmark_node_first_child(node)) { next in
      defer { next = next.flatMap { cmark_node_next($0) } }
      return next
    }
  }

  /// The name of the node's type: `paragraph`, and for nodes of extensions `table`, `table_row`, `strikethrough`, `tasklist`.
  static func typeName(of node: OpaquePointer) -> String {
    cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
  }
}

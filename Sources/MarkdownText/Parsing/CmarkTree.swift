import CCmark
import Synchronization

/// A parse of cmark-gfm, whose tree lives only as long as it is looked at.
enum CmarkTree {
  /// Attaching extensions changes tables that all parsers of the process share while they parse, so they take turns.
  private static let turn = Mutex(())
  private static let extensionNames = ["table", "strikethrough", "tasklist", "autolink"]
  private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

  /// Parses a text, and hands the document node over; it is freed when `body` returns.
  static func parse<Result>(_ bytes: [UInt8], _ body: (_ document: OpaquePointer) -> Result?) -> Result? {
    guard let document = document(of: bytes) else { return nil }
    defer { cmark_node_free(document) }
    return body(document)
  }

  private static func document(of bytes: [UInt8]) -> OpaquePointer? {
    turn.withLock { _ in
      _ = registered
      guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else { return nil }
      defer { cmark_parser_free(parser) }
      for name in extensionNames {
        if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
      }
      bytes.withUnsafeBytes { buffer in
        cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
      }
      return cmark_parser_finish(parser)
    }
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

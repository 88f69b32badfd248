/// Where a block that fills its whole window is cut, and what the rest goes on with.
struct BlockCut {
  /// In the window; the rest begins there.
  var offset: Int
  var continuation: Continuation

  /// - Parameters:
  ///   - window: whole lines, or a part of one line where it is longer than a window.
  ///   - mayGrow: a container without a good place for a cut may ask for a larger window, by nil.
  init?(_ first: ParsedBlock?, in window: [UInt8], hasWholeLines: Bool, after: Continuation, mayGrow: Bool) {
    self.init(offset: window.count, continuation: .none)
    guard let first else { return }
    let starts = SourceLines.starts(in: window)
    let start = first.line < starts.count ? starts[first.line] : 0
    if hasWholeLines && Self.isOver(first, starts, window, after) { return }
    continuation.kind = first.kind
    guard hasWholeLines else {
      offset = Self.breakPlace(in: window)
      continuation.prefix = Self.prefix(first, window, after, inLine: true)
      continuation.prefixLines = first.kind == .html ? 1 : 0
      if first.kind == .list || first.kind == .quote || first.kind == .table { continuation.kind = .paragraph }
      return
    }
    switch first.kind {
    case .list, .quote:
      if first.childCount > 1, first.lastChildLine > first.line, first.lastChildLine < starts.count {
        offset = starts[first.lastChildLine]
        if case .list(let list) = first.block, let number = list.start {
          continuation.listStart = number + list.items.count - 1
        }
      } else if mayGrow {
        return nil
      } else if let last = starts.last, last > start {
        offset = last
      }
    case .table:
      cutTable(first, starts, window, after)
    case .html:
      continuation.prefix = Self.prefix(first, window, after, inLine: false)
      continuation.prefixLines = 1
    default:
      continuation.prefix = Self.prefix(first, window, after, inLine: false)
    }
  }

  private init(offset: Int, continuation: Continuation) {
    self.offset = offset
    self.continuation = continuation
  }

  /// Before the last row; the rest gets the header again.
  private mutating func cutTable(_ first: ParsedBlock, _ starts: [Int], _ window: [UInt8], _ after: Continuation) {
    if after.kind == .table, !after.prefix.isEmpty {
      continuation.prefix = after.prefix
      continuation.prefixLines = after.prefixLines
      if let last = starts.last, last > 0 { offset = last }
    } else if first.line + 2 < starts.count {
      let body = starts[first.line + 2]
      if body - starts[first.line] <= 2048 {
        continuation.prefix = Array(window[starts[first.line]..<body])
        continuation.prefixLines = 2
      }
      if let last = starts.last, last > body { offset = last }
    }
  }

  /// Whether nothing that follows can belong to the block.
  private static func isOver(_ first: ParsedBlock, _ starts: [Int], _ window: [UInt8], _ after: Continuation) -> Bool {
    let lines = starts.dropFirst(first.line)
    switch first.kind {
    case .heading, .rule: return true
    case .paragraph, .quote, .table:
      return lines.dropFirst().contains { SourceLines.isBlank(SourceLines.content(of: $0, in: window)) }
    case .html:
      guard let start = lines.first, let end = htmlEnd(after.kind == .html ? after.prefix[...] : window[start...])
      else {
        return lines.dropFirst().contains { SourceLines.isBlank(SourceLines.content(of: $0, in: window)) }
      }
      return window[start...].firstRange(of: end) != nil
    case .code, .list: return false
    }
  }

  /// What is put before the rest so that it goes on as the block's kind.
  private static func prefix(
    _ first: ParsedBlock, _ window: [UInt8], _ after: Continuation, inLine: Bool
  ) -> [UInt8] {
    if after.kind == first.kind, first.kind == .html || first.kind == .heading { return after.prefix }
    switch first.block {
    case .heading(let level, _):
      return Array(String(repeating: "#", count: level).utf8) + [0x20] + SourceDisguise.guardMark
    case .code: return inLine ? Array("    ".utf8) : []
    case .html:
      let starts = SourceLines.starts(in: window)
      let start = first.line < starts.count ? starts[first.line] : 0
      return htmlOpening(window[start...])
    default: return SourceDisguise.guardMark
    }
  }

  /// The kinds of HTML blocks that end at a mark of their own, by how they begin.
  private static let htmlKinds: [(opening: String, end: String)] = [
    ("<script", "</script>"), ("<pre", "</pre>"), ("<style", "</style>"), ("<!--", "-->"), ("<?", "?>"),
    ("<![CDATA[", "]]>"), ("<!", ">"),
  ]

  private static func htmlKind(_ source: ArraySlice<UInt8>) -> (opening: String, end: String)? {
    let text = source.drop { $0 == 0x20 }
    return htmlKinds.first { kind in
      zip(kind.opening.utf8, text.prefix(kind.opening.utf8.count)).allSatisfy { $0 == $1 || $0 == $1 | 0x20 }
        && text.count >= kind.opening.utf8.count
    }
  }

  private static func htmlEnd(_ source: ArraySlice<UInt8>) -> [UInt8]? { htmlKind(source).map { Array($0.end.utf8) } }

  private static func htmlOpening(_ source: ArraySlice<UInt8>) -> [UInt8] {
    guard let opening = htmlKind(source)?.opening else { return Array("<div>\n".utf8) }
    return Array((opening == "<!" ? "<!A" : opening).utf8) + [0x0A]
  }

  /// A place to break a line that is longer than a window: behind a blank near its end, else between clusters.
  static func breakPlace(in bytes: [UInt8]) -> Int {
    if let blank = bytes.dropFirst(bytes.count / 4 * 3).lastIndex(of: 0x20) { return blank + 1 }
    var end = bytes.count
    while end > 0, end > bytes.count - 4, bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
    // The last scalar may be half there.
    if end > 0, bytes[end - 1] >= 0xC0 {
      let length = bytes[end - 1] >= 0xF0 ? 4 : bytes[end - 1] >= 0xE0 ? 3 : 2
      end = bytes.count - (end - 1) < length ? end - 1 : bytes.count
    } else {
      end = bytes.count
    }
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    // What follows may still belong to the last cluster.
    guard let last = text.last, last.utf8.count < end else { return max(1, end) }
    return end - last.utf8.count
  }
}

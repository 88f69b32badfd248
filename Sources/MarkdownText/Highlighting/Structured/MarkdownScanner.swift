/// Markdown's source: headings, markers, emphasis, code.
enum MarkdownScanner {
  /// Reads the line; `state` remembers an open fence.
  static func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState) {
    let first = cursor.end(from: 0, while: \.isBlank)
    let sign = cursor.byte(at: first)
    let runEnd = cursor.end(from: first) { $0 == sign }
    if case .section(.fence(let fence, let count)) = state.frames.last {
      let isEnd =
        sign == fence && runEnd - first >= count && cursor.end(from: runEnd, while: \.isBlank) == cursor.bytes.count
      if isEnd { state.pop() }
      return cursor.take(isEnd ? .meta : .string, to: cursor.bytes.count)
    }
    if sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~"), runEnd - first >= 3,
      sign == UInt8(ascii: "~") || !cursor.bytes[runEnd...].contains(sign)
    {
      state.push(.section(.fence(sign, runEnd - first)))
      return cursor.take(.meta, to: cursor.bytes.count)
    }
    if sign == UInt8(ascii: "#"), runEnd - first <= 6, cursor.byte(at: runEnd).isBlank {
      return cursor.take(.keyword, to: cursor.bytes.count)
    }
    cursor.position = first
    scanMarker(&cursor, sign)
    while !cursor.isAtEnd { scanInline(&cursor) }
  }

  /// `- `, `1. `, `>`.
  private static func scanMarker(_ cursor: inout CodeCursor, _ sign: UInt8) {
    let start = cursor.position
    if sign == UInt8(ascii: ">") {
      return cursor.take(.comment, to: cursor.end(from: start) { $0 == sign || $0.isBlank })
    }
    if "-*+".utf8.contains(sign), cursor.byte(at: start + 1).isBlank { return cursor.take(.constant, to: start + 1) }
    let digits = cursor.end(from: start, while: \.isDigit)
    if digits > start, digits - start < 10, ".)".utf8.contains(cursor.byte(at: digits)),
      cursor.byte(at: digits + 1).isBlank
    {
      cursor.take(.constant, to: digits + 1)
    }
  }

  private static func scanInline(_ cursor: inout CodeCursor) {
    let start = cursor.position
    switch cursor.current {
    case UInt8(ascii: "`"):
      // To the next backtick, or what is left.
      let open = cursor.end(from: start) { $0 == UInt8(ascii: "`") }
      let text = cursor.end(from: open) { $0 != UInt8(ascii: "`") }
      cursor.take(.string, to: cursor.end(from: text) { $0 == UInt8(ascii: "`") })
    case UInt8(ascii: "*") where cursor.byte(at: start + 1) == UInt8(ascii: "*"):
      let text = cursor.end(from: start + 2) { $0 != UInt8(ascii: "*") }
      cursor.take(.type, to: cursor.end(from: text) { $0 == UInt8(ascii: "*") })
    case UInt8(ascii: "]") where cursor.byte(at: start + 1) == UInt8(ascii: "("):
      cursor.position += 1
      cursor.take(.property, to: cursor.end(from: start + 1) { $0 != UInt8(ascii: ")") } + 1)
    case UInt8(ascii: "\\") where cursor.position + 1 < cursor.bytes.count:
      cursor.take(.escape, to: cursor.scalarEnd(after: start + 1))
    default: cursor.position = max(cursor.end(from: start + 1) { !"`*]\\".utf8.contains($0) }, start + 1)
    }
  }
}

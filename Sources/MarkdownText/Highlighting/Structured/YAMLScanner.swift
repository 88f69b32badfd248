/// YAML: keys, scalars, block scalars by their indentation.
struct YAMLScanner {
  private var cursor: CodeCursor
  private var state: HighlightState
  /// The column of the last key or dash of the line: a block scalar is indented by more.
  private var indent: Int
  /// Brackets that are open in this line.
  private var flow = 0

  private static let constants = WordTable([(.constant, "true false null yes no on off ~")], ignoresCase: true)

  /// Reads the line; `state` becomes that after it.
  static func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState) {
    var scanner = YAMLScanner(cursor: cursor, state: state, indent: cursor.end(from: 0) { $0 == 0x20 })
    scanner.run()
    (cursor, state) = (scanner.cursor, scanner.state)
  }

  private init(cursor: CodeCursor, state: HighlightState, indent: Int) {
    (self.cursor, self.state, self.indent) = (cursor, state, indent)
  }

  private mutating func run() {
    if case .block(let parent) = state.frames.last {
      let isEmpty = cursor.end(from: 0, while: \.isBlank) == cursor.bytes.count
      if isEmpty || indent > parent {
        cursor.position = indent
        return cursor.take(.string, to: cursor.bytes.count)
      }
      state.pop()
    }
    if state.frames.isEmpty, scanDocumentMark() { return }
    if case .quoted(let quote) = state.frames.last { scanQuoted(quote, from: 0) }
    while !cursor.isAtEnd { scanNode() }
  }

  private mutating func scanDocumentMark() -> Bool {
    let isMark = cursor.matches(Array("---".utf8), at: 0) || cursor.matches(Array("...".utf8), at: 0)
    guard isMark || cursor.current == UInt8(ascii: "%") else { return false }
    guard !isMark || cursor.byte(at: 3).isBlank || cursor.bytes.count == 3 else { return false }
    cursor.take(.meta, to: isMark ? 3 : cursor.bytes.count)
    indent = -1
    return cursor.isAtEnd
  }

  private mutating func scanNode() {
    let byte = cursor.current
    let start = cursor.position
    switch byte {
    case _ where byte.isBlank: cursor.skipBlanks()
    case UInt8(ascii: "#") where start == 0 || cursor.byte(at: start - 1).isBlank:
      cursor.take(.comment, to: cursor.bytes.count)
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      guard isBlankOrEnd(start + 1) else { return scanPlain() }
      if indent >= 0 || byte == UInt8(ascii: "-") { indent = start }
      cursor.position += 1
    case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
      cursor.take(.attribute, to: cursor.end(from: start) { !$0.isBlank && !",[]{}".utf8.contains($0) || $0 == byte })
    case UInt8(ascii: "|"), UInt8(ascii: ">"): scanBlockMark()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      cursor.position += 1
      state.push(.quoted(byte))
      scanQuoted(byte, from: start)
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      flow = max(flow + (byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") ? 1 : -1), 0)
      cursor.position += 1
    case UInt8(ascii: ","), UInt8(ascii: ":"): cursor.position += 1
    default: scanPlain()
    }
  }

  private func isBlankOrEnd(_ index: Int) -> Bool { index >= cursor.bytes.count || cursor.byte(at: index).isBlank }

  /// `|`, `>-`, `|2+`, with nothing but a comment after it.
  private mutating func scanBlockMark() {
    let end = cursor.end(from: cursor.position + 1) { "+-0123456789".utf8.contains($0) }
    let rest = cursor.end(from: end, while: \.isBlank)
    guard flow == 0, rest == cursor.bytes.count || (rest > end && cursor.byte(at: rest) == UInt8(ascii: "#")) else {
      return scanPlain()
    }
    cursor.take(.keyword, to: end)
    cursor.skipBlanks()
    cursor.take(.comment, to: cursor.bytes.count)
    state.push(.block(indent: indent))
  }

  /// The rest of a quoted string that began at `start`; it may go on in the next line.
  private mutating func scanQuoted(_ quote: UInt8, from start: Int) {
    var piece = start
    while !cursor.isAtEnd {
      let byte = cursor.current
      let isEscape = byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"")
      if isEscape || (byte == quote && quote == UInt8(ascii: "'") && cursor.byte(at: cursor.position + 1) == quote) {
        cursor.emit(.string, from: piece)
        let next = cursor.position + 1
        cursor.take(.escape, to: next < cursor.bytes.count ? cursor.scalarEnd(after: next) : next)
        piece = cursor.position
      } else if byte == quote {
        cursor.position += 1
        cursor.emit(.string, from: piece)
        state.pop()
        let colon = cursor.end(from: cursor.position, while: \.isBlank)
        if cursor.byte(at: colon) == UInt8(ascii: ":") {
          cursor.change(from: start, .string, to: .key)
          if flow == 0 { indent = start }
        }
        return
      } else {
        cursor.position += 1
      }
    }
    cursor.emit(.string, from: piece)
  }

  /// A scalar without quotes, up to `: `, ` #`, or within brackets a `,` or a bracket.
  private mutating func scanPlain() {
    let start = cursor.position
    var index = start
    while index < cursor.bytes.count {
      let byte = cursor.bytes[index]
      if byte == UInt8(ascii: ":"), isBlankOrEnd(index + 1) { break }
      if byte == UInt8(ascii: "#"), cursor.byte(at: index - 1).isBlank { break }
      if flow > 0, index > start, ",[]{}".utf8.contains(byte) { break }
      index += 1
    }
    let isKey = index < cursor.bytes.count && cursor.bytes[index] == UInt8(ascii: ":")
    var end = max(index, min(start + 1, cursor.bytes.count))
    while end > start, cursor.bytes[end - 1].isBlank { end -= 1 }
    let scalar = cursor.bytes[start..<end]
    if isKey {
      if flow == 0 { indent = start }
      cursor.take(.key, to: end)
    } else if Self.constants.kind(of: scalar) != nil {
      cursor.take(.constant, to: end)
    } else if isNumber(scalar) {
      cursor.take(.number, to: end)
    }
    cursor.position = max(index, end)
  }

  private func isNumber(_ scalar: ArraySlice<UInt8>) -> Bool {
    var digits = scalar
    if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      digits = digits.dropFirst()
    }
    guard digits.first?.isDigit == true else { return false }
    if digits.starts(with: "0x".utf8) { return digits.dropFirst(2).allSatisfy(\.isHexDigit) }
    return digits.allSatisfy { $0.isDigit || "._eE+-".utf8.contains($0) }
      && digits.filter { $0 == UInt8(ascii: ".") }.count < 2
      && !digits.dropFirst().contains(UInt8(ascii: "-"))
  }
}

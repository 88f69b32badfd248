/// CSS and SCSS: selectors, declarations, values.
struct StyleSheetScanner {
  private var cursor: CodeCursor
  private var state: HighlightState
  /// The next of `;`, `{` and `}` in the line, found once for all that stands before it.
  private var nextStop = -1

  /// Reads the line; `state` becomes that after it.
  static func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState) {
    var scanner = StyleSheetScanner(cursor: cursor, state: state)
    while !scanner.cursor.isAtEnd { scanner.step() }
    (cursor, state) = (scanner.cursor, scanner.state)
  }

  private init(cursor: CodeCursor, state: HighlightState) { (self.cursor, self.state) = (cursor, state) }

  private var isInValue: Bool { state.frames.last == .section(.value) }

  private mutating func step() {
    if state.frames.last == .section(.comment) { return scanComment() }
    let byte = cursor.current
    let start = cursor.position
    let next = cursor.byte(at: start + 1)
    switch byte {
    case _ where byte.isBlank: cursor.skipBlanks()
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
      cursor.take(.comment, to: start + 2)
      state.push(.section(.comment))
    case UInt8(ascii: "/") where next == byte && (start == 0 || cursor.byte(at: start - 1).isBlank):
      cursor.take(.comment, to: cursor.bytes.count)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(byte)
    case UInt8(ascii: "@") where next.isLetter || next == UInt8(ascii: "-"):
      cursor.take(.keyword, to: wordEnd(from: start + 1))
      if !isInValue { state.push(.section(.value)) }
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"): scanStop(byte)
    default: isInValue ? scanValue(byte, next) : scanSelector(byte, next)
    }
  }

  private mutating func scanComment() {
    let start = cursor.position
    while !cursor.isAtEnd, !cursor.matches([0x2A, 0x2F], at: cursor.position) { cursor.position += 1 }
    if !cursor.isAtEnd {
      cursor.position += 2
      state.pop()
    }
    cursor.emit(.comment, from: start)
  }

  private mutating func scanString(_ quote: UInt8) {
    var index = cursor.position + 1
    while index < cursor.bytes.count, cursor.bytes[index] != quote {
      index = cursor.bytes[index] == UInt8(ascii: "\\") ? cursor.scalarEnd(after: index + 1) : index + 1
    }
    cursor.take(.string, to: index + 1)
  }

  private mutating func scanStop(_ byte: UInt8) {
    cursor.position += 1
    if isInValue { state.pop() }
    if byte == UInt8(ascii: "{") { state.push(.section(.braces)) }
    if byte == UInt8(ascii: "}"), state.frames.last == .section(.braces) { state.pop() }
  }

  private func wordEnd(from start: Int) -> Int { cursor.end(from: start) { $0.isWord || $0 == UInt8(ascii: "-") } }

  private mutating func scanValue(_ byte: UInt8, _ next: UInt8) {
    let start = cursor.position
    let isSigned =
      (byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+"))
      && (next.isDigit || next == 0x2E)
    if byte.isDigit || isSigned {
      let end = cursor.end(from: start + 1) { $0.isDigit || $0 == 0x2E }
      cursor.take(.number, to: cursor.end(from: end) { $0.isLower || $0.isUpper || $0 == UInt8(ascii: "%") })
    } else if byte == UInt8(ascii: "#"), next.isHexDigit {
      cursor.take(.number, to: cursor.end(from: start + 1, while: \.isWord))
    } else if byte == UInt8(ascii: "!"), next.isLetter {
      cursor.take(.keyword, to: wordEnd(from: start + 1))
    } else if byte == UInt8(ascii: "$") || (byte == UInt8(ascii: "-") && next == byte) {
      cursor.take(.property, to: wordEnd(from: start + 1))
    } else if byte.isLetter || byte == UInt8(ascii: "-") {
      let end = max(wordEnd(from: start), start + 1)
      let after = cursor.end(from: end, while: \.isBlank)
      let isFeature = cursor.byte(at: after) == UInt8(ascii: ":") && cursor.byte(at: start - 1) == UInt8(ascii: "(")
      cursor.position = end
      if cursor.current == UInt8(ascii: "(") {
        cursor.emit(.function, from: start)
      } else if isFeature {
        cursor.emit(.key, from: start)
      }
    } else {
      cursor.position = cursor.scalarEnd(after: start)
    }
  }

  private mutating func scanSelector(_ byte: UInt8, _ next: UInt8) {
    let start = cursor.position
    let end = wordEnd(from: start + 1)
    if byte.isLetter || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "*") {
      let colon = cursor.end(from: end, while: \.isBlank)
      let isVariable = byte == UInt8(ascii: "$") || (byte == UInt8(ascii: "-") && next == byte)
      if cursor.byte(at: colon) == UInt8(ascii: ":"), isVariable || isDeclaration {
        cursor.take(isVariable ? .property : .key, to: end)
        cursor.position = colon + 1
        state.push(.section(.value))
      } else {
        cursor.take(isVariable ? .property : .tag, to: end)
      }
    } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "#"), next.isLetter || next == UInt8(ascii: "-") {
      cursor.take(.type, to: end)
    } else if byte == UInt8(ascii: ":"), next.isLetter || next == byte {
      cursor.take(.attribute, to: next == byte ? wordEnd(from: start + 2) : end)
    } else if byte.isDigit {
      cursor.take(.number, to: cursor.end(from: start) { $0.isDigit || $0 == 0x2E || $0 == UInt8(ascii: "%") })
    } else {
      cursor.position = cursor.scalarEnd(after: start)
    }
  }

  /// Within braces, and no `{` comes before the end of what stands here: `a:hover {` is a selector.
  private var isDeclaration: Bool {
    mutating get {
      guard state.frames.contains(.section(.braces)) else { return false }
      if nextStop < cursor.position { nextStop = cursor.end(from: cursor.position) { !";{}".utf8.contains($0) } }
      return cursor.byte(at: nextStop) != UInt8(ascii: "{") || cursor.byte(at: nextStop - 1) == UInt8(ascii: "#")
    }
  }
}

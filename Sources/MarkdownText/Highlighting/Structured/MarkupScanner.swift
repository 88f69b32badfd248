/// HTML and XML: tags, attributes, comments; scripts and styles by their own language.
struct MarkupScanner {
  private var cursor: CodeCursor
  private var state: HighlightState

  /// Reads the line; `state` becomes that after it.
  static func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState) {
    var scanner = MarkupScanner(cursor: cursor, state: state)
    while !scanner.cursor.isAtEnd { scanner.step() }
    (cursor, state) = (scanner.cursor, scanner.state)
  }

  private init(cursor: CodeCursor, state: HighlightState) { (self.cursor, self.state) = (cursor, state) }

  private mutating func step() {
    if case .embedded(let language) = state.frames.first { return scanEmbedded(language) }
    switch state.frames.last {
    case .section: scanComment()
    case .quoted(let quote): scanValue(quote)
    case .tag(let content): scanInTag(content)
    default: scanText()
    }
  }

  private mutating func scanText() {
    let start = cursor.end(from: cursor.position) { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&") }
    cursor.position = start
    guard !cursor.isAtEnd else { return }
    if cursor.current == UInt8(ascii: "&") { return scanEntity() }
    if cursor.matches(Array("<!--".utf8), at: start) {
      cursor.take(.comment, to: start + 4)
      return state.push(.section(.comment))
    }
    let sign = cursor.byte(at: start + 1)
    if sign == UInt8(ascii: "!") || sign == UInt8(ascii: "?") {
      return cursor.take(.meta, to: cursor.end(from: start) { $0 != UInt8(ascii: ">") } + 1)
    }
    let name = sign == UInt8(ascii: "/") ? start + 2 : start + 1
    guard cursor.byte(at: name).isLetter else {
      cursor.position += 1
      return
    }
    let end = cursor.end(from: name) { $0.isWord || "-.:".utf8.contains($0) }
    cursor.take(.tag, to: end)
    state.push(.tag(content: name == start + 1 ? Self.content(of: cursor.bytes[name..<end]) : nil))
  }

  private static func content(of name: ArraySlice<UInt8>) -> CodeLanguage? {
    let name = name.map(\.lowered)
    return name.elementsEqual("script".utf8) ? .javaScript : name.elementsEqual("style".utf8) ? .css : nil
  }

  /// `&name;`
  private mutating func scanEntity() {
    let start = cursor.position + 1
    var end = start
    while end - start < 12, cursor.byte(at: end).isWord || cursor.byte(at: end) == UInt8(ascii: "#"),
      cursor.byte(at: end) < 0x80
    { end += 1 }
    if end > start, cursor.byte(at: end) == UInt8(ascii: ";") {
      cursor.take(.escape, to: end + 1)
    } else {
      cursor.position += 1
    }
  }

  private mutating func scanComment() {
    let start = cursor.position
    while !cursor.isAtEnd, !cursor.matches(Array("-->".utf8), at: cursor.position) { cursor.position += 1 }
    if !cursor.isAtEnd {
      cursor.position += 3
      state.pop()
    }
    cursor.emit(.comment, from: start)
  }

  private mutating func scanInTag(_ content: CodeLanguage?) {
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.current {
    case UInt8(ascii: ">"):
      cursor.take(.tag, to: start + 1)
      state.pop()
      if let content { state.push(.embedded(content)) }
    case UInt8(ascii: "/") where cursor.byte(at: start + 1) == UInt8(ascii: ">"):
      cursor.take(.tag, to: start + 2)
      state.pop()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let quote = cursor.current
      cursor.take(.string, to: start + 1)
      state.push(.quoted(quote))
    case UInt8(ascii: "="):
      cursor.position += 1
      cursor.skipBlanks()
      guard !"\"'".utf8.contains(cursor.current) else { return }
      cursor.take(.string, to: cursor.end(from: cursor.position) { !$0.isBlank && $0 != UInt8(ascii: ">") })
    case UInt8(ascii: "<"): state.pop()
    default:
      let end = cursor.end(from: start) { !$0.isBlank && !"=>/\"'<".utf8.contains($0) }
      if end > start { cursor.take(.property, to: end) } else { cursor.position += 1 }
    }
  }

  private mutating func scanValue(_ quote: UInt8) {
    let end = cursor.end(from: cursor.position) { $0 != quote }
    if end < cursor.bytes.count { state.pop() }
    cursor.take(.string, to: end + 1)
  }

  /// A script or style, up to its closing tag.
  private mutating func scanEmbedded(_ language: CodeLanguage) {
    let closing = Array((language == .css ? "</style" : "</script").utf8)
    var end = cursor.position
    while end < cursor.bytes.count, !matches(closing, at: end) { end += 1 }
    var inner = CodeCursor(bytes: cursor.bytes[cursor.position..<end])
    var innerState = HighlightState(frames: Array(state.frames.dropFirst()))
    language.scan(&inner, &innerState)
    cursor.append(inner.tokens, at: cursor.position)
    cursor.position = end
    state.frames = cursor.isAtEnd ? [.embedded(language)] + innerState.frames : []
  }

  private func matches(_ text: [UInt8], at index: Int) -> Bool {
    guard cursor.byte(at: index) == text[0] else { return false }
    return text.indices.allSatisfy { cursor.byte(at: index + $0).lowered == text[$0] }
  }
}

/// A line of source as its marks show it, without knowing the lines around it.
struct MarkdownLine {
  /// Columns of blanks at its beginning.
  let indent: Int
  let hasListMarker: Bool
  let hasQuoteMarker: Bool
  /// What stands behind quote marks, list markers and task boxes.
  let body: ArraySlice<UInt8>
  /// The line up to its body.
  let containers: ArraySlice<UInt8>

  /// A line without its end.
  init(_ line: ArraySlice<UInt8>) {
    var rest = Self.trimmed(line)
    indent = line[..<rest.startIndex].reduce(0) { $0 + ($1 == 0x09 ? 4 - $0 % 4 : 1) }
    var hasList = false
    var hasQuote = false
    while let first = rest.first {
      if first == UInt8(ascii: ">") {
        hasQuote = true
        rest = Self.trimmed(rest.dropFirst())
      } else if let behind = Self.behindListMarker(rest) {
        hasList = true
        rest = Self.trimmed(behind)
      } else {
        break
      }
    }
    if hasList, rest.count > 3, rest.first == UInt8(ascii: "["), " xX".utf8.contains(rest[rest.startIndex + 1]),
      rest[rest.startIndex + 2] == UInt8(ascii: "]"), rest[rest.startIndex + 3] == 0x20
    {
      rest = Self.trimmed(rest.dropFirst(3))
    }
    hasListMarker = hasList
    hasQuoteMarker = hasQuote
    body = rest
    containers = line[..<rest.startIndex]
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.drop { $0 == 0x20 || $0 == 0x09 } }

  private static func behindListMarker(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let digits = rest.prefix(10).prefix { (0x30...0x39).contains($0) }
    var behind = rest.dropFirst(digits.count)
    guard let mark = behind.first, digits.count < 10 else { return nil }
    guard (digits.isEmpty ? "-+*" : ".)").utf8.contains(mark) else { return nil }
    behind = behind.dropFirst()
    return behind.first == 0x20 || behind.first == 0x09 ? behind : nil
  }

  var isBlank: Bool { body.isEmpty && !hasListMarker }

  /// The marks of a code fence at the beginning of the body.
  var fenceLength: Int {
    guard let mark = body.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return 0 }
    return body.prefix { $0 == mark }.count
  }

  /// Nothing but marks of a fence.
  func isFenceRun(_ mark: UInt8) -> Bool {
    let rest = body.drop { $0 == mark }
    return rest.startIndex > body.startIndex && SourceLines.isBlank(rest)
  }

  /// A fence that opens, with its info string.
  var isHalfFence: Bool {
    let length = fenceLength
    return length >= 3 && (body.first == UInt8(ascii: "~") || !body.dropFirst(length).contains(UInt8(ascii: "`")))
  }

  var isHeading: Bool {
    let marks = body.prefix { $0 == UInt8(ascii: "#") }
    let next = body.dropFirst(marks.count).first
    return (1...6).contains(marks.count) && (next == nil || next == 0x20 || next == 0x09)
  }

  var isRow: Bool { body.first == UInt8(ascii: "|") }

  /// One mark, repeated, perhaps with blanks: a rule, an underline, a fence.
  var isRule: Bool {
    guard let mark = body.first, "-=_*~`".utf8.contains(mark) else { return false }
    return body.allSatisfy { $0 == mark || $0 == 0x20 || $0 == 0x09 }
  }

  var startsHTML: Bool {
    guard body.first == UInt8(ascii: "<"), let next = body.dropFirst().first else { return false }
    guard !body.starts(with: "<http".utf8), !body.starts(with: "<mailto".utf8) else { return false }
    return next == UInt8(ascii: "!") || next == UInt8(ascii: "/") || next == UInt8(ascii: "?")
      || (0x61...0x7A).contains(next | 0x20)
  }

  /// Whether running text begins here rather than going on from the line before.
  var startsText: Bool { hasListMarker || isHeading || isRow }

  /// Where the line's running text begins.
  var textStart: Int {
    guard isHeading else { return body.startIndex }
    return Self.trimmed(body.drop { $0 == UInt8(ascii: "#") }).startIndex
  }

  /// The beginning of a line that could still become several kinds of block.
  var isUndecided: Bool {
    if body.isEmpty { return hasListMarker || hasQuoteMarker }
    if isRule { return true }
    var rest = body
    while rest.last == 0x20 || rest.last == 0x09 { rest.removeLast() }
    if rest.count == 1, "-+*|[<!".utf8.contains(rest[rest.startIndex]) { return true }
    if rest.allSatisfy({ $0 == UInt8(ascii: "#") }) { return rest.count <= 6 }
    if hasListMarker, rest.count <= 3, rest.first == UInt8(ascii: "[") {
      return zip(rest.dropFirst(), [" xX", "]"]).allSatisfy { $1.utf8.contains($0) }
        || body.elementsEqual("[ ".utf8)
    }
    let number = rest.drop { (0x30...0x39).contains($0) }
    let digits = number.startIndex - rest.startIndex
    return (1...9).contains(digits)
      && (number.isEmpty || number.count == 1 && ".)".utf8.contains(number[number.startIndex]))
  }
}

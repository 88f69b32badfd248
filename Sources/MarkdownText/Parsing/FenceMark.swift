/// The line that opens a code fence at the top level, and what follows from it for the lines after it.
struct FenceMark: Equatable, Sendable {
  /// `` ` `` or `~`.
  let mark: UInt8
  let length: Int
  /// Columns that are taken off the lines of code.
  let indent: Int
  let language: String

  /// Nil where the line, which comes without its end, opens no fence.
  init?(_ line: ArraySlice<UInt8>) {
    guard let (mark, length, indent, rest) = Self.run(in: line), length >= 3 else { return nil }
    if mark == UInt8(ascii: "`"), rest.contains(mark) { return nil }
    self.mark = mark
    self.length = length
    self.indent = indent
    // cmark reads the info string: it knows entities and escapes.
    language =
      CmarkTree.parse(Array(line)) { document in
        CmarkTree.children(of: document).first { _ in true }.map {
          BlockConverter(disguise: SourceDisguise()).language(of: $0)
        }
      } ?? ""
  }

  /// Whether the line ends the code.
  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    guard let (mark, length, _, rest) = Self.run(in: line), mark == self.mark else { return false }
    return length >= self.length && SourceLines.isBlank(rest)
  }

  /// Whether the line, of which more may come, could still end the code.
  func mayBeClosed(by line: ArraySlice<UInt8>) -> Bool {
    guard let (mark, length, _, rest) = Self.run(in: line), mark == self.mark else { return false }
    return length >= self.length ? SourceLines.isBlank(rest) : rest.isEmpty
  }

  /// Fence marks after at most three blanks: which, how many, after how many blanks, and what follows them.
  private static func run(
    in line: ArraySlice<UInt8>
  ) -> (mark: UInt8, length: Int, indent: Int, rest: ArraySlice<UInt8>)? {
    let text = line.drop { $0 == 0x20 }
    let indent = text.startIndex - line.startIndex
    guard indent <= 3, let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    let rest = text.drop { $0 == mark }
    return (mark, rest.startIndex - text.startIndex, indent, rest)
  }

  /// The code of whole or half lines of source, as cmark would give it.
  func code(_ source: ArraySlice<UInt8>, startsLine: Bool) -> String {
    if indent == 0, !source.contains(where: { $0 == 0x0D || $0 == 0 }) {
      return String(decoding: source, as: UTF8.self)
    }
    let bytes = Array(source)
    var code: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let end = SourceLines.end(of: start, in: bytes)
      let line = SourceLines.content(of: start, in: bytes)
      let text = start > 0 || startsLine ? unindented(line) : line
      for byte in text { code += byte == 0 ? [0xEF, 0xBF, 0xBD] : [byte] }
      if line.endIndex < end { code.append(0x0A) }
      start = end
    }
    return String(decoding: code, as: UTF8.self)
  }

  /// A tab that reaches beyond the fence's indent leaves the rest of its columns as blanks.
  private func unindented(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var column = 0
    var rest = line
    while column < indent, let first = rest.first {
      if first == 0x20 {
        column += 1
      } else if first == 0x09 {
        column += 4 - column % 4
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    return column <= indent ? rest : Array(repeating: 0x20, count: column - indent) + rest
  }
}

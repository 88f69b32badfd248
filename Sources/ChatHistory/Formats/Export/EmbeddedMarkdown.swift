import CCmark

/// Markdown that becomes a part of a larger document: its headings go below those around it, and what it leaves open is
/// closed, so that it does not swallow what follows. Code stays as it is, also where it looks like headings.
enum EmbeddedMarkdown {
  /// The levels that the document's own headings take.
  static let outerLevels = 2

  /// The text as a part of a document, without line ends at its own end.
  static func text(_ text: String) -> String {
    var lines = self.lines(of: text)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    let headings = self.headings(in: lines.joined(separator: "\n"))
    for heading in headings.reversed() { lower(heading, in: &lines) }
    return closed(lines.joined(separator: "\n"))
  }

  /// How often a character stands in a row, at most.
  static func longestRun(of character: Character, in text: String) -> Int {
    var (longest, current) = (0, 0)
    for next in text {
      current = next == character ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  private struct Heading {
    /// Its first line, from 0; of its last, the parser says nothing that could be relied on.
    var first: Int
    var level: Int
  }

  /// As Markdown has lines. By bytes: line ends of two bytes are one character, and a combining mark hides the one it follows.
  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line: [UInt8] = []
    var wasReturn = false
    for byte in text.utf8 {
      if byte == 0x0D || (byte == 0x0A && !wasReturn) {
        lines.append(String(decoding: line, as: UTF8.self))
        line = []
      } else if byte != 0x0A {
        line.append(byte)
      }
      wasReturn = byte == 0x0D
    }
    return lines + [String(decoding: line, as: UTF8.self)]
  }

  /// Headings that are no part of a list or a quotation, in order.
  private static func headings(in text: String) -> [Heading] {
    parse(text) { document in
      var headings: [Heading] = []
      var child = cmark_node_first_child(document)
      while let node = child {
        if cmark_node_get_type(node) == CMARK_NODE_HEADING {
          headings.append(
            Heading(
              first: Int(cmark_node_get_start_line(node)) - 2, level: Int(cmark_node_get_heading_level(node))))
        }
        child = cmark_node_next(node)
      }
      return headings.filter { $0.first >= 0 }
    } ?? []
  }

  private static func lower(_ heading: Heading, in lines: inout [String]) {
    guard heading.first < lines.count else { return }
    let marks = String(repeating: "#", count: min(6, heading.level + outerLevels))
    let line = lines[heading.first].utf8.drop { $0 == UInt8(ascii: " ") }
    let words = line.drop { $0 == UInt8(ascii: "#") }
    if words.count < line.count, words.first.map({ $0 == 0x20 || $0 == 0x09 }) ?? true {
      lines[heading.first] = marks + String(decoding: words, as: UTF8.self)
      return
    }
    // Underlined. Definitions of links before it are no part of the heading.
    guard let last = lines[heading.first...].dropFirst().firstIndex(where: isUnderline) else { return }
    let title = lines[heading.first..<last].map { $0.trimmed }
    if title.contains(where: { $0.contains("]:") }) { return }
    lines.replaceSubrange(heading.first...last, with: ["\(marks) \(title.joined(separator: " "))"])
  }

  private static func isUnderline(_ line: String) -> Bool {
    let mark = line.trimmed
    return !mark.isEmpty && (mark.allSatisfy { $0 == "=" } || mark.allSatisfy { $0 == "-" })
  }

  /// The text with what it takes for a heading after it to be one.
  private static func closed(_ text: String) -> String {
    if letsFollow(text) { return text }
    let ends =
      ["`", "~"].map { String(repeating: $0, count: max(3, longestRun(of: Character($0), in: text))) }
      + ["-->", "</pre>", "</script>", "</style>", "</textarea>", "?>", "]]>", ">"]
    for end in ends where letsFollow("\(text)\n\(end)") { return "\(text)\n\(end)" }
    return text
  }

  /// Whether a heading after the text is one.
  private static func letsFollow(_ text: String) -> Bool {
    parse("\(text)\n\n## x") { document in
      cmark_node_last_child(document).map { cmark_node_get_type($0) == CMARK_NODE_HEADING } ?? false
    } ?? true
  }

  private static func parse<Result>(_ text: String, _ body: (_ document: OpaquePointer) -> Result) -> Result? {
    // Not at the beginning of the document, where a byte order mark would not count.
    var text = "\n" + text
    let document = text.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { ccmark_parse($0.baseAddress, $0.count) }
    }
    guard let document else { return nil }
    defer { cmark_node_free(document) }
    return body(document)
  }
}

extension String {
  /// Without blanks around it.
  fileprivate var trimmed: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
    var scalars = unicodeScalars[...].drop(while: isBlank)
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }
}

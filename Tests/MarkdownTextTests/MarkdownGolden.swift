import MarkdownText

/// A document with its lines at several widths and what its spans are, as one text file: the source first, then what is
/// recorded, after lines that begin with `┄┄┄┄`.
enum MarkdownGolden {
  private static let mark = "┄┄┄┄"
  private static let widths = [20, 40, 80, 200]

  /// Lays the file's source out again and returns the file as it should be.
  static func run(_ file: String) -> String {
    let written = file.split(separator: "\n", omittingEmptySubsequences: false)
    var source = written.prefix { !$0.hasPrefix(mark) }.joined(separator: "\n")
    if !source.hasSuffix("\n") { source += "\n" }
    var output = ""
    var previous: (widths: [Int], lines: [String])?
    for width in widths {
      let lines = laidOut(source, width: width).map { "|" + $0.text }
      if previous?.lines == lines {
        previous?.widths.append(width)
      } else {
        output += section(previous)
        previous = ([width], lines)
      }
    }
    return source + output + section(previous) + looks(of: source)
  }

  private static func section(_ section: (widths: [Int], lines: [String])?) -> String {
    guard let section else { return "" }
    let widths = section.widths.map(String.init).joined(separator: ", ")
    return "\(mark) \(widths) columns\n" + section.lines.map { $0 + "\n" }.joined()
  }

  private static func laidOut(_ source: String, width: Int) -> [TextLine] {
    var content = MarkdownContent(source)
    content.end()
    content.update()
    for part in content.parts.indices { content.layOut(part: part, LayoutOptions(width: width)) }
    return content.parts.flatMap(\.lines)
  }

  /// Every span at 200 columns that is neither plain nor ornament nor code, whose highlighting has tests of its own.
  private static func looks(of source: String) -> String {
    let spans = laidOut(source, width: 200).flatMap(\.spans)
    let words = spans.filter { $0.look != .plain && !isLeftOut($0.look.role) }.map { span in
      var words = [role(span.look.role)].compactMap { $0 } + attributes(span.look.attributes)
      if let target = span.target { words.append("→ \(target)") }
      return "\(span.text.debugDescription) \(words.joined(separator: " "))\n"
    }
    return words.isEmpty ? "" : "\(mark) looks\n" + words.joined()
  }

  private static func isLeftOut(_ role: TextLook.Role) -> Bool {
    switch role {
    case .ornament, .code, .token: true
    default: false
    }
  }

  private static func role(_ role: TextLook.Role) -> String? {
    switch role {
    case .text: nil
    case .heading(let level): "heading \(level)"
    default: "\(role)"
    }
  }

  private static func attributes(_ attributes: InlineAttributes) -> [String] {
    let names: [(InlineAttributes, String)] = [
      (.emphasis, "emphasis"), (.strong, "strong"), (.struck, "struck"), (.code, "code"), (.link, "link"),
      (.image, "image"),
    ]
    return names.filter { attributes.contains($0.0) }.map(\.1)
  }
}

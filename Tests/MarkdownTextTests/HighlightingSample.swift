import MarkdownText

/// A sample of code as text: the language, then each line after `| `, and under it after `: ` what its bytes are.
///
///     language: swift
///     | let x = 1  // one
///     : kkk     n  cccccc
enum HighlightingSample {
  /// The sample with what the highlighter finds now.
  static func run(_ sample: String) -> String {
    var lines: [String] = []
    var highlighter: CodeHighlighter?
    for line in sample.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("language: ") { highlighter = CodeHighlighter(language: String(line.dropFirst(10))) }
      if line.hasPrefix(": ") { continue }
      lines.append(String(line))
      guard line.hasPrefix("|") else { continue }
      let code = line.dropFirst(2)
      let marks = marks(highlighter?.tokens(in: code) ?? [], of: code)
      if !marks.isEmpty { lines.append(": \(marks)") }
    }
    return lines.joined(separator: "\n")
  }

  /// A letter for each scalar that is in a token.
  private static func marks(_ tokens: [CodeToken], of code: Substring) -> String {
    var marks = ""
    var offset = 0
    for scalar in code.unicodeScalars {
      marks.append(tokens.first { $0.range.contains(offset) }.map { letter($0.kind) } ?? " ")
      offset += scalar.utf8.count
    }
    while marks.last == " " { marks.removeLast() }
    return marks
  }

  private static func letter(_ kind: CodeToken.Kind) -> Character {
    switch kind {
    case .keyword: "k"
    case .type: "t"
    case .string: "s"
    case .escape: "e"
    case .number: "n"
    case .comment: "c"
    case .function: "f"
    case .constant: "v"
    case .attribute: "a"
    case .tag: "g"
    case .property: "p"
    case .key: "y"
    case .inserted: "+"
    case .deleted: "-"
    case .meta: "m"
    }
  }
}

import MarkdownText
import TestSupport
import Testing

/// What holds for every language and any line.
@Suite struct HighlightingPropertyTests {
  static let languages = [
    "swift", "python", "js", "jsx", "ts", "tsx", "rust", "go", "c", "c++", "objc", "java", "c#", "kotlin", "scala",
    "dart",
    "ruby", "elixir", "php", "perl", "bash", "console", "powershell", "sql", "json", "toml", "ini", "dockerfile",
    "make",
    "lua", "haskell", "r", "zig", "proto", "graphql", "hcl", "yaml", "html", "css", "diff", "markdown",
  ]

  /// What languages are made of, and what breaks scanners.
  static let pieces = [
    "\"", "'", "`", "\"\"\"", "'''", "#", "##", "//", "/*", "*/", "--", "{-", "-}", "<!--", "-->", "<", ">",
    "</script>",
    "<script>", "<style", "</style>", "(", ")", "[", "]", "{", "}", "[[", "]]", "\\", "\\(", "${", "$(", "#{", "$", "@",
    "%",
    "=", ":", ": ", "|", "|-", "&", "!", "?", ";", ",", ".", "-", "+", "@@", "<<EOF", "<<<EOT", "<<~A", "EOF", "EOT",
    "A", "R\"x(",
    ")x\"", "r#\"", "f\"", "$\"", "0x1F", "1.5e-3", "1'000", " ", "  ", "\t", "name", "Name", "NAME", "if", "for",
    "class",
    "func", "é", "日本", "👩‍👩‍👧", "\u{0}", "\u{7F}", "\r", "\u{301}", "u{1F600}", "\\u00e9", "\\é", "'é'", "b'", "a:",
    "key =", "- ",
    "# ", "---", "+++ ", "--- a/x", "=begin", "=end", "$$", "$t$", "/re/", "/[", "~~~", "````",
  ]

  @Test(arguments: languages) func tokensOfAnyLineAreInOrderAndWhole(language: String) throws {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<10 {
      var highlighter = try #require(CodeHighlighter(language: language))
      for _ in 0..<10 {
        let line = Self.line(&generator)
        check(highlighter.tokens(in: line[...]), of: line, language)
      }
    }
  }

  @Test(arguments: languages) func anyBytesAreRead(language: String) throws {
    var generator = SeededGenerator(state: 11)
    var highlighter = try #require(CodeHighlighter(language: language))
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let line = String(decoding: bytes.filter { $0 != 0x0A }, as: UTF8.self)
      check(highlighter.tokens(in: line[...]), of: line, language)
    }
  }

  /// A copy that is taken at a cut goes on as the original does.
  @Test(arguments: languages) func aLineDependsOnTheStateAlone(language: String) throws {
    var generator = SeededGenerator(state: 13)
    let lines = (0..<4).map { _ in Self.line(&generator) }
    var whole = try #require(CodeHighlighter(language: language))
    for line in lines {
      var cut = whole
      for end in line.indices {
        var half = whole
        _ = half.tokens(in: line[..<end])
      }
      #expect(cut == whole)
      #expect(whole.tokens(in: line[...]) == cut.tokens(in: Substring("x \(line)".utf8.dropFirst(2))))
      #expect(cut == whole)
    }
  }

  /// Long lines of what looks ahead: with more than linear time this would not end.
  @Test(
    arguments: zip(
      ["js", "bash", "swift", "rust", "css", "yaml", "sql", "ruby", "c++", "html", "make", "scala"],
      ["(/[", "${", "#", "#[", "{ a:", "[", "$", "<<", "R\"(", "<a ", "$(", "\"\"\""]))
  func aLongLineIsReadInOneGo(language: String, piece: String) throws {
    var highlighter = try #require(CodeHighlighter(language: language))
    let line = String(repeating: piece, count: 4_000)
    check(highlighter.tokens(in: line[...]), of: line, language, isWhole: false)
  }

  @Test(arguments: [
    "Swift", "PY", "js", "ts", "sh", "C++", "cs", "C#", "golang", "yml", "jsonc", "{.python}", "language-js",
    "py:main.py", "js{1,3}",
  ])
  func namesAsAnswersWriteThem(name: String) { #expect(CodeHighlighter(language: name) != nil) }

  @Test(arguments: ["", "text", "plaintext", "mermaid", "{}", "日本"]) func otherNamesAreUnknown(name: String) {
    #expect(CodeHighlighter(language: name) == nil)
  }

  private static func line(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...14, using: &generator)).reduce(into: "") { line, _ in
      line += pieces.randomElement(using: &generator) ?? ""
    }
  }

  private func check(_ tokens: [CodeToken], of line: String, _ language: String, isWhole: Bool = true) {
    let bytes = Array(line.utf8)
    var end = 0
    for token in tokens {
      guard token.range.lowerBound >= end, !token.range.isEmpty, token.range.upperBound <= bytes.count else {
        Issue.record("\(language): \(token) after \(end) in \(isWhole ? line : "a long line")")
        return
      }
      end = token.range.upperBound
      for edge in [token.range.lowerBound, end] where edge < bytes.count && bytes[edge] & 0xC0 == 0x80 {
        Issue.record("\(language): \(token) cuts a scalar of \(isWhole ? line : "a long line")")
        return
      }
    }
  }
}

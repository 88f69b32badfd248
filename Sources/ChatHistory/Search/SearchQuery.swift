/// What somebody typed to search for, as the index's own language (https://www.sqlite.org/fts5.html) has it.
///
/// All words must be there, in any order; words in double quotes in this order. The last word may be the beginning of one,
/// unless a space or a quote ends it.
struct SearchQuery: Equatable {
  /// Nil where there is no word in it.
  let expression: String?

  init(_ text: String) {
    var phrases: [String] = []
    var isLastWhole = true
    // An expression ends at NUL.
    let text = String(text.map { $0 == "\0" ? " " : $0 })
    // Every other part is quoted. A quote that is not closed yet is being typed.
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index % 2 == 1 {
        phrases.append(String(part))
        isLastWhole = index < parts.count - 1
      } else {
        let words = part.split(whereSeparator: \.isWhitespace)
        phrases += words.map(String.init)
        if let last = part.last { isLastWhole = last.isWhitespace }
      }
    }
    // What has no letter or digit is nothing to the index, and must not be taken for the last word.
    phrases = phrases.map(SearchableText.make).filter { phrase in
      phrase.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
    let terms = phrases.map { "\"\($0)\"" }
    expression = terms.isEmpty ? nil : terms.joined(separator: " AND ") + (isLastWhole ? "" : "*")
  }
}

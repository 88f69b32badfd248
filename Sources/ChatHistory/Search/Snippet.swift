import ChatModel

/// Some words around what was found, out of the index's own marks.
enum Snippet {
  /// - Parameter marked: with `SearchableText.matchStart` and `matchEnd` around the words that were found.
  static func pieces(_ marked: String) -> [SearchHit.Piece] {
    var pieces: [SearchHit.Piece] = []
    var text = String.UnicodeScalarView()
    func end(isMatch: Bool) {
      // Letters that were set apart are one word again.
      if !text.isEmpty, pieces.last?.isMatch == isMatch {
        pieces[pieces.count - 1].text.unicodeScalars += text
      } else if !text.isEmpty {
        pieces.append(SearchHit.Piece(text: String(text), isMatch: isMatch))
      }
      text = String.UnicodeScalarView()
    }
    for scalar in marked.unicodeScalars {
      switch scalar {
      case SearchableText.divider: continue
      case SearchableText.matchStart: end(isMatch: false)
      case SearchableText.matchEnd: end(isMatch: true)
      // A snippet is one line.
      case _ where scalar.properties.isWhitespace: if text.last != " " { text.append(" ") }
      default: text.append(scalar)
      }
    }
    end(isMatch: false)
    return pieces
  }
}

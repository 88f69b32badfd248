import TerminalModel

/// A sentence beside the input, until the next key.
struct Hint: Equatable, Sendable {
  var text: String
  /// When it goes by itself.
  var until: Duration?
  /// The same in fewer words, for windows that are too narrow for it: the first that fits is shown. What leads on stands
  /// at the beginning of the last.
  var shorter: [String] = []
  /// A path in it, which is shortened in its middle where no words are short enough.
  var path: String?

  /// What there is room for.
  func fitted(into columns: Int) -> String {
    let wordings = [text] + shorter
    if let fitting = wordings.first(where: { DisplayText.width(of: $0) <= columns }) { return fitting }
    guard let last = wordings.last else { return "" }
    let excess = DisplayText.width(of: last) - columns
    if let path, let place = last.firstRange(of: path) {
      let room = DisplayText.width(of: path) - excess
      if room >= Self.leastPath {
        return last.replacingCharacters(in: place, with: Self.shortenedInTheMiddle(path, columns: room))
      }
    }
    return Self.cut(last, columns: columns)
  }

  /// A path that is shorter says nothing any more.
  private static let leastPath = 12

  /// The beginning of a text that is too long.
  private static func cut(_ text: String, columns: Int) -> String {
    columns > 0 ? beginning(of: text, columns: columns - 1) + "…" : ""
  }

  /// The end tells files apart; it has two thirds.
  private static func shortenedInTheMiddle(_ text: String, columns: Int) -> String {
    let end = beginning(of: String(text.reversed()), columns: columns * 2 / 3)
    return beginning(of: text, columns: columns - 1 - DisplayText.width(of: end)) + "…" + String(end.reversed())
  }

  private static func beginning(of text: String, columns: Int) -> String {
    var width = 0
    return String(
      text.prefix { cluster in
        width += DisplayText.width(of: cluster, column: width)
        return width <= columns
      })
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }
}

import TerminalModel

extension Insets {
  /// Columns of a character of the text, or of the label that it stands for; a label has a row's at most.
  func width(of character: Character, column: Int, rowWidth: Int) -> Int {
    guard !isEmpty, let inset = self[character] else { return DisplayText.width(of: character, column: column) }
    return min(max(1, rowWidth), DisplayText.width(of: inset.label))
  }

  /// A label in the columns that there are, its end in sight.
  static func cut(_ label: String, columns: Int) -> String {
    guard DisplayText.width(of: label) > columns else { return label }
    let end = label.hasSuffix("]") && columns > 3 ? "…]" : "…"
    var width = end.count
    let beginning = label.prefix {
      width += DisplayText.width(of: $0)
      return width <= columns
    }
    return String((beginning + end).prefix(max(1, columns)))
  }
}

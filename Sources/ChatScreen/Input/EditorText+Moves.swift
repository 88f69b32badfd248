/// Where the cursor may go: by grapheme, by word, to the ends of a line.
extension EditorText {
  /// The place itself, or the end of the grapheme that it fell into.
  func aligned(_ position: TextPosition) -> TextPosition {
    let text = lines[position.line].text
    let index = text.utf8.index(text.startIndex, offsetBy: position.offset)
    if index == text.endIndex || String.Index(index, within: text) != nil { return position }
    return TextPosition(line: position.line, offset: text.utf8Offset(text.index(after: index)))
  }

  /// One grapheme or line end back; nil at the start.
  func before(_ position: TextPosition) -> TextPosition? {
    if position.offset == 0 {
      return position.line == 0 ? nil : lineEnd(position.line - 1)
    }
    let text = lines[position.line].text
    let index = text.utf8.index(text.startIndex, offsetBy: position.offset)
    return TextPosition(line: position.line, offset: text.utf8Offset(text.index(before: index)))
  }

  /// One grapheme or line end on; nil at the end.
  func after(_ position: TextPosition) -> TextPosition? {
    let text = lines[position.line].text
    if position.offset == text.utf8.count {
      return position.line == lines.count - 1 ? nil : TextPosition(line: position.line + 1)
    }
    let index = text.utf8.index(text.startIndex, offsetBy: position.offset)
    return TextPosition(line: position.line, offset: text.utf8Offset(text.index(after: index)))
  }

  /// The place behind the last character of a line.
  func lineEnd(_ line: Int) -> TextPosition { TextPosition(line: line, offset: lines[line].text.utf8.count) }

  /// The start of the word before the place, what lies between skipped.
  func wordStart(before position: TextPosition, isPart: (Character) -> Bool) -> TextPosition {
    var here = position
    while let previous = before(here), !isPart(character(at: previous)) {
      here = previous
      if isInset(at: here) { return here }
    }
    let end = here
    while let previous = before(here), isPart(character(at: previous)) {
      if isInset(at: previous) { return here == end ? previous : here }
      here = previous
    }
    return here
  }

  /// The end of the word after the place, what lies between skipped.
  func wordEnd(after position: TextPosition, isPart: (Character) -> Bool) -> TextPosition {
    var here = position
    while let next = after(here), !isPart(character(at: here)) {
      let isInset = isInset(at: here)
      here = next
      if isInset { return here }
    }
    let start = here
    while let next = after(here), isPart(character(at: here)) {
      if isInset(at: here) { return here == start ? next : here }
      here = next
    }
    return here
  }

  /// Whether an inset follows the place: a word of its own.
  private func isInset(at position: TextPosition) -> Bool { insets[character(at: position)] != nil }

  /// The grapheme after the place; a line end at the end of a line.
  func character(at position: TextPosition) -> Character {
    let text = lines[position.line].text
    if position.offset == text.utf8.count { return "\n" }
    return text[text.utf8.index(text.startIndex, offsetBy: position.offset)]
  }
}

extension String {
  /// Bytes of UTF-8 before an index.
  func utf8Offset(_ index: Index) -> Int { utf8.distance(from: startIndex, to: index) }
}

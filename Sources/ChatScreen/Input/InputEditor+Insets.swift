import ChatModel

/// What stands for more than it shows.
extension InputEditor {
  /// What is sent: the text with what its insets stand for, and the files.
  public var question: Question {
    var files: [Attachment] = []
    for inset in content.insets.present(in: content.text) {
      if let file = inset.attachment, !files.contains(file) { files.append(file) }
    }
    return Question(text, attachments: files)
  }

  /// Whether something stands for more than it shows, and it is known for what.
  var hasInsets: Bool {
    !content.insets.isEmpty
      && content.lines.contains { content.insets.present(in: $0.text).contains { $0.ticket == nil } }
  }

  /// Replaces everything by what was, or was to be, sent; its files stand where the text names them.
  mutating func setQuestion(_ question: Question) {
    setText(question.text)
    for file in question.attachments { place(file) }
    moveCursor(to: content.end, goalColumn: 0)
    perform(.lineEnd)
  }

  /// Puts a file where the text names it, else at the end.
  private mutating func place(_ file: Attachment) {
    let mention = Mention.text(for: file.name)
    guard let character = register(.file(file, mention: mention)) else { return }
    for (number, line) in content.lines.enumerated() {
      guard let found = line.text.firstRange(of: mention) else { continue }
      let start = TextPosition(line: number, offset: line.text.utf8Offset(found.lowerBound))
      let end = TextPosition(line: number, offset: start.offset + mention.utf8.count)
      return replaceInPlace(start..<end, with: String(character))
    }
    let isApart = content.isEmpty || content.character(at: content.before(content.end) ?? content.end).isWhitespace
    replaceInPlace(content.end..<content.end, with: (isApart ? "" : " ") + String(character))
  }

  /// Inserts a pasted text whole, folded where it is long. Returns whether it is.
  mutating func pasteFolding(_ text: String) -> Bool {
    guard Inset.folds(text), insert(.paste(EditorText(text).text)) != nil else {
      paste(text)
      return false
    }
    return true
  }

  /// Inserts an inset at the cursor; nil when there are too many.
  @discardableResult
  mutating func insert(_ inset: Inset) -> Character? {
    guard let character = register(inset) else { return nil }
    forgetTyping()
    put(String(character))
    return character
  }

  /// Puts an inset in the place of everything, undoably.
  mutating func replaceAll(with inset: Inset) {
    guard let character = register(inset) else { return }
    forgetTyping()
    moveCursor(to: content.end, goalColumn: 0)
    replaceInPlace(content.start..<content.end, with: String(character))
  }

  /// Whether what the text begins with was not typed.
  var beginsWithInset: Bool { content.lines[0].text.first.map { content.insets[$0] != nil } ?? false }

  /// Puts the text of the inset before the cursor, or after it, in its place; false where there is none to unfold.
  mutating func unfold() -> Bool {
    for place in [content.before(cursor), cursor].compactMap({ $0 }) {
      let character = content.character(at: place)
      guard let inset = content.insets[character], inset.isFoldable, inset.ticket == nil else { continue }
      replaceInset(character, with: inset.text)
      return true
    }
    return false
  }

  /// Puts a text in the place of an inset, wherever that is.
  mutating func replaceInset(_ character: Character, with text: String) {
    guard let place = content.place(of: character) else { return }
    replaceInPlace(place, with: admitted(text))
  }

  /// Inserts a text right behind an inset.
  mutating func insert(_ text: String, behind character: Character) {
    guard let place = content.place(of: character) else { return }
    replaceInPlace(place.upperBound..<place.upperBound, with: admitted(text))
  }

  /// Whether something in the text is still to be told.
  var isAwaiting: Bool { content.insets.present(in: content.text).contains { $0.ticket != nil } }
}

import ChatModel

/// Something in the input that is shown as a label and stands for more: a long paste, a file, what a command printed.
struct Inset: Equatable, Sendable {
  /// What is shown: `[pasted 120 lines · 8.1 KB]`.
  var label: String
  /// What the text of the input has in its place.
  var text: String
  /// The file that goes along.
  var attachment: Attachment?
  /// The number of the request that will tell what it stands for; nil once that is known.
  var ticket: Int?
  /// Whether its text can take its place.
  var isFoldable = true

  /// A long paste.
  static func paste(_ text: String) -> Inset {
    let count = SelectedText.count(lineCount(text), "line")
    return Inset(label: "[pasted \(count) · \(ByteSize.label(text.utf8.count))]", text: text)
  }

  /// A file, named in the text as it was typed.
  static func file(_ attachment: Attachment, mention: String) -> Inset {
    Inset(label: "[\(attachment.summary)]", text: mention, attachment: attachment, isFoldable: false)
  }

  /// Lines of a text, of which the last may have no end.
  static func lineCount(_ text: String) -> Int {
    text.utf8.count { $0 == 0x0A } + (text.isEmpty || text.utf8.last == 0x0A ? 0 : 1)
  }

  /// More than a few lines, or than fills some, is folded when it is pasted.
  static func folds(_ text: String) -> Bool {
    text.utf8.lazy.filter { $0 == 0x0A }.count > 10 || text.unicodeScalars.count > 1000
  }
}

/// The insets of an editor, each of which a scalar in its text stands for.
///
/// These scalars are taken from U+E01F0…U+E0FFF, which are no characters of Unicode and will be none that is seen; each is a
/// grapheme of its own whatever stands beside it. Where a text from outside has them, they become insets themselves, so that
/// they arrive as they came.
struct Insets: Equatable, Sendable {
  private var all: [Inset] = []
  private static let first: UInt32 = 0xE01F0
  private static let capacity = 0xE0FFF - 0xE01F0 + 1

  var isEmpty: Bool { all.isEmpty }

  /// The scalar that stands for a new inset; nil when there are too many.
  mutating func add(_ inset: Inset) -> Character? {
    guard all.count < Self.capacity, let scalar = Unicode.Scalar(Self.first + UInt32(all.count)) else { return nil }
    all.append(inset)
    return Character(scalar)
  }

  /// What a character stands for; nil for a character that stands for itself.
  subscript(character: Character) -> Inset? {
    get { Self.place(of: character).flatMap { all.indices.contains($0) ? all[$0] : nil } }
    set {
      guard let place = Self.place(of: character), all.indices.contains(place), let newValue else { return }
      all[place] = newValue
    }
  }

  /// The character of the inset that a request will tell of.
  func character(awaiting ticket: Int) -> Character? {
    guard let place = all.firstIndex(where: { $0.ticket == ticket }) else { return nil }
    return Unicode.Scalar(Self.first + UInt32(place)).map { Character($0) }
  }

  private static func place(of character: Character) -> Int? {
    guard let scalar = character.unicodeScalars.first, isReserved(scalar) else { return nil }
    return Int(scalar.value - first)
  }

  static func isReserved(_ scalar: Unicode.Scalar) -> Bool { (0xE01F0...0xE0FFF).contains(scalar.value) }

  /// The insets in a text, in order.
  func present(in text: String) -> [Inset] {
    if isEmpty { return [] }
    return text.unicodeScalars.lazy.filter(Self.isReserved).compactMap { self[Character($0)] }
  }

  /// A text with what its insets stand for.
  func expanded(_ text: String) -> String {
    if isEmpty { return text }
    return replaced(text[...]) { $0.text }
  }

  /// A text with the labels of its insets, each of so many columns at most.
  func shown(_ text: Substring, columns: Int) -> String {
    isEmpty ? String(text) : replaced(text) { Self.cut($0.label, columns: columns) }
  }

  private func replaced(_ text: Substring, by words: (Inset) -> String) -> String {
    var result = ""
    var rest = text.unicodeScalars[...]
    while let place = rest.firstIndex(where: Self.isReserved) {
      result.unicodeScalars.append(contentsOf: rest[..<place])
      let character = Character(rest[place])
      result += self[character].map(words) ?? String(character)
      rest = rest[rest.index(after: place)...]
    }
    result.unicodeScalars.append(contentsOf: rest)
    return result
  }

  /// A text from outside, as the editor may hold it.
  mutating func admit(_ text: String) -> String {
    // All of the scalars begin with F3 A0 in UTF-8.
    guard text.utf8.contains(0xF3), text.unicodeScalars.contains(where: Self.isReserved) else { return text }
    var result = String.UnicodeScalarView()
    var run = String.UnicodeScalarView()
    func end(_ insets: inout Insets) {
      if run.isEmpty { return }
      let stand = insets.add(Inset(label: "·", text: String(run), isFoldable: false))
      result.append(contentsOf: stand.map { $0.unicodeScalars } ?? Character("\u{FFFD}").unicodeScalars)
      run = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if Self.isReserved(scalar) {
        run.append(scalar)
      } else {
        end(&self)
        result.append(scalar)
      }
    }
    end(&self)
    return String(result)
  }
}

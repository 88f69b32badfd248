/// A path as it is typed after an `@`: up to a blank, unless that is escaped by a backslash or the path is in quotes.
///
///     @notes.md   @my\ notes.md   @"my notes.md"
struct Mention: Equatable, Sendable {
  /// The path that is meant.
  var path: String
  /// Bytes of what was typed, the @ among them.
  var length: Int
  var isQuoted: Bool

  /// Reads what begins with an @.
  init(_ text: Substring) {
    path = ""
    isQuoted = text.dropFirst().first == "\""
    var isEscaped = false
    var rest = text.dropFirst(isQuoted ? 2 : 1)
    scan: while let character = rest.first {
      switch character {
      // What stands for more than it shows is no part of a path.
      case _ where character.unicodeScalars.first.map(Insets.isReserved) == true: break scan
      case _ where isEscaped:
        isEscaped = false
        path.append(character)
      case "\\" where !isQuoted: isEscaped = true
      case "\"" where isQuoted:
        rest = rest.dropFirst()
        break scan
      case _ where character.isWhitespace && !isQuoted: break scan
      default: path.append(character)
      }
      rest = rest.dropFirst()
    }
    length = text.utf8.count - rest.utf8.count
  }

  /// How a path is written so that it is read again.
  static func text(for path: String, isQuoted: Bool = false) -> String {
    if isQuoted { return "@\"\(path)" }
    return "@" + path.reduce(into: "") { $0 += $1.isWhitespace || $1 == "\\" || $1 == "\"" ? "\\\($1)" : String($1) }
  }
}

/// The path that is being typed.
extension InputEditor {
  /// What is typed after the @, and where; nil while no path is typed.
  var mention: (mention: Mention, place: Range<TextPosition>)? {
    guard let start = mentionStart else { return nil }
    let line = content.lines[start.line].text
    let mention = Mention(line.utf8Slice(start.offset..<line.utf8.count))
    return (mention, start..<TextPosition(line: start.line, offset: start.offset + mention.length))
  }

  /// Whether the cursor is where the path is typed.
  var isInMention: Bool {
    guard let (_, place) = mention else { return false }
    return cursor > place.lowerBound && cursor <= place.upperBound
  }

  /// The path is typed: an inset takes its place, which the answer to a request will settle. Its path; nil where none was
  /// typed.
  mutating func endMention(ticket: Int) -> String? {
    guard let (mention, place) = mention else { return nil }
    forgetMention()
    let typed = content.text(in: place)
    if mention.path.isEmpty { return nil }
    guard let character = register(Inset(label: typed, text: typed, ticket: ticket, isFoldable: false)) else {
      return nil
    }
    replaceInPlace(place, with: String(character))
    return mention.path
  }

  /// Writes another path in the place of the one that is being typed, which goes on.
  mutating func completeMention(to path: String) {
    guard let (mention, place) = mention else { return }
    replaceMention(place, with: Mention.text(for: path, isQuoted: mention.isQuoted))
  }

  /// Whether a path may begin at a place: it is the start, or a blank or an inset stands before it.
  func isWordStart(_ position: TextPosition) -> Bool {
    guard position.offset > 0, let before = content.before(position) else { return true }
    let character = content.character(at: before)
    return character.isWhitespace || content.insets[character] != nil
  }
}

import TerminalModel

/// Keys that are pressed one after the other to one end; mostly one alone.
public struct KeySequence: Hashable, Sendable {
  public let keys: [Key]

  init(_ keys: [Key]) { self.keys = keys }

  /// Reads `Ctrl-X Ctrl-E`.
  public init(notation: String) throws(KeyMistake) {
    var keys: [Key] = []
    for word in notation.split(separator: " ") {
      guard let key = Key(notation: String(word)) else { throw KeyMistake("has “\(word)”, which is no key") }
      if let other = Self.twin(of: key) {
        throw KeyMistake("has \(key.label), which a terminal cannot tell from \(other)")
      }
      keys.append(key)
    }
    if keys.isEmpty { throw KeyMistake("must name a key, as in \"Ctrl-X\"; [] leaves the action without any") }
    self.keys = keys
  }

  /// The names of the keys: `Ctrl-X Ctrl-E`.
  public var label: String { keys.map(\.label).joined(separator: " ") }

  /// Whether one of them is the other or its beginning: only one of the two can ever be meant.
  func excludes(_ other: KeySequence) -> Bool { keys.starts(with: other.keys) || other.keys.starts(with: keys) }

  /// It begins with what types a character where text is typed.
  var isTyped: Bool {
    guard let first = keys.first, case .character = first.code else { return false }
    return first.modifiers.isDisjoint(with: [.control, .alt])
  }

  /// What terminals send for that key, too.
  private static func twin(of key: Key) -> String? {
    guard key.modifiers == .control, case .character(let character) = key.code else { return nil }
    return ["i": "Tab", "m": "Enter", "[": "Esc", "h": "Backspace"][character]
  }
}

/// What is wrong with keys somebody wrote; the words go on after the action's name.
public struct KeyMistake: Error, Equatable {
  public var reason: String

  init(_ reason: String) { self.reason = reason }
}

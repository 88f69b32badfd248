/// Keys as people write them: `Alt-Enter`, `Ctrl-C`, `F2`, `q`.
extension Key {
  /// The key's name; `init(notation:)` reads it.
  public var label: String {
    var name = ""
    if modifiers.contains(.control) { name += "Ctrl-" }
    if modifiers.contains(.alt) { name += "Alt-" }
    if modifiers.contains(.shift) { name += "Shift-" }
    switch code {
    case .character(" "): return name + "Space"
    case .character(let character): return name + (modifiers.isEmpty ? String(character) : character.uppercased())
    case .function(let number): return name + "F\(number)"
    default: return name + (Self.names.first { $0.code == code }?.name ?? "")
    }
  }

  /// Reads a name. Letter case counts only for a letter that stands alone; `+` joins too, and the names of other programs for
  /// the same keys are known. Nil where it is no key.
  public init?(notation: String) {
    var modifiers: Modifiers = []
    var rest = notation[...]
    while let (modifier, length) = Self.modifier(at: rest) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(length)
    }
    let word = rest.lowercased()
    if let named = Self.names.first(where: { $0.name.lowercased() == word || $0.others.contains(word) }) {
      self.init(named.code, modifiers)
    } else if word.first == "f", let number = Int(word.dropFirst()), (1...24).contains(number) {
      self.init(.function(number), modifiers)
    } else if let character = rest.first, rest.count == 1, character.isPrintable {
      self.init(character: character, modifiers)
    } else {
      return nil
    }
  }

  /// As keys come: Shift is in the character itself, and with another modifier letters are small.
  private init(character: Character, _ modifiers: Modifiers) {
    let isAlone = modifiers.isSubset(of: .shift)
    let text = isAlone ? (modifiers.isEmpty ? String(character) : character.uppercased()) : character.lowercased()
    self.init(.character(text.first ?? character), isAlone ? [] : modifiers)
  }

  /// A modifier with what joins it to the key after it.
  private static func modifier(at text: Substring) -> (Modifiers, length: Int)? {
    let lowercased = text.lowercased()
    for (name, modifier) in modifierNames where lowercased.hasPrefix(name) && text.count > name.count + 1 {
      let joint = lowercased.dropFirst(name.count).first
      if joint == "-" || joint == "+" { return (modifier, name.count + 1) }
    }
    return nil
  }

  private static let modifierNames: [(String, Modifiers)] = [
    ("ctrl", .control), ("control", .control), ("alt", .alt), ("meta", .alt), ("shift", .shift), ("c", .control),
    ("m", .alt), ("a", .alt), ("s", .shift),
  ]

  private static let names: [(name: String, code: Code, others: [String])] = [
    ("Enter", .enter, ["return"]), ("Tab", .tab, []), ("Esc", .escape, ["escape"]),
    ("Backspace", .backspace, ["bs"]), ("Del", .delete, ["delete"]), ("Ins", .insert, ["insert"]), ("Up", .up, []),
    ("Down", .down, []), ("Left", .left, []), ("Right", .right, []), ("Home", .home, []), ("End", .end, []),
    ("PgUp", .pageUp, ["pageup"]), ("PgDn", .pageDown, ["pgdown", "pagedown"]), ("Space", .character(" "), []),
  ]
}

extension Character {
  /// A key can type it, and it is seen.
  fileprivate var isPrintable: Bool {
    !isWhitespace && unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7F..<0xA0).contains($0.value) }
  }
}

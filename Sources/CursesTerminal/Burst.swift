import TerminalModel

/// What comes in one go, read after read. Tells a paste from typing where the terminal does not: nobody types on in the very
/// instant of pressing Enter, so an Enter that text follows at once is a line's end, and all around it is one paste.
struct Burst {
  private var inputs: [TerminalInput] = []
  /// An Enter came in the text at its end.
  private var hasEnter = false
  /// Text followed it.
  private(set) var isPaste = false

  /// Adds what the next read brought.
  mutating func add(_ more: [TerminalInput]) {
    for input in more {
      if input == Self.enter {
        hasEnter = true
      } else if Self.character(of: input) == nil {
        hasEnter = false
      } else if hasEnter {
        isPaste = true
      }
    }
    inputs += more
  }

  /// All that came, pastes as such.
  var whole: [TerminalInput] {
    guard isPaste else { return inputs }
    var whole: [TerminalInput] = []
    var rest = inputs[...]
    while let first = rest.first {
      let text = rest.prefix { Self.character(of: $0) != nil }
      whole += Self.joined(text)
      rest = rest.dropFirst(text.count)
      if text.isEmpty {
        whole.append(first)
        rest = rest.dropFirst()
      }
    }
    return whole
  }

  /// One paste, where an Enter stands before the end; else the keys that they are.
  private static func joined(_ text: ArraySlice<TerminalInput>) -> [TerminalInput] {
    guard let enter = text.firstIndex(of: enter), text[enter...].contains(where: { $0 != Self.enter }) else {
      return Array(text)
    }
    var paste = ""
    var before: TerminalInput?
    for input in text {
      // A line that ends in both signs ends once.
      let isSecondSign = before == Self.enter && input == lineFeed
      if !isSecondSign, let character = character(of: input) { paste.append(character) }
      before = input
    }
    return [.paste(paste)]
  }

  private static let enter = TerminalInput.key(Key(.enter))
  private static let lineFeed = TerminalInput.key(Key(.character("j"), .control))

  /// What a key stands for in a text; nil for all that texts do not hold.
  private static func character(of input: TerminalInput) -> Character? {
    guard case .key(let key) = input else { return nil }
    switch (key.code, key.modifiers) {
    case (.character(let character), []), (.character(let character), .shift): return character
    case (.enter, []), (.character("j"), .control): return "\n"
    case (.tab, []): return "\t"
    default: return nil
    }
  }
}

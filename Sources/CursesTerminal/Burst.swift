import TerminalModel

/// What comes in one go, read after read. Tells a paste from typing where the terminal does not: nobody types on in the very
/// instant of pressing Enter or Ctrl-J, so one that text follows at once is a line's end, and all around it is one paste. And
/// nobody types a thousand characters in one go.
struct Burst {
  /// So much text in one go is a paste.
  private static let longest = 1000

  private var inputs: [TerminalInput] = []
  /// A line's end came in the text at its end.
  private var hasLineEnd = false
  /// Characters of the text at its end.
  private var length = 0
  /// Text and a line's end came as nobody types them, or more text than anybody does.
  private(set) var isPaste = false

  /// Adds what the next read brought.
  mutating func add(_ more: [TerminalInput]) {
    for input in more {
      length += 1
      if input == Self.enter || input == Self.lineFeed {
        // Nobody presses it twice in one instant, nor Ctrl-J in that of the last letter.
        if length > 1, hasLineEnd || input == Self.lineFeed { isPaste = true }
        hasLineEnd = true
      } else if Self.character(of: input) == nil {
        hasLineEnd = false
        length = 0
      } else if hasLineEnd || length >= Self.longest {
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

  /// One paste; or the keys that they are, where no line ends but by one Enter at the end. Lines of a paste end all in the same
  /// way: Enter after lines that end otherwise was pressed.
  private static func joined(_ text: ArraySlice<TerminalInput>) -> [TerminalInput] {
    let lines = text.prefix { $0 != enter }
    let rest = text.dropFirst(lines.count)
    let hasText = text.contains { $0 != enter && $0 != lineFeed }
    if text.count >= longest || hasText && rest.count > 1 { return [paste(of: text)] }
    return (hasText && lines.contains(lineFeed) ? [paste(of: lines)] : Array(lines)) + rest
  }

  private static func paste(of text: ArraySlice<TerminalInput>) -> TerminalInput {
    var paste = ""
    var before: TerminalInput?
    for input in text {
      // A line that ends in both signs ends once.
      let isSecondSign = before == Self.enter && input == lineFeed
      if !isSecondSign, let character = character(of: input) { paste.append(character) }
      before = input
    }
    return .paste(paste)
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

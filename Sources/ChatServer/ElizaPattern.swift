/// How a clause must be built for a rule: words that must stand there, and gaps.
///
/// Written as text: `*` is a gap of any number of words, `+` one of at least one word, `a|b` one word of these,
/// anything else the word itself. Gaps and choices are counted from 1 and are what an answer's `$1`, `$2` refer to.
struct ElizaPattern: Equatable, Sendable {
  private enum Element: Equatable {
    case gap(least: Int)
    case choice(Set<String>)
    case word(String)
  }

  private let elements: [Element]

  init(_ text: String) {
    elements = text.split(separator: " ").map { part in
      switch part {
      case "*": .gap(least: 0)
      case "+": .gap(least: 1)
      default: part.contains("|") ? .choice(Set(part.split(separator: "|").map(String.init))) : .word(String(part))
      }
    }
  }

  /// The words of each gap and choice; nil when the clause is built otherwise. Earlier gaps are as short as possible.
  func match(_ clause: [ElizaWord]) -> [ArraySlice<ElizaWord>]? {
    match(clause[...], from: 0)
  }

  private func match(_ rest: ArraySlice<ElizaWord>, from index: Int) -> [ArraySlice<ElizaWord>]? {
    guard index < elements.count else { return rest.isEmpty ? [] : nil }
    switch elements[index] {
    case .word(let word):
      guard rest.first?.key == word else { return nil }
      return match(rest.dropFirst(), from: index + 1)
    case .choice(let words):
      guard let first = rest.first, words.contains(first.key) else { return nil }
      return match(rest.dropFirst(), from: index + 1).map { [rest.prefix(1)] + $0 }
    case .gap(let least):
      if rest.count < least { return nil }
      if index == elements.count - 1 { return [rest] }
      for length in least...rest.count {
        if let others = match(rest.dropFirst(length), from: index + 1) { return [rest.prefix(length)] + others }
      }
      return nil
    }
  }
}

import ChatModel
import TerminalModel

@testable import ChatScreen

/// An account of every character that came into the input: where it is now.
struct TypedCharacters {
  private(set) var typed: Set<Character> = []
  /// Sent, or among the earlier inputs: it stays there.
  private var settled: Set<Character> = []
  private var earlier = 0
  private(set) var deleted = 0

  /// Takes in what a step has brought.
  mutating func add(_ input: TerminalInput, _ state: AppState) {
    func isIn(_ character: Character) -> Bool { state.input.text.contains(character) || state.holds(character) }
    switch input {
    case .key(let key):
      if case .character(let character) = key.code, RandomPerson.isFresh(character), isIn(character) {
        typed.insert(character)
      }
    case .paste(let text): typed.formUnion(text.filter { RandomPerson.isFresh($0) && isIn($0) })
    default: break
    }
  }

  mutating func sent(_ text: String) { settled.formUnion(text.filter(typed.contains)) }

  /// Characters that are nowhere any more.
  mutating func missing(_ state: AppState, _ outside: RandomOutside) -> Set<Character> {
    let entries = state.inputHistory.entries
    for entry in entries.dropFirst(min(earlier, entries.count)) { settled.formUnion(entry.filter(typed.contains)) }
    earlier = entries.count
    var missing = typed.subtracting(settled)
    for text in state.typedTexts + outside.heldTexts where !missing.isEmpty {
      missing.subtract(text)
    }
    return missing.filter { !state.holds($0) }
  }

  /// They were deleted by a key that does.
  mutating func delete(_ characters: Set<Character>) {
    typed.subtract(characters)
    deleted += characters.count
  }

  /// Another run begins: what is neither sent nor a draft stays behind.
  mutating func restart(_ draft: Draft) {
    earlier = 0
    let kept = Set(draft.texts.joined())
    typed = typed.filter { settled.contains($0) || kept.contains($0) }
  }
}

extension AppState {
  /// All texts that are being written, or wait.
  fileprivate var typedTexts: [String] {
    var texts = [input.text] + queue.map(\.text) + removedFromQueue.map(\.question.text)
    texts += [edit?.draft.text, edit?.draft.text, leaving?.texts.joined(), cleared?.input.text].compactMap { $0 }
    if case .running(_, let line) = command { texts.append(line) }
    return texts + inputHistory.passed
  }

  /// Whether a key waits to be taken in.
  fileprivate func holds(_ character: Character) -> Bool {
    heldInputs?.contains { input in
      switch input {
      case .key(let key): key.code == .character(character)
      case .paste(let text): text.contains(character)
      default: false
      }
    } ?? false
  }
}

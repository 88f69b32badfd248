import ChatModel
import TerminalModel
import TestSupport

@testable import ChatScreen

/// Somebody who presses whatever there is. What is typed into the input are characters of which each comes once, so that each
/// can be looked for.
struct RandomPerson {
  /// Keys of a phrase that is being typed.
  private var phrase: [TerminalInput] = []
  /// Phrases that are typed next: all of them, before one comes again.
  private var deck: [String] = []
  private var next: UInt32 = 0

  /// What is pressed next.
  mutating func input(for state: AppState, _ random: inout SeededGenerator) -> TerminalInput {
    if !phrase.isEmpty { return phrase.removeFirst() }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<28: return .key(character(for: state, &random))
    case 28..<60: return key(of: state.focus, &random)
    case 60..<68: return .key(Key(.enter))
    case 68..<73: return .key(Key(.escape))
    case 73..<92:
      if deck.isEmpty { deck = Self.phrases.shuffled(using: &random) }
      let words = deck.removeLast()
      phrase = words.map { $0 == "\n" ? .key(Key(.enter)) : .key(Key(.character($0))) }
      if !words.hasSuffix(" ") { phrase.append(.key(Key(.enter))) }
      // Most commands are typed into an empty input.
      if Bool.random(using: &random) { phrase.insert(.key(Key(.character("u"), .control)), at: 0) }
      if state.focus != .input { phrase.insert(.key(Key(.escape)), at: 0) }
      return phrase.removeFirst()
    case 92..<94:
      phrase = [.key(Key(.escape)), .key(Key(.escape))]
      return .key(Key(.escape))
    case 94..<96:
      let lines = Int.random(in: 1...14, using: &random)
      return .paste((0..<lines).map { _ in "pasted \(fresh())\n" }.joined())
    case 96: return .wheel(Int.random(in: -5...5, using: &random))
    case 97: return .focus(Bool.random(using: &random))
    default:
      let column = Int.random(in: 0..<state.size.columns, using: &random)
      return .click(Position(column: column, row: Int.random(in: 0..<state.size.rows, using: &random)))
    }
  }

  /// A character that was not typed before.
  private mutating func fresh() -> Character {
    next += 1
    return Unicode.Scalar(0x4E00 + next % 0x5200).map { Character($0) } ?? "?"
  }

  static func isFresh(_ character: Character) -> Bool {
    character.unicodeScalars.contains { (0x4E00..<0xA000).contains($0.value) && $0 != "世" && $0 != "界" }
  }

  private mutating func character(for state: AppState, _ random: inout SeededGenerator) -> Key {
    if state.toolQuestion != nil { return Key(.character(["y", "n", "a", "x"].randomElement(using: &random) ?? "y")) }
    if state.focus != .input { return Key(.character(["a", "e", "o", "1"].randomElement(using: &random) ?? "a")) }
    return Key(.character(Int.random(in: 0..<6, using: &random) == 0 ? " " : fresh()))
  }

  /// Any key that does something there.
  private mutating func key(of focus: Focus, _ random: inout SeededGenerator) -> TerminalInput {
    // In menus there are more moves than changes.
    if focus == .menu, Bool.random(using: &random) { return .key(Key(.character("e"), .alt)) }
    let places = KeyMap.standard.bindings.flatMap(\.places).filter { $0.focus.contains(focus) }
    guard let keys = places.randomElement(using: &random)?.sequence.keys else { return .key(Key(.enter)) }
    phrase = keys.dropFirst().map { .key($0) }
    return .key(keys[0])
  }

  private static let phrases =
    SlashCommand.all.filter { $0.name != .exit }.map { "/\($0.name.rawValue)" } + [
      "/find words", "/prompt tutor", "/model o3", "/provider work", "/title a name", "/system Be brief", "/set bell 3",
      "/export x.md", "/save x.md", "/attach x.md", "/edit 2", "/retry other", "/re", "//x", "a line\\", "!ls\n",
      "!ls -l\n", "@x.md ", "@y.md", "with @x.md", "see @\"x y\" and ", "words", "more words", "a question", "/queue",
      "/branch", "/history", "/select\nsname",
    ]
}

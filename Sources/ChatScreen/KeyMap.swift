import TerminalModel

/// Some keys that mean the same, and what they mean.
public struct Binding: Sendable {
  public let focus: Set<Focus>
  public let keys: [Key]
  public let action: Action
  /// What the help says; nil leaves the binding out of it.
  public let help: String?

  /// The first key is the one that hints name.
  init(_ focus: Set<Focus>, _ keys: [Key], _ action: Action, _ help: String? = nil) {
    self.focus = focus
    self.keys = keys
    self.action = action
    self.help = help
  }
}

/// Which key does what: one table, from which the help is made too.
public enum KeyMap {
  public static let bindings: [Binding] = chat + selecting + editing + overlays

  /// Where the page of the talk moves.
  private static let page: Set<Focus> = [.input, .find]
  private static let anywhere = Set(Focus.allCases)
  /// Where a line is typed.
  private static let line: Set<Focus> = [.input, .menu, .find, .fileName]

  private static let chat: [Binding] = [
    Binding([.input], [Key(.enter)], .send, "send; while an answer streams: queue"),
    Binding(
      [.input], [Key(.enter, .alt), control("j"), Key(.enter, .shift), Key(.enter, .control)], .editor(.newline),
      "new line"),
    Binding(anywhere, [Key(.escape)], .escape, "close what is open; stop the answer, keep what came"),
    Binding(anywhere, [control("c")], .interrupt, "stop; clear the input; twice: quit"),
    Binding([.input], [control("d")], .deleteOrQuit, "delete; on an empty input: quit"),
    Binding([.input, .menu, .help], [Key(.function(2)), control("t")], .openMenu(.prompts), "system prompts"),
    Binding([.input, .menu, .help], [Key(.function(4))], .openMenu(.chats), "saved chats"),
    Binding(anywhere, [Key(.function(1))], .openHelp, "this help"),
    Binding([.input, .help, .find, .selection], [control("o")], .toggleReasoning, "open or fold the reasoning"),
    Binding(page, [Key(.pageUp)], .scroll(.pageUp), "scroll a page up"),
    Binding(page, [Key(.pageDown)], .scroll(.pageDown), "scroll a page down"),
    Binding(page.union([.selection]), [Key(.pageUp, .alt)], .scroll(.halfPageUp), "scroll half a page up"),
    Binding(page.union([.selection]), [Key(.pageDown, .alt)], .scroll(.halfPageDown), "scroll half a page down"),
    Binding(page.union([.selection]), [Key(.up, .control), Key(.up, .shift)], .scroll(.lineUp), "scroll a line up"),
    Binding(
      page.union([.selection]), [Key(.down, .control), Key(.down, .shift)], .scroll(.lineDown), "scroll a line down"),
    Binding(page, [Key(.up, .alt)], .scroll(.previousMessage), "to the message before"),
    Binding(page, [Key(.down, .alt)], .scroll(.nextMessage), "to the message after"),
    Binding(page, [Key(.home, .control)], .scroll(.top), "to the beginning"),
    Binding(page, [Key(.end, .control)], .scroll(.end), "to the end, and follow"),
    Binding(
      page.union([.selection]), [Key(.left, .shift)], .moveSideways(.left), "code that does not wrap: to the left"),
    Binding(
      page.union([.selection]), [Key(.right, .shift)], .moveSideways(.right), "code that does not wrap: to the right"),
    Binding([.input, .help, .selection], [Key(.function(7))], .openFind, "look for words in the talk"),
    Binding(
      [.find], [Key(.enter), Key(.up), control("p"), Key(.function(7))], .find(.older),
      "looking for words: the hit before"),
    Binding([.find], [Key(.down), control("n")], .find(.newer), "looking for words: the hit after"),
    Binding(
      anywhere, [Key(.function(6))], .toggleMouse,
      "mouse on: the wheel scrolls; off: the terminal selects"),
    Binding(anywhere, [control("l")], .redraw, "draw the screen anew"),
    Binding(anywhere, [control("z")], .suspend, "suspend"),
  ]

  private static let selecting: [Binding] = [
    Binding([.input, .help, .find, .selection], [Key(.function(5))], .select, "select messages and blocks of code"),
    select([Key(.up), Key(.character("k")), control("p")], .previous, "the message or block before"),
    select([Key(.down), Key(.character("j")), control("n")], .next, "the message or block after"),
    select([Key(.right), Key(.tab)], .inward, "the code within a message, block by block"),
    select([Key(.left), Key(.tab, .shift)], .outward, "back to the whole message"),
    select([Key(.up, .alt)], .previousMessage),
    select([Key(.down, .alt)], .nextMessage),
    select([Key(.pageUp)], .pageUp, "a page up"),
    select([Key(.pageDown)], .pageDown, "a page down"),
    select([Key(.home), Key(.home, .control)], .first, "the first message"),
    select([Key(.end), Key(.end, .control)], .last, "the last message"),
    Binding(
      [.selection], [Key(.character("y")), Key(.character("c"))], .copySelected(.source),
      "selecting: copy as Markdown; of code, the code"),
    Binding([.selection], [Key(.character("t"))], .copySelected(.plain), "selecting: copy as plain text"),
    Binding([.selection], [Key(.character("s"))], .nameFile, "selecting: save to a file"),
    Binding([.selection], [Key(.enter)], .chooseSelected, "selecting: copy; open or fold reasoning"),
    Binding([.selection], [Key(.character(" "))], .toggleReasoning),
    Binding([.selection], [Key(.character("q"))], .escape),
    Binding([.fileName], [Key(.enter)], .saveSelected),
    Binding([.fileName], [Key(.end)], .editor(.lineEnd)),
  ]

  private static func select(_ keys: [Key], _ move: Action.SelectionMove, _ help: String? = nil) -> Binding {
    Binding([.selection], keys, .moveSelection(move), help.map { "selecting: \($0)" })
  }

  private static let editing: [Binding] = [
    Binding([.input], [Key(.up), control("p")], .editor(.up), "row up; at the edge: earlier inputs"),
    Binding([.input], [Key(.down), control("n")], .editor(.down), "row down; at the edge: later inputs"),
    Binding([.input], [Key(.end)], .endOrFollow, "end of the line; on an empty input: follow the end"),
    Binding([.input, .find, .fileName], [Key(.home)], .editor(.lineStart)),
    Binding(line, [control("a")], .editor(.lineStart), "start of the line"),
    Binding(line, [control("e")], .editor(.lineEnd), "end of the line"),
    Binding(line, [Key(.left), control("b")], .editor(.left), "character left"),
    Binding(line, [Key(.right), control("f")], .editor(.right), "character right"),
    Binding(
      line, [alt("b"), Key(.left, .control), Key(.left, .alt)], .editor(.wordLeft), "word left"),
    Binding(
      line, [alt("f"), Key(.right, .control), Key(.right, .alt)], .editor(.wordRight), "word right"),
    Binding(
      line, [Key(.backspace), control("h"), Key(.backspace, .shift)], .editor(.backspace),
      "delete back"),
    Binding(line, [Key(.delete)], .editor(.deleteForward)),
    Binding([.menu, .find, .fileName], [control("d")], .editor(.deleteForward)),
    Binding(line, [control("w")], .editor(.killBlankWordBack), "delete the word before"),
    Binding(line, [Key(.backspace, .alt), Key(.backspace, .control)], .editor(.killWordBack)),
    Binding(
      line, [alt("d"), Key(.delete, .control)], .editor(.killWordForward), "delete the word after"),
    Binding(line, [control("u")], .editor(.killToLineStart), "delete to the start of the line"),
    Binding(line, [control("k")], .editor(.killToLineEnd), "delete to the end of the line"),
    Binding(line, [control("y")], .editor(.yank), "put back what was deleted"),
    Binding(line, [control("_"), control("/")], .editor(.undo), "undo"),
    Binding(line, [alt("_"), alt("/")], .editor(.redo), "redo"),
  ]

  private static let overlays: [Binding] = [
    Binding([.menu], [Key(.enter)], .choose),
    Binding([.menu], [alt("x")], .chat(.delete), "saved chats: delete"),
    Binding([.menu], [alt("z")], .chat(.restore), "saved chats: bring back what was deleted"),
    Binding([.menu], [alt("p")], .chat(.pin), "saved chats: keep at the top"),
    Binding([.menu], [alt("c")], .chat(.duplicate), "saved chats: duplicate"),
    Binding([.menu, .help], [Key(.up), control("p")], .menu(.up)),
    Binding([.menu, .help], [Key(.down), control("n")], .menu(.down)),
    Binding([.menu, .help], [Key(.pageUp)], .menu(.pageUp)),
    Binding([.menu, .help], [Key(.pageDown)], .menu(.pageDown)),
    Binding([.menu, .help], [Key(.home), Key(.home, .control)], .menu(.first)),
    Binding([.menu, .help], [Key(.end), Key(.end, .control)], .menu(.last)),
    Binding([.help], [Key(.enter), Key(.character("q"))], .escape),
  ]

  private static func control(_ character: Character) -> Key { Key(.character(character), .control) }
  private static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }

  private static let table: [Focus: [Key: Action]] = {
    var table: [Focus: [Key: Action]] = [:]
    for binding in bindings {
      for focus in binding.focus {
        for key in binding.keys { table[focus, default: [:]][key] = binding.action }
      }
    }
    return table
  }()

  /// What a key means; nil where it means nothing, or is a character to type.
  public static func action(for key: Key, in focus: Focus) -> Action? {
    if let action = table[focus]?[key] { return action }
    // With caps lock, Alt-B comes as Alt-Shift-B or with a capital letter.
    guard case .character(let character) = key.code else { return nil }
    if key.modifiers.isDisjoint(with: [.alt, .control]) { return nil }
    let small = character.lowercased().first ?? character
    return table[focus]?[Key(.character(small), key.modifiers.subtracting(.shift))]
  }

  /// The name of the first key of an action, `Ctrl-O`; nil when no key does it.
  public static func label(of action: Action) -> String? {
    bindings.first { $0.action == action }?.keys.first?.label
  }

  /// The name of the first key of an action where something is typed.
  static func label(of action: Action, in focus: Focus) -> String? {
    bindings.first { $0.action == action && $0.focus.contains(focus) }?.keys.first?.label
  }
}

extension Key {
  /// The key's name as people write it: `Alt-Enter`, `Ctrl-C`, `F2`.
  public var label: String {
    var name = ""
    if modifiers.contains(.control) { name += "Ctrl-" }
    if modifiers.contains(.alt) { name += "Alt-" }
    if modifiers.contains(.shift) { name += "Shift-" }
    switch code {
    case .character(" "): return name + "Space"
    case .character(let character): return name + (modifiers.isEmpty ? String(character) : character.uppercased())
    case .function(let number): return name + "F\(number)"
    case .enter: return name + "Enter"
    case .tab: return name + "Tab"
    case .escape: return name + "Esc"
    case .backspace: return name + "Backspace"
    case .delete: return name + "Del"
    case .insert: return name + "Ins"
    case .up: return name + "Up"
    case .down: return name + "Down"
    case .left: return name + "Left"
    case .right: return name + "Right"
    case .home: return name + "Home"
    case .end: return name + "End"
    case .pageUp: return name + "PgUp"
    case .pageDown: return name + "PgDn"
    }
  }
}

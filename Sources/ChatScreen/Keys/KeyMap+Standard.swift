import TerminalModel

/// The keys as they are unless the configuration says otherwise: one table, from which the help is made too.
extension KeyMap {
  /// Each action stands here once, under the name by which the configuration knows it.
  static let standardBindings: [Binding] = chat + selecting + editing + overlays

  /// Where the page of the talk moves.
  private static let page: Set<Focus> = [.input, .find]
  /// Where the keys of menus open them.
  private static let menus: Set<Focus> = [.input, .menu, .help, .find]
  private static let anywhere = Set(Focus.allCases)
  /// Where a line is typed.
  private static let line: Set<Focus> = [.input, .menu, .find, .fileName, .recall]

  private static let chat: [Binding] = [
    Binding("send", [.input], [Key(.enter)], .send, "send; while an answer streams: queue"),
    Binding(
      "newline", [.input], [Key(.enter, .alt), control("j"), Key(.enter, .shift), Key(.enter, .control)],
      .editor(.newline), "new line"),
    Binding("close", anywhere, [Key(.escape)], .escape, "close what is open; stop the answer, keep what came")
      .also([.selection], [Key(.character("q"))]).also([.help], [Key(.enter), Key(.character("q"))]).also(
        [.recall], [control("g")]),
    Binding("interrupt", anywhere, [control("c")], .interrupt, "stop; clear the input; twice: quit"),
    Binding("delete-or-quit", [.input], [control("d")], .deleteOrQuit, "delete; on an empty input: quit"),
    Binding(
      "prompts", menus, [Key(.function(2)), control("t")], .openMenu(.prompts), "system prompts"),
    Binding("models", menus, [Key(.function(3))], .openMenu(.models), "models and providers"),
    Binding("chats", menus, [Key(.function(4))], .openMenu(.chats), "saved chats"),
    Binding(
      "branches", menus, [Key(.function(8))], .openMenu(.branches),
      "the ways that edits and retries made"),
    Binding("help", anywhere, [Key(.function(1))], .openHelp, "this help"),
    Binding(
      "reasoning", [.input, .help, .find, .selection], [control("o")], .toggleReasoning,
      "open or fold the reasoning"
    ).also([.selection], [Key(.character(" "))]),
    Binding("page-up", page, [Key(.pageUp)], .scroll(.pageUp), "scroll a page up"),
    Binding("page-down", page, [Key(.pageDown)], .scroll(.pageDown), "scroll a page down"),
    Binding(
      "half-page-up", page.union([.selection]), [Key(.pageUp, .alt)], .scroll(.halfPageUp), "scroll half a page up"),
    Binding(
      "half-page-down", page.union([.selection]), [Key(.pageDown, .alt)], .scroll(.halfPageDown),
      "scroll half a page down"),
    Binding(
      "scroll-up", page.union([.selection]), [Key(.up, .control), Key(.up, .shift)], .scroll(.lineUp),
      "scroll a line up"),
    Binding(
      "scroll-down", page.union([.selection]), [Key(.down, .control), Key(.down, .shift)], .scroll(.lineDown),
      "scroll a line down"),
    Binding("message-before", page, [Key(.up, .alt)], .scroll(.previousMessage), "to the message before"),
    Binding("message-after", page, [Key(.down, .alt)], .scroll(.nextMessage), "to the message after"),
    Binding("top", page, [Key(.home, .control)], .scroll(.top), "to the beginning"),
    Binding("end", page, [Key(.end, .control)], .scroll(.end), "to the end, and follow"),
    Binding(
      "code-left", page.union([.selection]), [Key(.left, .shift)], .moveSideways(.left),
      "code that does not wrap: to the left"),
    Binding(
      "code-right", page.union([.selection]), [Key(.right, .shift)], .moveSideways(.right),
      "code that does not wrap: to the right"),
    Binding(
      "find", [.input, .help, .selection], [Key(.function(7))], .openFind, "look for words in the talk"),
    Binding(
      "find-before", [.find], [Key(.up), Key(.enter), control("p"), Key(.function(7))], .find(.older),
      "looking for words: the hit before"),
    Binding(
      "find-after", [.find], [Key(.down), control("n")], .find(.newer), "looking for words: the hit after"),
    Binding(
      "mouse", anywhere, [Key(.function(6))], .toggleMouse,
      "mouse on: the wheel scrolls; off: the terminal selects"),
    Binding("wait-longer", anywhere, [alt("+"), alt("=")], .waitLonger, "a silent service: give it 30 s more"),
    Binding("redraw", anywhere, [control("l")], .redraw, "draw the screen anew"),
    Binding("suspend", anywhere, [control("z")], .suspend, "suspend"),
  ]

  private static let selecting: [Binding] = [
    Binding(
      "select", [.input, .help, .find, .selection], [Key(.function(5))], .select,
      "select messages and blocks of code"),
    select(
      "select-before", [Key(.up), Key(.character("k")), control("p")], .previous, "the message or block before"),
    select("select-after", [Key(.down), Key(.character("j")), control("n")], .next, "the message or block after"),
    select("select-inward", [Key(.right), Key(.tab)], .inward, "the code within a message, block by block"),
    select("select-outward", [Key(.left), Key(.tab, .shift)], .outward, "back to the whole message"),
    select("select-message-before", [Key(.up, .alt)], .previousMessage),
    select("select-message-after", [Key(.down, .alt)], .nextMessage),
    select("select-page-up", [Key(.pageUp)], .pageUp, "a page up"),
    select("select-page-down", [Key(.pageDown)], .pageDown, "a page down"),
    select("select-first", [Key(.home), Key(.home, .control)], .first, "the first message"),
    select("select-last", [Key(.end), Key(.end, .control)], .last, "the last message"),
    Binding(
      "copy", [.selection], [Key(.character("y")), Key(.character("c"))], .copySelected(.source),
      "selecting: copy as Markdown; of code, the code"),
    Binding(
      "copy-text", [.selection], [Key(.character("t"))], .copySelected(.plain), "selecting: copy as plain text"),
    Binding("save", [.selection], [Key(.character("s"))], .nameFile, "selecting: save to a file"),
    Binding("take", [.selection], [Key(.enter)], .chooseSelected, "selecting: copy; open or fold reasoning"),
    Binding("write-file", [.fileName], [Key(.enter)], .saveSelected),
  ]

  private static func select(
    _ name: String, _ keys: [Key], _ move: Action.SelectionMove, _ help: String? = nil
  ) -> Binding {
    Binding(name, [.selection], keys, .moveSelection(move), help.map { "selecting: \($0)" })
  }

  private static let editing: [Binding] = [
    Binding("up", [.input], [Key(.up), control("p")], .editor(.up), "row up; at the edge: earlier inputs"),
    Binding("down", [.input], [Key(.down), control("n")], .editor(.down), "row down; at the edge: later inputs"),
    Binding(
      "end-or-follow", [.input], [Key(.end)], .endOrFollow, "end of the line; on an empty input: follow the end"),
    Binding("line-start", line, [control("a")], .editor(.lineStart), "start of the line")
      .also([.input, .find, .fileName, .recall], [Key(.home)]),
    Binding("line-end", line, [control("e")], .editor(.lineEnd), "end of the line").also(
      [.fileName, .recall], [Key(.end)]),
    Binding("left", line, [Key(.left), control("b")], .editor(.left), "character left"),
    Binding("right", line, [Key(.right), control("f")], .editor(.right), "character right"),
    Binding(
      "word-left", line, [alt("b"), Key(.left, .control), Key(.left, .alt)], .editor(.wordLeft), "word left"),
    Binding(
      "word-right", line, [alt("f"), Key(.right, .control), Key(.right, .alt)], .editor(.wordRight), "word right"),
    Binding(
      "delete-back", line, [Key(.backspace), Key(.backspace, .shift)], .editor(.backspace),
      "delete back"),
    Binding("delete", line, [Key(.delete)], .editor(.deleteForward), "delete the character under the cursor")
      .also([.menu, .find, .fileName, .recall], [control("d")]),
    Binding("delete-blank-word", line, [control("w")], .editor(.killBlankWordBack), "delete the word before"),
    Binding(
      "delete-word-back", line, [Key(.backspace, .alt), Key(.backspace, .control)], .editor(.killWordBack),
      "delete letters and digits before"),
    Binding(
      "delete-word", line, [alt("d"), Key(.delete, .control)], .editor(.killWordForward), "delete the word after"),
    Binding(
      "delete-to-start", line, [control("u")], .editor(.killToLineStart), "delete to the start of the line"),
    Binding("delete-to-end", line, [control("k")], .editor(.killToLineEnd), "delete to the end of the line"),
    Binding("put-back", line, [control("y")], .editor(.yank), "put back what was deleted"),
    Binding("complete", [.input], [Key(.tab)], .complete, "complete a command, or the path after an @; unfold a paste"),
    Binding(
      "answer-before", [.input], [Key(.tab, .shift)], .previousAnswer,
      "answers side by side: the one before; Tab: the next"),
    Binding("recall", [.input], [control("r")], .openRecall, "search earlier inputs"),
    Binding(
      "recall-older", [.recall], [control("r"), Key(.up), control("p")], .recall(.older),
      "searching inputs: the one before"),
    Binding(
      "recall-newer", [.recall], [control("s"), Key(.down), control("n")], .recall(.newer),
      "searching inputs: the one after"),
    Binding("recall-take", [.recall], [Key(.enter), Key(.tab)], .takeRecalled, "searching inputs: into the input"),
    Binding("edit", [.input], [control("g")], .editInput, "the input in $VISUAL or $EDITOR")
      .chord(control("x"), control("e")),
    Binding("undo", line, [control("_"), control("/")], .editor(.undo), "undo"),
    Binding("redo", line, [alt("_"), alt("/")], .editor(.redo), "redo"),
  ]

  private static let overlays: [Binding] = [
    Binding("choose", [.menu], [Key(.enter)], .choose, "menus: choose"),
    Binding("menu-delete", [.menu], [alt("x")], .entry(.delete), "saved chats, prompts: delete"),
    Binding("menu-restore", [.menu], [alt("z")], .entry(.restore), "saved chats, prompts: bring back what was deleted"),
    Binding("menu-duplicate", [.menu], [alt("c")], .entry(.duplicate), "saved chats, prompts: duplicate"),
    Binding("menu-pin", [.menu], [alt("p")], .entry(.pin), "saved chats: keep at the top"),
    Binding("menu-new", [.menu], [alt("n")], .entry(.create), "prompts: write a new one"),
    Binding("menu-edit", [.menu], [alt("e")], .entry(.edit), "prompts: change in the editor; saved chats: name"),
    Binding("menu-default", [.menu], [alt("s")], .entry(.makeDefault), "prompts: begin chats with it"),
    move("menu-up", [Key(.up), control("p")], .up),
    move("menu-down", [Key(.down), control("n")], .down),
    move("menu-page-up", [Key(.pageUp)], .pageUp),
    move("menu-page-down", [Key(.pageDown)], .pageDown),
    move("menu-first", [Key(.home), Key(.home, .control)], .first),
    move("menu-last", [Key(.end), Key(.end, .control)], .last),
  ]

  private static func move(_ name: String, _ keys: [Key], _ move: Action.MenuMove) -> Binding {
    Binding(name, [.menu, .help], keys, .menu(move))
  }

  private static func control(_ character: Character) -> Key { Key(.character(character), .control) }
  private static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
}

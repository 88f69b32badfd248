import TerminalModel
import Testing

@testable import ChatScreen

/// The keys that users hold on to.
@Suite struct KeyContractTests {
  static let keys: [(Focus, String, Action)] =
    [
      (.input, "Enter", .send), (.input, "Alt-Enter", .editor(.newline)), (.input, "Ctrl-J", .editor(.newline)),
      (.input, "Shift-Enter", .editor(.newline)), (.input, "F2", .openMenu(.prompts)),
      (.input, "Ctrl-T", .openMenu(.prompts)), (.input, "F3", .openMenu(.models)), (.input, "F4", .openMenu(.chats)),
      (.input, "Ctrl-R", .openRecall), (.input, "PgUp", .scroll(.pageUp)), (.input, "PgDn", .scroll(.pageDown)),
      (.input, "Ctrl-Home", .scroll(.top)), (.input, "Ctrl-End", .scroll(.end)), (.input, "End", .endOrFollow),
      (.input, "Up", .editor(.up)), (.input, "Down", .editor(.down)), (.input, "F5", .select),
      (.selection, "F5", .select), (.selection, "Up", .moveSelection(.previous)),
      (.selection, "Down", .moveSelection(.next)), (.selection, "y", .copySelected(.source)),
      (.input, "Ctrl-G", .editInput), (.input, "Ctrl-A", .editor(.lineStart)), (.input, "Ctrl-E", .editor(.lineEnd)),
      (.input, "Ctrl-B", .editor(.left)), (.input, "Ctrl-F", .editor(.right)),
      (.input, "Ctrl-W", .editor(.killBlankWordBack)), (.input, "Ctrl-U", .editor(.killToLineStart)),
      (.input, "Ctrl-K", .editor(.killToLineEnd)), (.input, "Ctrl-Y", .editor(.yank)),
      (.input, "Home", .editor(.lineStart)), (.input, "Alt-B", .editor(.wordLeft)),
      (.input, "Alt-F", .editor(.wordRight)), (.input, "Alt-D", .editor(.killWordForward)),
      (.input, "Ctrl-Left", .editor(.wordLeft)), (.input, "Ctrl-Right", .editor(.wordRight)),
      (.input, "Ctrl-_", .editor(.undo)), (.input, "Alt-_", .editor(.redo)), (.input, "Ctrl-D", .deleteOrQuit),
      (.input, "Tab", .complete), (.menu, "Enter", .choose), (.recall, "Enter", .takeRecalled),
    ]
    + Focus.allCases.flatMap { focus -> [(Focus, String, Action)] in
      [
        (focus, "Esc", .escape), (focus, "F1", .openHelp), (focus, "F6", .toggleMouse), (focus, "Ctrl-L", .redraw),
        (focus, "Ctrl-Z", .suspend), (focus, "Ctrl-C", .interrupt),
      ]
    }

  @Test(arguments: keys) func means(_ focus: Focus, _ key: String, _ action: Action) throws {
    #expect(KeyMap.standard.action(for: try Screenplay.key(key), in: focus) == action)
  }

  @Test func theEditorIsBehindTwoKeys() throws {
    let keys = try KeySequence(notation: "Ctrl-X Ctrl-E").keys
    #expect(KeyMap.standard.meaning(of: keys, in: .input) == .action(.editInput))
    #expect(KeyMap.standard.meaning(of: [keys[0]], in: .input) == .beginning)
  }
}

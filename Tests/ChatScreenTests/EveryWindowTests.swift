import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

/// Every window from 1x1 to 40x20 shows every screen: no trap, whole frames, no half of a wide character.
@Suite struct EveryWindowTests {
  enum Screen: String, CaseIterable, Sendable {
    case talk, scrolledUp, raw, unwrapped, menu, help, find, select, selectCode, saveAs, queue, commands, recall
    case compared, empty
  }

  /// Everything that answers bring, in every script that is hard on a screen.
  static let markdown = """
    # Heading 标题 👩‍👩‍👧

    A paragraph with **strong 世界**, *emphasis*, ~~struck~~, `code`, [a link](https://example.com/path) and \
    ![an image](https://example.com/i.png); e\u{301}\u{302} \u{1B}[2J \u{202E}reversed\u{202C} سلام‌ها नमस्ते 🇳🇴👍🏽.
    A second line.

    Second heading
    ---
    - one
      - two 世界世界世界世界
        1. three
    - [x] done
    - [ ] open

    7. seven

    > quoted
    > > deeper 🎉
    > ```swift
    > let quoted = 1
    > ```

    | left | 中间 | right |
    |:-----|:----:|------:|
    | a    | **b** 世界世界 | c |
    | a long cell of many words | x | 👩‍👩‍👧 |

    ```python
    def f(x):\treturn "世界" + '\u{301}' # \(String(repeating: "long ", count: 20))
    ```

        indented\tcode

    ***
    <div>html</div>

    \(String(repeating: "word", count: 40))
    """

  private func state(_ screen: Screen) throws -> AppState {
    var state = AppState(size: Size(columns: 80, rows: 24), provider: "demo", model: "m", notices: ["A 世界 notice"])
    if screen == .empty { return state }
    state.transcript.add { .user(id: $0, text: Self.markdown) }
    for character in "ask" { press(&state, Key(.character(character))) }
    press(&state, Key(.enter))
    func update(_ change: SessionUpdate.Change) {
      _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: change)), at: .zero)
    }
    update(.started(prompt: "ask"))
    update(.events([.reasoning("Thinking of 世界 and of more"), .text(Self.markdown)]))
    update(.events([.toolCall(ToolCallFragment(index: 0, name: "tool", arguments: "{\"a\": [\"世界\", 1]}"))]))
    update(.events([.refusal("No, **not** that"), .text(Self.markdown)]))
    switch screen {
    case .talk, .empty: break
    case .scrolledUp:
      press(&state, try Screenplay.key("Ctrl-O"))
      press(&state, Key(.pageUp))
    case .commands:
      press(&state, Key(.character("/")))
      press(&state, Key(.up))
    case .recall:
      _ = state.apply(.history(.inputs([String(repeating: "世界 ", count: 30) + "the 世界 of words"])), at: .zero)
      press(&state, try Screenplay.key("Ctrl-R"))
      for character in "the 世界" { press(&state, Key(.character(character))) }
    case .compared:
      press(&state, Key(.escape))
      for character in "/compare 世界/世 work/b demo" { press(&state, Key(.character(character))) }
      press(&state, Key(.enter))
      for code in [Key.Code.character("q"), .enter, .tab] { press(&state, Key(code)) }
      for number in 1...3 {
        let change = SessionUpdate.Change.events([.reasoning("世界 of it"), .text(Self.markdown)])
        _ = state.apply(.session(SessionUpdate(turn: TurnID(-number), change: change)), at: .zero)
      }
      press(&state, Key(.pageUp))
    case .raw: state.transcript.toggleRaw()
    case .unwrapped:
      state.transcript.toggleWrap()
      state.transcript.moveSideways(by: 8)
    case .menu: press(&state, Key(.function(2)))
    case .help: press(&state, Key(.function(1)))
    case .find:
      press(&state, Key(.function(7)))
      for character in "世界" { press(&state, Key(.character(character))) }
    case .select: press(&state, Key(.function(5)))
    case .selectCode:
      press(&state, Key(.function(5)))
      for _ in 1...4 { press(&state, Key(.right)) }
    case .saveAs:
      press(&state, Key(.function(5)))
      for character in "s世界 name" { press(&state, Key(.character(character))) }
    case .queue:
      for character in "wait 世界" { press(&state, Key(.character(character))) }
      press(&state, Key(.enter))
    }
    return state
  }

  private func press(_ state: inout AppState, _ key: Key) { _ = state.apply(.input(.key(key)), at: .zero) }

  @Test(arguments: Screen.allCases) func everyWindow(screen: Screen) throws {
    var state = try state(screen)
    for columns in 1...40 {
      for rows in 1...20 {
        _ = state.apply(.resized(Size(columns: columns, rows: rows)), at: .zero)
        try check(ChatScreen.Screen.render(state), columns, rows, "\(screen) \(columns)x\(rows)")
      }
    }
  }

  private func check(_ frame: Frame, _ columns: Int, _ rows: Int, _ place: String) throws {
    try #require(frame.rows.count == rows && frame.rows.allSatisfy { $0.count == columns }, "\(place)")
    let cursor = try #require(frame.cursor, "\(place)")
    try #require((0..<columns).contains(cursor.column) && (0..<rows).contains(cursor.row), "\(place)")
    for row in frame.rows {
      for (column, cell) in row.enumerated() {
        if cell.text.utf8.count == 1, column + 1 == columns || !row[column + 1].text.isEmpty { continue }
        let isWide = DisplayText.width(of: cell.text) == 2
        let isFollowedByHalf = column + 1 < columns && row[column + 1].text.isEmpty
        guard isWide != isFollowedByHalf || (column == 0 && cell.text.isEmpty) else { continue }
        try #require(Bool(false), "half a character at \(column) in \(place): \(row.map(\.text))")
      }
    }
  }
}

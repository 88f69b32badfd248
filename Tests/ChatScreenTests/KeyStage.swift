import ChatModel
import TerminalModel

@testable import ChatScreen

/// Screens on which keys have something to do, made without keys; and what a key does there, in words.
enum KeyStage {
  /// What keys do on every screen of a place, told without naming keys.
  static func outcomes(of keys: KeySequence, in focus: Focus, _ map: KeyMap) -> [String] {
    screens(focus, map).map { screen in
      var state = screen
      let before = Screen.render(state)
      var effects: [Effect] = []
      for key in keys.keys { effects += state.apply(.input(.key(key)), at: .seconds(9)) }
      let isChanged = Screen.render(state) != before || state.transcript != screen.transcript
      return
        "\(effects) \(state.focus) \(state.input.text.debugDescription) \(state.input.cursor) \(state.hint?.text ?? "-") \(isChanged)"
    }
  }

  /// What a command does that is typed into a chat.
  static func outcome(of command: String) -> String {
    var state = idle(.standard)
    state.input.setText(command)
    state.commandList.dismiss()
    let effects = state.apply(.input(.key(Key(.enter))), at: .seconds(9))
    return
      "\(effects) \(state.focus) \(state.hint?.text ?? "-") \(state.transcript.items.count) \(state.input.text)"
  }

  /// A chat that was opened.
  static func idle(_ keys: KeyMap) -> AppState {
    var state = AppState(
      size: Size(columns: 60, rows: 16), provider: "demo", model: "m", offers: ServicePlay.offers,
      keepsHistory: true,
      keys: keys)
    _ = state.apply(.history(.opened(OpenedTalk(talk, isKept: true))), at: .zero)
    _ = state.apply(.history(.inputs(["an input", "another one", "an older input"])), at: .zero)
    let row = ChatRow(
      ConversationListing(
        id: ConversationID("a"), title: "a chat", created: Timestamp(milliseconds: 0),
        updated: Timestamp(milliseconds: 0)), when: "10:52")
    var other = row
    other.listing.id = ConversationID("b")
    _ = state.apply(.history(.listed([row, other, other, other], current: nil)), at: .zero)
    return state
  }

  private static let talk: SavedConversation = {
    func message(_ id: String, _ parent: String?, _ role: Role, _ text: String) -> SavedMessage {
      var answer = SavedAnswer(model: "m", status: .complete)
      answer.reasoning = "Some reasoning\nof two lines"
      return SavedMessage(
        id: MessageID(id), parent: parent.map { MessageID($0) }, role: role, content: text,
        created: Timestamp(milliseconds: 0), answer: role == .assistant ? answer : nil)
    }
    let long = (1...30).map { "line \($0)\n" }.joined(separator: "\n")
    let code = "```\n\(String(repeating: "wide ", count: 40))\n```\n\n```\nmore\n```\n"
    return SavedConversation(
      id: ConversationID("a"), title: "a chat", created: Timestamp(milliseconds: 0),
      head: MessageID("6"),
      messages: [
        message("1", nil, .user, "first"), message("2", "1", .assistant, long + code),
        message("3", "2", .user, "second"), message("4", "3", .assistant, long + code + long),
        message("5", "4", .user, "third"), message("6", "5", .assistant, long + code + long),
      ])
  }()

  private static func screens(_ focus: Focus, _ keys: KeyMap) -> [AppState] {
    changes(focus).map { change in
      var state = idle(keys)
      change(&state)
      _ = state.apply(.tick, at: .seconds(2))
      return state
    }
  }

  /// A line in which every editing key has something to do.
  private static func fill(_ editor: inout InputEditor) {
    editor.setText("one two")
    editor.perform(.killWordBack)
    editor.perform(.lineEnd)
    for character in "three four five" { editor.insert(character) }
    for _ in 1...6 { editor.perform(.left) }
    editor.insert("x")
    editor.perform(.undo)
  }

  private static func changes(_ focus: Focus) -> [(inout AppState) -> Void] {
    switch focus {
    case .input: inputs
    case .menu: menus
    case .help:
      [
        {
          $0.toggleHelp()
          _ = $0.apply(.tick, at: .zero)
          $0.changeHelp { $0.move(.pageDown) }
        }
      ]
    case .find:
      [
        { state in
          state.openFind("line")
          _ = state.apply(.tick, at: .zero)
          for _ in 1...40 { state.stepFind(.older) }
        },
        { state in
          state.openFind("line")
          state.changeFind { fill(&$0) }
        },
        { state in
          unwrap(&state)
          state.openFind("line")
        },
      ]
    case .selection:
      [0, 1, 2, 3, 4, 5].map { steps in
        { state in
          unwrap(&state)
          state.toggleSelection()
          for _ in 0..<steps { state.moveSelection(.previous) }
        }
      }
    case .fileName:
      [
        { state in
          state.toggleSelection()
          state.nameFile()
          if var name = state.selection?.fileName {
            fill(&name)
            state.selection?.fileName = name
          }
        }
      ]
    case .recall:
      [
        { state in
          state.openRecall()
          state.changeRecall { $0.insert("i") }
          state.stepRecall(.older)
        },
        { state in
          state.openRecall()
          state.changeRecall { fill(&$0) }
        },
      ]
    }
  }

  private static func unwrap(_ state: inout AppState) {
    state.transcript.scroll(by: -4)
    state.transcript.toggleWrap()
    state.transcript.moveSideways(by: 8)
  }

  private static var inputs: [(inout AppState) -> Void] {
    [
      { $0.transcript.scroll(by: -30) },
      { fill(&$0.input) },
      { state in
        state.input.setText("one\ntwo words\nthree")
        state.input.perform(.up)
        state.input.perform(.left)
      },
      { state in
        _ = state.send("a question", at: .zero)
        _ = state.apply(
          .session(SessionUpdate(turn: TurnID(1), change: .started(prompt: ""))), at: .zero)
      },
      { $0.input.setText("/re") },
      { unwrap(&$0) },
    ]
  }

  private static var menus: [(inout AppState) -> Void] {
    [
      { state in
        state.openMenu(.prompts)
        _ = state.apply(.tick, at: .zero)
        state.changeMenu {
          $0.move(.down)
          $0.move(.down)
        }
        state.deletedPrompt = DeletedPrompt(name: "x", path: "x.md", text: "x")
      },
      { state in
        state.openMenu(.prompts)
        for character in "one two" { state.changeMenu { $0.type(character) } }
        state.changeMenu { $0.edit(.killWordBack) }
        for character in "abc" { state.changeMenu { $0.type(character) } }
        for _ in 1...2 { state.changeMenu { $0.edit(.left) } }
        state.changeMenu { $0.type("x") }
        state.changeMenu { $0.edit(.undo) }
      },
      { state in
        state.openMenu(.chats)
        state.chats.deleted = ConversationID("c")
        state.changeMenu { $0.move(.down) }
      },
    ]
  }
}

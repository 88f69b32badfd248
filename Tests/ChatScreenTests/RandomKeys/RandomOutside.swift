import ChatModel
import TestSupport

@testable import ChatScreen

/// All that is around the screen, as far as it answers: a session, saved chats and drafts, services, files, an editor. Its
/// answers wait until they are asked for, so that keys come in between.
struct RandomOutside {
  private var answers: [AppEvent] = []
  private var turns = 0
  /// The turn whose answer comes.
  private var running: TurnID?
  private var chat: String?
  private var isKept = true
  private var chats = 0
  /// Where the present draft lies; nil where none does.
  private var place: String?
  /// What is kept of what is typed, by chat.
  private var drafts: [String: Draft] = [:]
  /// What the editor has.
  private var edited = ""
  private var ticket: Int?

  /// What was typed and is nowhere but here: with chats that are not open, on its way to the screen, in the editor.
  var heldTexts: [String] {
    var texts = drafts.filter { $0.key != place }.values.flatMap(\.texts)
    for answer in answers {
      if case .history(.draft(let draft)) = answer { texts += draft.texts }
      if case .edited = answer { texts.append(edited) }
    }
    return texts
  }

  /// The next answer to what was asked; nil where nothing was.
  mutating func answer() -> AppEvent? { answers.isEmpty ? nil : answers.removeFirst() }

  /// Something that the session tells by itself.
  mutating func news(_ random: inout SeededGenerator) -> AppEvent? {
    guard let running else { return nil }
    func update(_ change: SessionUpdate.Change) -> AppEvent { .session(SessionUpdate(turn: running, change: change)) }
    switch Int.random(in: 0..<24, using: &random) {
    case 0..<14: return update(.events([.text(Self.pieces.randomElement(using: &random) ?? "")]))
    case 14: return update(.events([.reasoning("Thinking of that. ")]))
    case 15: return update(.silent(left: .seconds(20)))
    case 16, 17:
      let call = update(.events([.toolCall(ToolCallFragment(index: 0, name: "date", arguments: "{}"))]))
      answers.append(.toolAsked(ToolQuestion(id: turns, name: "date", command: ["date"], arguments: "{}")))
      return call
    case 18: return update(.retrying(reason: ChatError(.server, "again", status: 500), after: .seconds(1)))
    case 19...22:
      self.running = nil
      var result = TurnResult()
      let statuses: [TurnStatus] = [.complete, .complete, .timedOut, .truncated, .failed]
      result.status = statuses.randomElement(using: &random) ?? .complete
      result.content = "The answer of turn \(turns)."
      if result.status != .complete { result.error = ChatError(.server, "out of order", status: 500) }
      return update(.finished(result))
    default: return nil
    }
  }

  private static let pieces = [
    "Some words ", "世界 ", "\n\n```swift\nlet a = 1\n```\n", "\n- one\n- two\n", "# Title\n", "\u{1B}[2J", "e\u{301}",
    "| a | b |\n|---|---|\n| 1 | 2 |\n", "long words in a line that is to be wrapped somewhere, ",
  ]

  /// Does what the screen asks for.
  mutating func perform(_ effect: Effect, _ random: inout SeededGenerator) {
    switch effect {
    case .send, .retry, .carryOn, .compact:
      if chat == nil {
        chats += 1
        chat = "chat \(chats)"
      }
      turns += 1
      running = TurnID(turns)
      answers.append(.session(SessionUpdate(turn: TurnID(turns), change: .started(prompt: ""))))
    case .cancel: running = nil
    case .clear: chat = nil
    case .history(let request): perform(request)
    case .prompts: answers.append(.prompts(PromptList()))
    case .listModels(let provider):
      let names = provider == "work" ? ["gpt-4o", "o3"] : ["demo-eliza", "demo-parrot"]
      answers.append(
        .models(Bool.random(using: &random) ? .success(names) : .failure(ChatError(.auth, "no")), of: provider))
    case .adopt(let choices):
      if Int.random(in: 0..<4, using: &random) == 0 {
        answers.append(.notAdopted(choices, ChatError(.config, "no")))
      } else {
        let facts = ServiceFacts(provider: choices.provider ?? "demo", model: choices.model ?? "m")
        answers.append(.adopted(choices, facts))
      }
    case .copy: answers.append(.copied(.sent))
    case .save(let path, _, _): answers.append(.saved(.written(path: path)))
    case .edit(let text):
      edited = text
      answers.append(.edited(Bool.random(using: &random) ? .text(text + " edited") : .failed("No editor")))
    case .attach(let ticket, let path):
      let outcomes: [AttachOutcome] = [
        .read(Attachment(name: path, content: .text("Some notes"))), .missing(path: path),
        .read(Attachment(name: path, mediaType: "image/png", content: .image([1, 2, 3]))),
        .read(Attachment(name: path, content: .text("More"))), .refused(path: path, reason: "is a directory"),
      ]
      answers.append(.attached(ticket: ticket, outcomes.randomElement(using: &random) ?? .missing(path: path)))
    case .completePath(let path):
      answers.append(.completions(of: path, Bool.random(using: &random) ? [path + "a", path + "b"] : [path + "x.md"]))
    case .run(let ticket, _):
      self.ticket = ticket
      if Bool.random(using: &random) {
        answers.append(.ran(ticket: ticket, CommandOutcome(output: "a\n", ending: nil)))
      }
    case .endCommand:
      if let ticket { answers.append(.ran(ticket: ticket, CommandOutcome(output: "", ending: "stopped"))) }
    case .compare, .keepCompared, .takeBack, .setSystemPrompt, .answerTool, .quit, .suspend, .bell, .extend, .redraw,
      .setMouse:
      break
    }
  }

  // MARK: Saved chats

  private mutating func perform(_ request: ChatsRequest) {
    switch request {
    case .list, .pin, .duplicate, .delete, .restore, .name:
      answers.append(.history(.listed(rows, current: chat.map { ConversationID($0) })))
    case .search(let words): answers.append(.history(.found(words: words, [rows[1]])))
    case .open(let id, _), .resume(let id):
      chat = id.text
      answers.append(.history(.opened(talk(id.text))))
    case .branches:
      answers.append(.history(.branches(BranchRow.rows(of: saved(chat ?? "chat 1"), unsaved: []) { _ in "10:52" })))
    case .show(_, let id): answers.append(.history(.opened(talk(id.text))))
    case .inputs: answers.append(.history(.inputs(["an earlier input", "another one", "the first one"])))
    case .draft:
      guard place != here else { return }
      if place == nil { place = here }
      if let draft = drafts[here] { answers.append(.history(.draft(draft))) }
    case .keepDraft(let draft): keep(draft)
    case .leaveDraft(let draft):
      keep(draft)
      place = nil
    case .export(_, let path, _): answers.append(.history(.exported(.written(path: path))))
    case .rename(let title): answers.append(.history(.renamed(title)))
    case .excerpt(let id): answers.append(.history(.excerpt(id, saved(id.text).messages)))
    case .switchPrompt(let prompt): answers.append(.history(.promptWanted(prompt)))
    case .keep(let keeps): isKept = keeps
    }
  }

  private var here: String { isKept ? chat ?? "" : "" }

  /// Keeps a draft; it moves along with the chat.
  mutating func keep(_ draft: Draft) {
    if let place, place != here { drafts[place] = nil }
    drafts[here] = draft.isEmpty ? nil : draft
    place = draft.isEmpty ? nil : here
  }

  /// Another run begins.
  mutating func restart() {
    answers = []
    running = nil
    chat = nil
    isKept = true
    place = nil
    edited = ""
    perform(.inputs)
    // What waits for a chat that was begun is there when that is opened.
    perform(.draft)
  }

  private var rows: [ChatRow] {
    ["chat 1", "chat 2", "trains"].map { name in
      ChatRow(
        ConversationListing(
          id: ConversationID(name), title: name, created: Timestamp(milliseconds: 0),
          updated: Timestamp(milliseconds: 0)),
        when: "10:52")
    }
  }

  private func talk(_ id: String) -> OpenedTalk { OpenedTalk(saved(id), isKept: true) }

  private func saved(_ id: String) -> SavedConversation {
    func message(_ id: String, _ parent: String?, _ role: Role, _ text: String) -> SavedMessage {
      SavedMessage(
        id: MessageID(id), parent: parent.map { MessageID($0) }, role: role, content: text,
        created: Timestamp(milliseconds: 0),
        answer: role == .assistant ? SavedAnswer(model: "m", status: .complete) : nil)
    }
    let messages = [
      message("1", nil, .user, "Which trains?"), message("2", "1", .assistant, "Three.\n\n```\ncode\n```"),
      message("3", "1", .assistant, "Four."), message("4", "3", .user, "And ferries?"),
    ]
    return SavedConversation(
      id: ConversationID(id), title: id, created: Timestamp(milliseconds: 0), head: MessageID("4"), messages: messages)
  }
}

import ChatModel
import ChatScreen

/// What a screenplay says of saved chats, until it is told.
struct SavedPlay {
  private var rows: [ChatRow] = []
  private var found: [ChatRow] = []
  private var messages: [SavedMessage] = []

  /// Reads a line; the event that it makes, if any.
  mutating func event(_ verb: String, _ rest: String) throws -> ChatsEvent? {
    switch verb {
    case "chat": try addChat(rest)
    case "hit": try addHit(rest)
    case "saved": try addMessage(rest)
    case "beside":
      let words = Screenplay.words(rest, 2)
      try addMessage(words[1], after: messages.first { $0.id.text == words[0] }?.parent)
    case "head": head = MessageID(rest)
    case "chats":
      defer { rows = [] }
      return .listed(rows, current: rest.isEmpty ? nil : ConversationID(rest))
    case "found":
      defer { found = [] }
      return .found(words: rest, found)
    case "opened":
      let words = Screenplay.words(rest, 2)
      defer { clear() }
      return .opened(OpenedTalk(conversation(words[0], words[1]), hit: lastHit, isKept: true))
    case "end":
      // Of the messages so far the last ones are there; the next are added to all of them.
      let words = Screenplay.words(rest, 3)
      var end = conversation(words[1], words[2])
      end.messages = end.messages.suffix(Int(words[0]) ?? 1)
      return .opened(OpenedTalk(end, isKept: true, extent: .end))
    case "rest":
      let words = Screenplay.words(rest, 2)
      defer { clear() }
      return .opened(OpenedTalk(conversation(words[0], words[1]), isKept: true, extent: .wholeAfterEnd))
    case "excerpt":
      defer { clear() }
      return .excerpt(ConversationID(rest), messages)
    case "notopened": return .notOpened(rest)
    case "ways":
      defer { clear() }
      return .branches(BranchRow.rows(of: conversation("c", ""), unsaved: []) { _ in "10:52" })
    case "inputs": return .inputs(Self.parts(rest))
    case "draft":
      let parts = Self.parts(rest)
      return .draft(Draft(input: Question(parts.first ?? ""), waiting: parts.dropFirst().map { Question($0) }))
    case "edited-draft":
      // BACK | as it was asked | as it is now | what was being written before
      let parts = Self.parts(rest)
      let edited = Draft.Edited(back: Int(parts[0]) ?? 1, asked: parts[1], aside: Question(parts[3]))
      return .draft(Draft(input: Question(parts[2]), edit: edited))
    case "lost-draft":
      // FILE | why it is lost | the text
      let parts = Self.parts(rest)
      var draft = Draft(input: Question(parts[2]))
      draft.losses = [Draft.Loss(name: parts[0], reason: parts[1].isEmpty ? nil : parts[1])]
      return .draft(draft)
    case "renamed": return .renamed(rest)
    case "trouble": return .trouble(rest, isSaved: rest.hasPrefix("This chat is being saved again"))
    case "shared": return .shared
    case "unkept": return .unkept
    default: throw Screenplay.Mistake(description: "no such line in a play: \(verb) \(rest)")
    }
    return nil
  }

  /// What is kept of what is typed, in a line.
  static func describe(_ draft: Draft) -> String {
    func words(_ question: Question) -> String {
      ([question.text.debugDescription] + question.attachments.map { "+ \($0.summary)" }).joined(separator: " ")
    }
    var line = "\(words(draft.input))"
    if let edit = draft.edit { line += " for \(edit.back) \(edit.asked.debugDescription) over \(words(edit.aside))" }
    if !draft.waiting.isEmpty { line += " then " + draft.waiting.map(words).joined(separator: ", ") }
    if !draft.aside.text.isEmpty { line += " beside \(words(draft.aside))" }
    return line
  }

  private func conversation(_ id: String, _ title: String) -> SavedConversation {
    SavedConversation(
      id: ConversationID(id), title: title, created: Timestamp(milliseconds: 0), head: head ?? messages.last?.id,
      messages: messages)
  }

  private mutating func clear() {
    messages = []
    head = nil
  }

  private var head: MessageID?
  private static func parts(_ text: String) -> [String] { text.components(separatedBy: " | ") }

  private var lastHit: SearchHit?

  private mutating func addChat(_ rest: String) throws {
    let parts = rest.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    guard parts.count == 5, let turns = Int(parts[2]) else { throw Screenplay.Mistake(description: "no chat: \(rest)") }
    let name = Screenplay.words(parts[0], 2)
    var listing = ConversationListing(
      id: ConversationID(name[0]), title: parts[4], created: Timestamp(milliseconds: 0),
      updated: Timestamp(milliseconds: 0))
    listing.turns = turns
    listing.model = parts[3]
    listing.isPinned = name.count > 1
    rows.append(ChatRow(listing, when: parts[1]))
  }

  private mutating func addHit(_ rest: String) throws {
    guard var row = rows.popLast() else { throw Screenplay.Mistake(description: "a hit in no chat: \(rest)") }
    let words = Screenplay.words(rest, 2)
    let pieces = words[1].split(separator: "*", omittingEmptySubsequences: false).enumerated()
    let hit = SearchHit(
      message: MessageID(words[0]),
      snippet: pieces.map { SearchHit.Piece(text: String($0.element), isMatch: $0.offset % 2 == 1) })
    row.listing.hit = hit
    lastHit = hit
    found.append(row)
  }

  private mutating func addMessage(_ rest: String, after parent: MessageID?? = nil) throws {
    let words = Screenplay.words(rest, 2)
    guard let role = Role(rawValue: words[0]) else { throw Screenplay.Mistake(description: "no role: \(rest)") }
    let id = MessageID("m\(messages.count + 1)")
    var message = SavedMessage(
      id: id, parent: parent ?? messages.last?.id, role: role, content: words[1], created: Timestamp(milliseconds: 0))
    if role == .system { message.name = "helpful assistant" }
    if role == .assistant { message.answer = SavedAnswer(model: "old-model", status: .complete) }
    messages.append(message)
  }
}

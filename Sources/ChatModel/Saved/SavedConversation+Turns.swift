extension SavedConversation {
  /// The path that is shown, as a session takes it up: turns numbered from 1.
  ///
  /// Without a system message the default prompt goes with it. A question without an answer, and an answer whose end was not
  /// written, count as stopped. Answers in a row, as tools make them, are one turn's answer. A summary of messages that are
  /// not on the path is left out.
  ///
  /// - Parameter provider: who will answer; what other services keep of this talk is left out. Nil leaves all in.
  public func conversation(for provider: String? = nil) -> Conversation {
    var conversation = Conversation()
    let path = numberedPath
    /// What tools said since the last answer.
    var outputs: [SavedMessage] = []
    for (message, turn) in path {
      switch message.role {
      case .system, .developer:
        conversation.systemPrompt = SystemPrompt(name: message.name ?? "", text: message.content)
        conversation.isPromptChosen = message.isChosen
      case .user:
        outputs = []
        conversation.turns.append(Turn(id: turn, prompt: message.content, attachments: message.attachments))
      case .assistant:
        // An answer to nothing: imported talks begin so.
        if conversation.turns.isEmpty { conversation.turns.append(Turn(id: turn, prompt: "")) }
        let result = (message.answer ?? SavedAnswer(status: .complete)).result(content: message.content, for: provider)
        conversation.turns[conversation.turns.count - 1].take(&outputs)
        conversation.turns[conversation.turns.count - 1].add(result)
      case .tool: outputs.append(message)
      }
    }
    let places = Dictionary(path.map { ($0.message.id, $0.turn) }, uniquingKeysWith: { _, last in last })
    for index in conversation.turns.indices where conversation.turns[index].result == nil {
      conversation.turns[index].result = .unanswered
    }
    conversation.threadID = conversation.continuedThread(threadID, for: provider)
    if let summary, let through = places[summary.through] {
      // Written on a path that was left since: nothing here is known to have been held with it.
      let written = places[summary.writtenAfter] ?? TurnID(conversation.turns.count)
      conversation.summary = ConversationSummary(text: summary.text, through: through, writtenIn: written)
    }
    return conversation
  }

  /// The last message of each turn of `conversation(for:)`.
  public var turnEnds: [TurnID: MessageID] {
    Dictionary(numberedPath.map { ($0.turn, $0.message.id) }, uniquingKeysWith: { _, last in last })
  }

  /// The path that is shown, and the turn that each message belongs to; 0 before the first.
  private var numberedPath: [(message: SavedMessage, turn: TurnID)] {
    var number = 0
    return path.map { message in
      if message.role == .user || (message.role == .assistant && number == 0) { number += 1 }
      return (message, TurnID(number))
    }
  }

  /// A session's conversation, with names for its messages.
  ///
  /// - Parameters:
  ///   - provider: who answered; with `model` and `parameters` it goes to each answer.
  ///   - created: when it all was, as far as anybody knows.
  public init(
    _ conversation: Conversation, id: ConversationID, provider: String?, model: String? = nil,
    parameters: Parameters = Parameters(), created: Timestamp, random: inout some RandomNumberGenerator
  ) {
    self.init(id: id, created: created, threadID: conversation.threadID)
    title = Self.title(from: conversation.turns.first?.prompt ?? "")
    func add(_ message: SavedMessage) {
      messages.append(message)
      head = message.id
    }
    let prompt = conversation.systemPrompt
    add(
      SavedMessage(
        id: MessageID(at: created, random: &random), parent: nil, role: .system, content: prompt.text,
        name: prompt.name,
        isChosen: conversation.isPromptChosen, created: created))
    var ends: [TurnID: MessageID] = [:]
    for turn in conversation.turns {
      add(
        SavedMessage(
          id: MessageID(at: created, random: &random), parent: head, role: .user, content: turn.prompt,
          created: created,
          attachments: turn.attachments))
      if let result = turn.result ?? turn.beginning {
        for round in result.rounds {
          for message in SavedMessage.messages(
            of: round, after: head, answeredBy: provider, model: model, parameters: parameters, at: created,
            random: &random)
          { add(message) }
        }
        var answer = SavedAnswer(result.lastPart, provider: provider, model: model, parameters: parameters)
        if turn.result == nil { answer.status = nil }
        add(
          SavedMessage(
            id: MessageID(at: created, random: &random), parent: head, role: .assistant,
            content: result.lastPart.content, created: created, answer: answer))
      }
      ends[turn.id] = head
    }
    if let summary = conversation.summary, let through = ends[summary.through] {
      let last = conversation.turns.last { $0.id <= summary.writtenIn }
      self.summary = Summary(
        text: summary.text, through: through, writtenAfter: last.flatMap { ends[$0.id] } ?? through)
    }
  }
}

extension Turn {
  /// Takes what the tools said that the last answer called. Where that is not known of each, it is left out.
  fileprivate mutating func take(_ messages: inout [SavedMessage]) {
    defer { messages = [] }
    guard let calls = result?.lastPart.toolCalls, !calls.isEmpty, calls.count == messages.count else { return }
    let outputs = calls.enumerated().compactMap { place, call in
      messages.first { $0.toolCallID != nil && $0.toolCallID == call.id }?.content
        ?? (messages[place].toolCallID == nil || call.id == nil ? messages[place].content : nil)
    }
    if outputs.count == calls.count { result = result?.answered(with: outputs) }
  }

  /// Takes an answer, after those that it has.
  fileprivate mutating func add(_ next: TurnResult) {
    guard let earlier = result else {
      result = next
      return
    }
    result = earlier.followed(by: next)
  }
}

extension TurnResult {
  /// A question that nothing was answered to.
  fileprivate static var unanswered: TurnResult {
    var result = TurnResult()
    result.status = .cancelled
    return result
  }
}

extension Conversation {
  /// The thread, unless the answers came from elsewhere.
  fileprivate func continuedThread(_ thread: String?, for provider: String?) -> String? {
    guard provider != nil, let last = turns.last(where: { $0.result?.hasContent == true }) else { return thread }
    return last.result?.threadID == thread ? thread : nil
  }
}

import ChatModel

/// Writes a session's talk into a store as it goes.
///
/// ```swift
/// await recorder.ask("Hello")                 // on the disk when this returns
/// for await update in await session.send("Hello") { await recorder.note(update) }
/// await recorder.finish()
/// ```
/// What cannot be saved is said once, and the talk goes on; it is kept here and saved as a whole as soon as that works again.
public actor ConversationRecorder {
  /// Who answers, and what is sent along with a question.
  public struct Answerer: Equatable, Sendable {
    public var provider: String
    public var model: String?
    public var parameters: Parameters

    public init(provider: String, model: String? = nil, parameters: Parameters = Parameters()) {
      self.provider = provider
      self.model = model
      self.parameters = parameters
    }
  }

  /// A streaming answer is written at least this often. The store needs some of the quarter of a second that may be lost.
  public static let interval = Duration.milliseconds(225)

  private let store: HistoryStore
  private let now: @Sendable () -> Timestamp
  private let sleep: @Sendable (Duration) async -> Void
  private let onTrouble: @Sendable (String) -> Void
  private let answerer: Answerer

  /// The talk as it is, or is to be, saved; nil before its first question.
  private var talk: SavedConversation?
  private var systemPrompt: SystemPrompt
  private var isPromptChosen: Bool
  /// Nothing is written while this is false.
  private var keeps: Bool
  /// The answer that is coming, as far as it was noted.
  private var answer: RunningAnswer?
  /// The last message of each turn of the session.
  private var ends: [TurnID: MessageID] = [:]
  /// What is being written; each write waits for the one before it.
  private var tail: Task<Void, Never>?
  /// Not all of the talk is on the disk.
  private var isBehind = false
  private var hasComplained = false
  /// Writes are numbered; those up to `settled` have nothing more to add, since all was saved after them.
  private var writes = 0
  private var settled = 0

  /// - Parameters:
  ///   - keeps: whether anything is written.
  ///   - sleep: waits for so long, or until its task is cancelled.
  ///   - onTrouble: hears, once, why the talk is not being saved, and then that it is again.
  public init(
    _ store: HistoryStore, answerer: Answerer, systemPrompt: SystemPrompt, isPromptChosen: Bool, keeps: Bool = true,
    now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async -> Void,
    onTrouble: @escaping @Sendable (String) -> Void
  ) {
    self.store = store
    self.answerer = answerer
    self.systemPrompt = systemPrompt
    self.isPromptChosen = isPromptChosen
    self.keeps = keeps
    self.now = now
    self.sleep = sleep
    self.onTrouble = onTrouble
  }

  /// The saved talk's name; nil before its first question.
  public var id: ConversationID? { keeps ? talk?.id : nil }

  // MARK: What is asked

  /// Takes down a question, which is on the disk when this returns, unless it cannot be saved.
  public func ask(_ question: String) async {
    guard keeps else { return }
    let time = now()
    let isNew = talk == nil
    var talk = self.talk ?? SavedConversation(id: ConversationID(at: time), created: time)
    var added: [SavedMessage] = []
    func add(_ message: SavedMessage) {
      talk.messages.append(message)
      talk.head = message.id
      added.append(message)
    }
    if talk.path.last(where: { $0.role == .system })?.content != systemPrompt.text {
      add(
        SavedMessage(
          id: MessageID(at: time), parent: talk.head, role: .system, content: systemPrompt.text,
          name: systemPrompt.name, isChosen: isPromptChosen, created: time))
    }
    add(SavedMessage(id: MessageID(at: time), parent: talk.head, role: .user, content: question, created: time))
    if talk.title.isEmpty { talk.title = SavedConversation.title(from: question) }
    talk.updated = time
    self.talk = talk
    beginAnswer(to: talk.head)
    if isNew {
      write { [talk] store throws(HistoryError) in try await store.save([talk]) }
    } else {
      for message in added {
        write { [id = talk.id] store throws(HistoryError) in try await store.append(message, to: id) }
      }
    }
    write { [id = talk.id] store throws(HistoryError) in try await store.addInput(question, to: id) }
    // Who knows already that nothing can be saved is not kept waiting again.
    if !isBehind { await tail?.value }
  }

  /// The last question is asked anew: the next answer stands beside the old one.
  public func askAgain() {
    guard keeps, let talk else { return }
    beginAnswer(to: talk.path.last { $0.role == .user }?.id)
  }

  /// The last answer is carried on.
  public func carryOn() {
    guard keeps, let last = talk?.path.last, last.role == .assistant else { return }
    var running = RunningAnswer(message: last, isWritten: true)
    running.message.answer?.status = nil
    answer = running
    put(running.message)
  }

  private func beginAnswer(to question: MessageID?) {
    let time = now()
    let saved = SavedAnswer(provider: answerer.provider, model: answerer.model, parameters: answerer.parameters)
    answer = RunningAnswer(
      message: SavedMessage(
        id: MessageID(at: time), parent: question, role: .assistant, content: "", created: time, answer: saved),
      isWritten: false)
  }

  // MARK: What comes

  /// Takes down what the session tells of its running turn.
  ///
  /// - Parameter summary: the session's, once the talk was compacted.
  public func note(_ update: SessionUpdate, summary: ConversationSummary? = nil) {
    guard keeps, talk != nil else { return }
    switch update.change {
    case .started, .retrying: break
    case .events(let events): add(events)
    case .compacted: if let summary { note(summary, at: update.turn) }
    case .finished(let result): finish(result, of: update.turn)
    }
  }

  private func add(_ events: [ChatEvent]) {
    guard answer != nil else { return }
    for event in events {
      switch event {
      case .text(let piece): answer?.content += piece
      case .reasoning(let piece): answer?.reasoning += piece
      case .model(let name): answer?.message.answer?.model = name
      default: break
      }
    }
    guard let answer, answer.hasNews, answer.timer == nil else { return }
    self.answer?.timer = Task { [sleep] in
      await sleep(Self.interval)
      if !Task.isCancelled { checkpoint(answer.message.id) }
    }
  }

  /// Writes what came since the last time.
  private func checkpoint(_ message: MessageID) {
    guard var answer, answer.message.id == message, let id = talk?.id else { return }
    answer.timer = nil
    if answer.isWritten {
      write { [content = answer.content, reasoning = answer.reasoning] store throws(HistoryError) in
        try await store.extend(message, of: id, content: content, reasoning: reasoning)
      }
    }
    answer.takeIn()
    if answer.isWritten, let index = talk?.messages.lastIndex(where: { $0.id == message }) {
      talk?.messages[index] = answer.message
    } else {
      answer.isWritten = true
      append(answer.message)
    }
    self.answer = answer
  }

  private func finish(_ result: TurnResult, of turn: TurnID) {
    guard var answer, let talk else { return }
    answer.timer?.cancel()
    self.answer = nil
    // A question that nobody answered needs no empty answer.
    guard result.hasContent || result.error != nil || answer.isWritten else {
      ends[turn] = talk.head
      return
    }
    answer.message.content = result.content
    answer.message.answer = SavedAnswer(
      result, provider: answerer.provider, model: answer.message.answer?.model ?? answerer.model,
      parameters: answerer.parameters)
    ends[turn] = answer.message.id
    if answer.isWritten { put(answer.message) } else { append(answer.message) }
    guard talk.threadID != result.threadID else { return }
    self.talk?.threadID = result.threadID
    write { [id = talk.id] store throws(HistoryError) in try await store.setThread(result.threadID, of: id) }
  }

  private func note(_ summary: ConversationSummary, at turn: TurnID) {
    guard let talk, let head = talk.head else { return }
    let through = ends[summary.through] ?? head
    let saved = SavedConversation.Summary(text: summary.text, through: through, writtenAfter: head)
    self.talk?.summary = saved
    self.talk?.threadID = nil
    write { [id = talk.id] store throws(HistoryError) in
      try await store.setSummary(saved, of: id)
      try await store.setThread(nil, of: id)
    }
  }

  private func append(_ message: SavedMessage) {
    guard let talk else { return }
    self.talk?.messages.append(message)
    self.talk?.head = message.id
    self.talk?.updated = message.created
    write { [id = talk.id] store throws(HistoryError) in try await store.append(message, to: id) }
  }

  private func put(_ message: SavedMessage) {
    guard let talk, let index = talk.messages.lastIndex(where: { $0.id == message.id }) else { return }
    let time = now()
    self.talk?.messages[index] = message
    self.talk?.updated = time
    write { [id = talk.id] store throws(HistoryError) in try await store.update(message, of: id, at: time) }
  }

  // MARK: Which talk

  /// A system prompt that the user chose; it counts from the next question.
  public func setSystemPrompt(_ prompt: SystemPrompt) {
    systemPrompt = prompt
    isPromptChosen = true
  }

  /// The next question begins a new talk.
  public func begin() {
    talk = nil
    answer = nil
    ends = [:]
  }

  /// Goes on with a saved talk.
  public func takeUp(_ saved: SavedConversation) {
    begin()
    talk = saved
    ends = saved.turnEnds
    if let prompt = saved.path.last(where: { $0.role == .system }) {
      systemPrompt = SystemPrompt(name: prompt.name ?? "", text: prompt.content)
      isPromptChosen = prompt.isChosen
    }
  }

  /// Begins a talk of which everything is written, or nothing.
  public func keep(_ keeps: Bool) {
    begin()
    self.keeps = keeps
  }

  /// Names the talk; false where there is none to name.
  public func rename(_ title: String) async throws(HistoryError) -> Bool {
    guard keeps, let talk else { return false }
    await tail?.value
    try await store.rename(talk.id, to: title)
    self.talk?.title = title
    self.talk?.isTitleChosen = true
    return true
  }

  /// Returns once everything is written.
  public func finish() async {
    if let answer, answer.hasNews { checkpoint(answer.message.id) }
    await tail?.value
  }

  // MARK: Writing

  /// Writes in the order of the calls. What fails is made good by saving the whole talk, with the next write.
  private func write(_ operation: @escaping @Sendable (HistoryStore) async throws(HistoryError) -> Void) {
    let before = tail
    writes += 1
    tail = Task { [store, number = writes] in
      await before?.value
      if number <= settled { return }
      do throws(HistoryError) {
        if isBehind, let talk {
          let all = writes
          try await store.save([talk])
          settled = all
          recovered()
        } else {
          try await operation(store)
        }
      } catch {
        failed(error)
      }
    }
  }

  private func recovered() {
    isBehind = false
    guard hasComplained else { return }
    hasComplained = false
    onTrouble("This chat is being saved again, from its beginning")
  }

  private func failed(_ error: HistoryError) {
    isBehind = true
    if hasComplained { return }
    hasComplained = true
    let remedy = error.remedy.map { ". \($0)" } ?? ""
    onTrouble("This chat is not being saved: \(error.message)\(remedy)")
  }
}

/// An answer that is coming.
private struct RunningAnswer {
  /// As it was last written, or is going to be first.
  var message: SavedMessage
  /// What came since.
  var content = ""
  var reasoning = ""
  var isWritten: Bool
  /// Waits for the next write.
  var timer: Task<Void, Never>?

  init(message: SavedMessage, isWritten: Bool) {
    self.message = message
    self.isWritten = isWritten
  }

  var hasNews: Bool { !content.isEmpty || !reasoning.isEmpty }

  /// Adds what came to the message.
  mutating func takeIn() {
    message.content += content
    let earlier = message.answer?.reasoning ?? ""
    if !reasoning.isEmpty { message.answer?.reasoning = earlier + reasoning }
    content = ""
    reasoning = ""
  }
}

import ChatModel

/// Writes a session's talk into a store as it goes, and knows the tree of its messages, also of a talk that is not written.
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
  /// How long a question waits to be written.
  static let patience = Duration.seconds(1)
  /// How long nothing is tried after something could not be written, in milliseconds: the first time, and at most.
  static let rest = 3000
  static let longestRest = 30_000

  let store: HistoryStore
  let now: @Sendable () -> Timestamp
  let sleep: @Sendable (Duration) async -> Void
  let onTrouble: @Sendable (HistoryNotice) -> Void
  var answerer: Answerer

  /// The present talk, those that something is still to be written of, as they are or are to be saved, and those of this run
  /// that are not written at all.
  var talks: [ConversationID: RecordedTalk] = [:]
  /// The present one; nil before its first question.
  var current: ConversationID?
  private var systemPrompt: SystemPrompt
  private var isPromptChosen: Bool
  /// Whether the present talk, and those that begin from now on, are written.
  public internal(set) var keeps: Bool
  /// The answer to what was asked last, until the session names its turn.
  var next: RunningAnswer?
  /// The answers that are coming: one, and those of turns whose end is still to be noted.
  var answers: [TurnID: RunningAnswer] = [:]
  /// The last message of each turn of the present talk.
  var ends: [TurnID: MessageID] = [:]
  /// What is being written; each write waits for the one before it.
  var tail: Task<Void, Never>?
  var writes = 0
  var hasComplained = false
  /// Until when nothing is tried, after something could not be written.
  var restsUntil: Timestamp?
  /// How long that is going to be the next time.
  var rest = ConversationRecorder.rest
  /// Waits to try again.
  var retry: Task<Void, Never>?

  /// - Parameters:
  ///   - keeps: whether anything is written.
  ///   - sleep: waits for so long, or until its task is cancelled.
  ///   - onTrouble: hears, once, why the talk is not being saved, and then that it is again.
  public init(
    _ store: HistoryStore, answerer: Answerer, systemPrompt: SystemPrompt, isPromptChosen: Bool, keeps: Bool = true,
    now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async -> Void,
    onTrouble: @escaping @Sendable (HistoryNotice) -> Void
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
  public var id: ConversationID? { keeps ? current : nil }

  /// The present talk as it is, or would be, saved; nil before its first question.
  public var talk: SavedConversation? { current.flatMap { talks[$0]?.saved } }

  // MARK: What is asked

  /// Takes down a question, with the files that go along, which is on the disk when this returns, unless it cannot be saved or
  /// that takes long.
  public func ask(_ question: String, attachments: [Attachment] = []) async {
    let time = now()
    var talk = self.talk ?? SavedConversation(id: ConversationID(at: time), created: time)
    let isNew = current == nil
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
    add(
      SavedMessage(
        id: MessageID(at: time), parent: talk.head, role: .user, content: question, created: time,
        attachments: attachments))
    if talk.title.isEmpty { talk.title = SavedConversation.title(from: question) }
    talk.updated = time
    current = talk.id
    talks[talk.id, default: RecordedTalk(saved: talk, isKept: keeps)].saved = talk
    beginAnswer(to: talk.head)
    write(talk.id) { [talk, added] store throws(HistoryError) in
      if isNew { try await store.merge(talk) }
      if !isNew { for message in added { try await store.append(message, to: talk.id) } }
    }
    let isAsked = tail
    write(talk.id) { [id = talk.id] store throws(HistoryError) in try await store.addInput(question, to: id) }
    // Who knows already that nothing can be saved is not kept waiting again.
    if keeps, restsUntil == nil, let isAsked { await wait(for: isAsked, atMost: Self.patience) }
  }

  /// The last question is asked anew, of another model where one is named: the next answer stands beside the old one.
  public func askAgain(_ model: String? = nil) {
    guard let talk, let question = talk.path.last(where: { $0.role == .user })?.id else { return }
    // On the disk the path ends in the old answer until there is a new one.
    leavePath(for: question)
    var asked = answerer
    asked.model = model ?? answerer.model
    beginAnswer(to: question, by: asked)
  }

  /// The last answer is carried on; `obstacleToCarryOn` is to be asked before.
  public func carryOn() {
    guard let talk, let last = talk.path.last, last.role == .assistant else { return }
    var running = RunningAnswer(message: last, talk: talk.id, isWritten: true)
    running.message.answer?.status = nil
    next = running
    put(running)
  }

  /// The next turn's answer is to follow that message; nil: by who answers at present.
  func beginAnswer(to question: MessageID?, by other: Answerer? = nil) {
    guard let current else { return }
    let time = now()
    let asked = other ?? answerer
    let saved = SavedAnswer(provider: asked.provider, model: asked.model, parameters: asked.parameters)
    next = RunningAnswer(
      message: SavedMessage(
        id: MessageID(at: time), parent: question, role: .assistant, content: "", created: time, answer: saved),
      talk: current, isWritten: false)
  }

  /// The session has begun the turn of what was asked last.
  public func began(_ turn: TurnID) {
    if let next, talks[next.talk]?.isKept == true { _ = store.claim(.answer(next.message.id)) }
    answers[turn] = next
    next = nil
  }

  // MARK: Which talk

  /// A system prompt that the user chose; it counts from the next question.
  public func setSystemPrompt(_ prompt: SystemPrompt) {
    systemPrompt = prompt
    isPromptChosen = true
  }

  /// Who answers from the next question on.
  public func setAnswerer(_ answerer: Answerer) { self.answerer = answerer }

  /// The next question begins a new talk.
  public func begin() {
    current = nil
    next = nil
    ends = [:]
    forget()
  }

  /// Goes on with a saved talk.
  public func takeUp(_ saved: SavedConversation) {
    begin()
    talks[saved.id] = RecordedTalk(saved: saved, isKept: keeps)
    goOn(with: saved)
  }

  /// The next question follows the path of a talk that is at hand.
  func goOn(with saved: SavedConversation) {
    current = saved.id
    ends = saved.turnEnds
    if let prompt = saved.path.last(where: { $0.role == .system }) {
      systemPrompt = SystemPrompt(name: prompt.name ?? "", text: prompt.content)
      isPromptChosen = prompt.isChosen
    }
  }

  /// The next talk is one of which everything is written, or nothing.
  public func keep(_ keeps: Bool) {
    begin()
    self.keeps = keeps
  }

  /// Names the talk; false where there is none to name.
  public func rename(_ title: String) async throws(HistoryError) -> Bool {
    guard let current else { return false }
    if keeps {
      await tail?.value
      try await store.rename(current, to: title)
    }
    talks[current]?.saved.title = title
    talks[current]?.saved.isTitleChosen = true
    return true
  }

  /// Returns once everything is written, or that has taken too long.
  public func finish() async {
    for (turn, answer) in answers where answer.hasNews { checkpoint(turn) }
    writeWhatIsMissing()
    if let tail { await wait(for: tail, atMost: Self.patience * 5) }
    retry?.cancel()
    if talks.values.contains(where: { $0.isKept && ($0.isBehind || $0.pending > 0) }) {
      complain("the disk, or another program that has the saved chats, takes too long")
    }
  }

  /// Talks that are left, and wholly written, are not held on to. Those that are not written have no other place.
  func forget() {
    let coming = Set(answers.values.map(\.talk))
    talks = talks.filter {
      $0.key == current || !$0.value.isKept || $0.value.isBehind || $0.value.pending > 0 || coming.contains($0.key)
    }
  }
}

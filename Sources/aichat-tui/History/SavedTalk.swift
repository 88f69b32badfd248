import ChatEngine
import ChatHistory
import ChatModel
import Glibc

/// Where a run's talk is written to, and the saved one that it goes on with.
struct SavedTalk: Sendable {
  let store: HistoryStore
  let recorder: ConversationRecorder
  private let session: ChatSession
  private let path: String?
  private let hasOwnStore: Bool
  private let beganWithDemo: Bool
  /// Counts from the next question of a chat that the run is asked to take up.
  private let promptOption: SystemPrompt?

  /// A store for the talks of a run. `tell` hears of trouble with it, from any thread. Nothing is opened yet.
  static func store(_ configuration: Configuration, tell: @escaping @Sendable (HistoryNotice) -> Void) -> HistoryStore {
    HistoryStore(HistoryFile(environment: configuration.environment), now: { SystemTime.now }, onNotice: tell)
  }

  /// - Parameters:
  ///   - shared: where the talk is saved among others; nil: in a store of its own.
  ///   - tell: hears what is not being saved and why, from any thread. Nothing is opened yet.
  init(
    _ connection: ChatConnection, _ configuration: Configuration, in shared: HistoryStore? = nil,
    tell: @escaping @Sendable (HistoryNotice) -> Void
  ) {
    session = connection.session
    promptOption = configuration.isPromptOption ? configuration.systemPrompt : nil
    path = HistoryFile(environment: configuration.environment)?.path
    hasOwnStore = shared == nil
    beganWithDemo = configuration.provider.kind == .demo
    store = shared ?? Self.store(configuration, tell: tell)
    let time = TurnClock(connection.clock)
    recorder = ConversationRecorder(
      store,
      answerer: .init(
        provider: configuration.provider.name, model: configuration.provider.model,
        parameters: configuration.parameters),
      systemPrompt: configuration.systemPrompt, isPromptChosen: configuration.isPromptChosen,
      keeps: configuration.keepsHistory, now: { SystemTime.now },
      sleep: { try? await time.sleep(until: time.now + $0) }, onTrouble: tell)
  }

  /// The chat that a run was asked to take up, by itself; waits for the disk. `tell` hears what else the reader should know.
  static func find(
    _ resumption: Options.Resumption, in environment: [String: String],
    tell: @escaping @Sendable (HistoryNotice) -> Void
  ) throws(CommandFailure) -> ConversationID {
    let found = Blocking.run { () async -> Result<ConversationID, HistoryError> in
      let store = HistoryStore(
        HistoryFile(environment: environment), now: { SystemTime.now }, onNotice: tell)
      do throws(HistoryError) { return .success(try await find(resumption, in: store)) } catch {
        return .failure(error)
      }
    }
    do { return try found.get() } catch { throw failure(error) }
  }

  private static func find(_ resumption: Options.Resumption, in store: HistoryStore) async throws(HistoryError)
    -> ConversationID
  {
    switch resumption {
    case .named(let text): return try await store.conversation(beginningWith: text)
    case .latest:
      guard let id = try await store.latest() else {
        throw HistoryError(.notFound, "No chats are saved yet", remedy: "Begin one without --continue")
      }
      return id
    }
  }

  /// Whether anything was ever saved here.
  var hasFile: Bool { path.map { access($0, F_OK) == 0 } ?? false }

  /// Goes on with a saved chat in place of the present one; the way through it that a message is on is shown then, if one is
  /// named, the one that was written to last where several are.
  ///
  /// - Parameter show: gets the chat as soon as it is read: nobody waits for the session.
  func takeUp(
    _ id: ConversationID, at message: MessageID? = nil, show: (SavedConversation) -> Void = { _ in }
  ) async throws(HistoryError) {
    var saved = try await store.load(id)
    let end = message.flatMap { saved.end(behind: $0) }
    if let end {
      saved.head = end
      saved.threadID = nil
    }
    show(saved)
    await session.takeUp(saved.conversation(for: session.provider.name))
    await recorder.takeUp(saved)
    if let end { _ = await recorder.show(end, of: id) }
  }

  /// Takes up what the run was asked to, if anything.
  func takeUp(_ resumption: Options.Resumption?) async throws(CommandFailure) {
    guard let resumption else { return }
    do { try await takeUp(try await Self.find(resumption, in: store)) } catch { throw Self.failure(error) }
    if let promptOption { await setSystemPrompt(promptOption) }
  }

  /// A question is asked: on the disk first, then of the service.
  func send(_ question: Question) async -> TurnUpdates {
    await recorder.ask(question.text, attachments: question.attachments)
    let updates = await session.send(question.text, attachments: question.attachments)
    await recorder.began(updates.turn)
    return updates
  }

  /// Asks the last question anew, of another model where one is named.
  func retry(with model: String? = nil) async -> TurnUpdates? {
    guard let updates = await session.retry(with: model) else { return nil }
    await recorder.askAgain(model)
    await recorder.began(updates.turn)
    return updates
  }

  /// Goes on with the last answer.
  func carryOn() async -> Begun {
    if let obstacle = await recorder.obstacleToCarryOn() { return .refused(obstacle) }
    guard let updates = await session.carryOn() else {
      await recorder.leaveLast()
      return .refused("Nothing to continue: no answer broke off")
    }
    await recorder.carryOn()
    await recorder.began(updates.turn)
    return .turn(updates)
  }

  /// Takes the last questions back; what is asked next stands beside the first of them.
  ///
  /// - Returns: false when there are not so many.
  @discardableResult
  func takeBack(_ count: Int) async -> Bool {
    guard await session.takeBack(count) else { return false }
    await recorder.takeBack(count)
    return true
  }

  /// Goes on behind another message of the talk, or of one of this run that is not saved.
  func show(_ end: MessageID?, of id: ConversationID) async -> SavedConversation? {
    guard let saved = await recorder.show(end, of: id) else { return nil }
    await session.takeUp(saved.conversation(for: session.provider.name))
    return saved
  }

  /// Goes on with the answer of a turn that others were held beside. A system prompt that was chosen since stays.
  ///
  /// - Returns: nil where there is no talk; else which of how many answers it is, nil where it is the only one.
  func keep(_ turn: TurnID) async -> Alternative?? {
    guard let talk = await recorder.talk else { return nil }
    let prompt = await session.conversation.systemPrompt
    let end = await recorder.end(of: turn) ?? talk.head
    guard let saved = await show(end, of: talk.id) else { return nil }
    if await session.conversation.systemPrompt != prompt { await setSystemPrompt(prompt) }
    return .some(saved.head.flatMap { saved.alternatives[$0] })
  }

  /// Begins a new talk.
  func clear() async {
    await session.clear()
    await recorder.begin()
  }

  func setSystemPrompt(_ prompt: SystemPrompt) async {
    await session.setSystemPrompt(prompt)
    await recorder.setSystemPrompt(prompt)
  }

  /// Has another service answer from the next question on.
  func setService(_ service: ChatService) async {
    await session.setService(service)
    await recorder.setAnswerer(
      .init(provider: service.provider.name, model: service.provider.model, parameters: service.parameters))
    await noteService()
  }

  /// Notes who is to answer in this chat. The demo that a run begins with stands in where nothing else is, and is not come back
  /// to.
  private func noteService() async {
    let provider = await session.provider
    guard hasFile, provider.kind != .demo || !beganWithDemo, let id = await recorder.id else { return }
    try? await store.setService(ChosenService(provider: provider.name, model: provider.shownModel), of: id)
  }

  /// Writes down what the session tells.
  func note(_ update: SessionUpdate) async {
    if case .compacted = update.change {
      await recorder.note(update, summary: session.conversation.summary)
    } else {
      await recorder.note(update)
    }
    if case .finished = update.change { await noteService() }
  }

  /// Returns once all is on the disk, and the database, where it is the talk's own, is closed.
  func finish() async {
    await recorder.finish()
    if hasOwnStore { await store.close() }
  }

  /// As a failure of the command.
  static func failure(_ error: HistoryError) -> CommandFailure {
    let text = error.message + (error.remedy.map { ". \($0)" } ?? "")
    switch error.kind {
    case .notFound, .ambiguous, .noHome: return .configuration(text)
    default: return CommandFailure(code: .unexpected, message: text)
    }
  }
}

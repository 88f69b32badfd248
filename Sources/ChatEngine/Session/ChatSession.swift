import ChatModel
import ChatWire

/// A conversation with one service, and its one running turn.
///
///     for await update in await session.send("Hello") { … }
///
/// The session executes what `TurnStateMachine` decides. Everything that can move a turn (the transfer, the timer)
/// makes one stream beat; at each beat the session looks at all there is. Without a running turn it has no task, no
/// timer and no thread.
public actor ChatSession {

  public internal(set) var conversation: Conversation
  /// The model that requests name: the configured one, else the first that the service listed; nil until it did.
  public internal(set) var model: String?

  let transport: any Transport
  let clock: TurnClock
  let gathering: Duration?
  private let announcesSilence: Bool
  private let chance: @Sendable () -> Double
  /// That of the running turn, else of the next one.
  var service: ChatService
  /// What the next turn begins with, set while one runs.
  private var nextService: ChatService?
  private let tools: [JSONValue]
  let toolRunner: (any ToolRunner)?
  var omittedFields: Set<String> = []
  var active: ActiveTurn?
  var lastTurn: Int
  /// What the service is being told after the end of a turn, by number.
  var farewells: [Int: Task<Void, Never>] = [:]
  var farewellCount = 0

  /// - Parameters:
  ///   - retries: how often a request that failed before any content, in a way that may pass, is made again.
  ///   - chance: draws a number from 0 up to 1, by which the waits between attempts differ.
  ///   - credentials: asked before each request; nil where the provider has its credential, or needs none.
  ///   - tools: tool definitions in OpenAI's form, sent with every request.
  ///   - toolRunner: runs the tools that the model calls; nil: a turn ends with the calls.
  ///   - conversation: what the session takes up.
  ///   - gathering: for so long the pieces of an answer may be gathered after the first, to tell many at a time: for
  ///     who looks at them at intervals anyway. Nil tells each as it comes. The end does not wait.
  ///   - announcesSilence: whether the updates tell when nothing has come for a while.
  public init(
    provider: Provider, transport: any Transport, clock: TurnClock, timeouts: Timeouts = Timeouts(), retries: Int = 2,
    chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, parameters: Parameters = Parameters(),
    tools: [JSONValue] = [], toolRunner: (any ToolRunner)? = nil, conversation: Conversation = Conversation(),
    credentials: (any CredentialSource)? = nil, gathering: Duration? = nil, announcesSilence: Bool = false
  ) {
    service = ChatService(
      provider: provider, credentials: credentials, timeouts: timeouts, retries: retries, parameters: parameters)
    self.transport = transport
    self.clock = clock
    self.gathering = gathering
    self.announcesSilence = announcesSilence
    self.chance = chance
    self.tools = tools
    self.toolRunner = toolRunner
    self.conversation = conversation
    model = provider.model
    lastTurn = conversation.turns.map(\.id.number).max() ?? 0
  }

  /// Who answers the next turn.
  public var provider: Provider { (nextService ?? service).provider }

  /// True while a turn runs.
  public var isRunning: Bool { active != nil }

  /// Asks; the updates end with the turn's result. While another turn runs, they end at once with a failed one.
  ///
  /// - Parameters:
  ///   - attachments: files that go along.
  ///   - model: who is to answer this once; nil for the session's model.
  public func send(_ prompt: String, attachments: [Attachment] = [], to model: String? = nil) -> TurnUpdates {
    lastTurn += 1
    let id = TurnID(lastTurn)
    let (stream, updates) = AsyncStream<SessionUpdate>.makeStream()
    guard active == nil else { return refuse(id, stream, updates) }
    conversation.turns.append(Turn(id: id, prompt: prompt, attachments: attachments))
    return begin(id, prompt: prompt, model: model, stream: stream, updates: updates)
  }

  /// Asks outside of the conversation, which neither the question nor the answer becomes part of. While another turn runs,
  /// the updates end at once with a failed one.
  public func ask(_ request: ChatRequest) -> TurnUpdates {
    lastTurn += 1
    let id = TurnID(lastTurn)
    let (stream, updates) = AsyncStream<SessionUpdate>.makeStream()
    guard active == nil else { return refuse(id, stream, updates) }
    return begin(id, prompt: "", asking: request, stream: stream, updates: updates)
  }

  /// The updates of a turn that cannot begin, since another one runs.
  private func refuse(
    _ id: TurnID, _ stream: AsyncStream<SessionUpdate>, _ updates: AsyncStream<SessionUpdate>.Continuation
  ) -> TurnUpdates {
    var result = TurnResult()
    result.status = .failed
    result.error = ChatError(
      .unexpected, "A turn is running already", remedy: "Wait for its end, or cancel it first")
    updates.yield(SessionUpdate(turn: id, change: .finished(result)))
    updates.finish()
    return TurnUpdates(turn: id, stream: stream)
  }

  /// Begins a turn: a question of the talk, one outside of it, or a summary.
  func begin(
    _ id: TurnID, prompt: String, model other: String? = nil, asking request: ChatRequest? = nil,
    compaction: Compaction? = nil,
    stream: AsyncStream<SessionUpdate>, updates: AsyncStream<SessionUpdate>.Continuation
  ) -> TurnUpdates {
    if let nextService { adopt(nextService) }
    let question =
      request
      ?? ChatRequest(
        messages: conversation.messages, model: other ?? model, parameters: service.parameters, tools: tools,
        omittedFields: omittedFields, continued: conversation.storedResponse, threadID: conversation.continuedThreadID,
        untouchedPrompt: conversation.untouchedPrompt)
    let turn = ActiveTurn(
      id: id, pulse: Pulse(clock: clock), updates: updates,
      machine: machine(
        for: compaction.map { summaryRequest($0.messages) } ?? question,
        of: other.map(service.provider.answering(with:))))
    turn.compaction = compaction
    if request == nil, compaction == nil {
      turn.tools = ToolTurn(question: question, provider: other.map(service.provider.answering(with:)))
    }
    updates.onTermination = { [weak self] reason in
      guard case .cancelled = reason else { return }
      Task { await self?.cancel(id) }
    }
    active = turn
    updates.yield(SessionUpdate(turn: id, change: .started(prompt: prompt)))
    perform(turn.machine.begin(now: clock.now), of: turn)
    if active === turn {
      turn.pulse.arm(turn.machine.nextDeadline)
      Task { await run(id) }
    }
    return TurnUpdates(turn: id, stream: stream)
  }

  /// Asks the last turn's question anew, of another model where one is named; the new answer takes the place of the old. Nil
  /// when there is no turn, or one is running.
  public func retry(with model: String? = nil) -> TurnUpdates? {
    guard active == nil, let last = conversation.turns.popLast() else { return nil }
    // The thread remembers the answer that is to be replaced; the next one will not.
    if last.result?.hasContent == true, last.result?.threadID != nil { conversation.threadID = nil }
    return send(last.prompt, attachments: last.attachments, to: model)
  }

  /// Takes the last turns back, after cancelling the running one: what is asked next follows those before them.
  ///
  /// - Returns: false, and nothing is done, when there are not so many.
  @discardableResult
  public func takeBack(_ count: Int) -> Bool {
    cancel()
    guard count > 0, count <= conversation.turns.count else { return false }
    conversation.takeBack(count)
    return true
  }

  /// Asks the model to carry on the last turn's answer, which broke off or was stopped: the updates bring what is new, their
  /// result the whole, which is the turn's answer from then on. Nil, and nothing is asked, when the last answer is whole or
  /// nothing of it came, or a turn is running.
  public func carryOn() -> TurnUpdates? {
    guard active == nil, let last = conversation.turns.last, let beginning = last.result, beginning.isUnfinished
    else { return nil }
    lastTurn += 1
    let id = TurnID(lastTurn)
    conversation.turns[conversation.turns.count - 1] = Turn(
      id: id, prompt: last.prompt, attachments: last.attachments, beginning: beginning)
    // What a thread holds of an answer that broke off is not known, nor whether its run is over.
    conversation.threadID = nil
    let (stream, updates) = AsyncStream<SessionUpdate>.makeStream()
    return begin(id, prompt: last.prompt, stream: stream, updates: updates)
  }

  /// Ends the running turn, which is over when this returns; what came is kept. Does nothing when none runs.
  public func cancel() {
    guard let turn = active else { return }
    if var part = turn.tools?.unanswered {
      // No request runs, but tools do.
      part.status = .cancelled
      finish(turn, with: part)
    } else {
      perform(turn.machine.cancel(now: clock.now), of: turn)
    }
  }

  /// Waits so much longer for what is waited for. Does nothing when no turn runs.
  public func extend(by time: Duration) {
    guard let turn = active, turn.tools?.unanswered == nil else { return }
    perform(turn.machine.extend(by: time, now: clock.now), of: turn)
    turn.pulse.arm(turn.machine.nextDeadline)
  }

  /// Sets the system prompt, which the user chose; it counts from the next turn.
  public func setSystemPrompt(_ prompt: SystemPrompt) {
    conversation.systemPrompt = prompt
    conversation.isPromptChosen = true
  }

  /// Has another service answer, or the same one be asked otherwise, from the next turn on; the talk stays. What a
  /// service keeps of the talk is relied on by itself alone.
  public func setService(_ service: ChatService) {
    if active == nil { adopt(service) } else { nextService = service }
  }

  private func adopt(_ new: ChatService) {
    let old = service.provider
    service = new
    nextService = nil
    // What was learned of one provider says nothing of another.
    if new.provider != old {
      omittedFields = []
      model = new.provider.model
    }
    if !new.provider.sharesStore(with: old) {
      conversation.forgetStoredResponse()
      conversation.threadID = nil
    }
  }

  /// Forgets all turns, after cancelling the running one; the system prompt stays.
  public func clear() {
    cancel()
    conversation.turns = []
    conversation.threadID = nil
    conversation.summary = nil
  }

  /// Takes up another conversation in place of this one, after cancelling the running turn. The ids of turns rise on.
  public func takeUp(_ conversation: Conversation) {
    cancel()
    self.conversation = conversation
    lastTurn = max(lastTurn, conversation.turns.map(\.id.number).max() ?? 0)
  }

  /// The machine of a turn that makes that request, of another provider than the session's where one is given.
  func machine(for request: ChatRequest, of provider: Provider? = nil) -> TurnStateMachine {
    TurnStateMachine(
      provider: provider ?? service.provider, request: request, timeouts: service.timeouts,
      retries: RetryPolicy(limit: service.retries), chance: chance, asksForCredential: service.credentials != nil,
      announcesSilence: announcesSilence,
      now: clock.now)
  }

  /// Returns once the service has been told of turns that ended on our side, or a few seconds were spent in trying. To be
  /// awaited before the program ends.
  public func finishFarewells() async {
    for farewell in farewells.values { await farewell.value }
  }

  /// The models that the service lists, in its order, within the limits of a turn. Independent of a running turn; a
  /// cancelled task ends it.
  ///
  /// - Parameter other: the service to ask; nil asks the one that answers the next turn.
  public func listModels(of other: ChatService? = nil) async throws(ChatError) -> [String] {
    let service = other ?? nextService ?? service
    return try await ModelInquiry(
      provider: service.provider, transport: transport, clock: clock, timeouts: service.timeouts,
      credentials: service.credentials
    ).models()
  }

  private func cancel(_ id: TurnID) {
    if active?.id == id { cancel() }
  }
}

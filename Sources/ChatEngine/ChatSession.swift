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
  /// A turn under way.
  private final class ActiveTurn {
    let id: TurnID
    let pulse: Pulse
    let updates: AsyncStream<SessionUpdate>.Continuation
    var machine: TurnStateMachine
    var transfer: (any Transfer)?
    /// Gets the credential that the next request waits for.
    var authorization: Task<Void, Never>?
    /// Runs the tools that were called.
    var running: Task<Void, Never>?
    /// How many requests were made.
    var attempt = 0
    /// What the turn is for where it is not a question.
    var compaction: Compaction?
    /// A turn of the talk, whose calls of tools are answered where that can be done.
    var tools: ToolTurn?

    init(
      id: TurnID, pulse: Pulse, updates: AsyncStream<SessionUpdate>.Continuation, machine: TurnStateMachine
    ) {
      self.id = id
      self.pulse = pulse
      self.updates = updates
      self.machine = machine
    }
  }

  /// Bytes that are decoded in one go: some 5 ms of work, so that a burst does not keep a cancel waiting.
  private static let slice = 128 << 10

  public private(set) var conversation: Conversation
  /// The model that requests name: the configured one, else the first that the service listed; nil until it did.
  public private(set) var model: String?

  private let transport: any Transport
  private let clock: TurnClock
  private let gathering: Duration?
  private let announcesSilence: Bool
  private let chance: @Sendable () -> Double
  /// That of the running turn, else of the next one.
  private var service: ChatService
  /// What the next turn begins with, set while one runs.
  private var nextService: ChatService?
  private let tools: [JSONValue]
  private let toolRunner: (any ToolRunner)?
  private var omittedFields: Set<String> = []
  private var active: ActiveTurn?
  private var lastTurn: Int
  /// What the service is being told after the end of a turn, by number.
  private var farewells: [Int: Task<Void, Never>] = [:]
  private var farewellCount = 0

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

  private func begin(
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

  /// Has the model write a summary of the older turns, which stands for them in later requests; the last turn or two, and the
  /// turns themselves, stay as they are. The updates are those of a turn whose answer is the summary; `compacted` tells
  /// that it holds. Whatever else ends it leaves the talk as it was. Nil when there is nothing to fold, or a turn is running.
  public func compact() -> TurnUpdates? {
    let id = TurnID(lastTurn + 1)
    guard active == nil, let compaction = Compaction(conversation, turn: id) else { return nil }
    lastTurn += 1
    let (stream, updates) = AsyncStream<SessionUpdate>.makeStream()
    return begin(id, prompt: "", compaction: compaction, stream: stream, updates: updates)
  }

  /// Takes the reply to a request for a summary; true when the turn goes on with another request.
  private func proceed(_ turn: ActiveTurn, after result: TurnResult) -> Bool {
    guard let step = turn.compaction?.take(result) else { return false }
    switch step {
    case .failed: return false
    case .finished(let summary):
      conversation.summary = summary
      // A thread holds the talk in full.
      conversation.threadID = nil
      let change = SessionUpdate.Change.compacted(
        messages: turn.compaction?.messageCount ?? 0, characters: summary.text.count)
      turn.updates.yield(SessionUpdate(turn: turn.id, change: change))
      return false
    case .ask(let messages):
      turn.machine = machine(for: summaryRequest(messages))
      perform(turn.machine.begin(now: clock.now), of: turn)
      return true
    }
  }

  /// Has the tools run that the model called, and asks it to go on with what they say; true when the turn goes on so.
  private func runTools(_ turn: ActiveTurn, after result: TurnResult) -> Bool {
    guard let toolRunner, turn.tools?.unanswered == nil, service.provider.kind.takesToolAnswers,
      turn.tools?.wantsAnswers(result) == true, toolRunner.takes(result.toolCalls)
    else { return false }
    turn.tools?.unanswered = result
    turn.transfer?.cancel()
    turn.transfer = nil
    turn.running = Task {
      let outputs = await toolRunner.answer(result.toolCalls)
      guard active === turn, let round = turn.tools?.take(outputs), let tools = turn.tools else { return }
      turn.updates.yield(SessionUpdate(turn: turn.id, change: .toolsAnswered(round)))
      turn.machine = machine(for: tools.request(model: model, omitting: omittedFields), of: tools.provider)
      perform(turn.machine.begin(now: clock.now), of: turn)
      if active === turn { turn.pulse.arm(turn.machine.nextDeadline) }
    }
    return true
  }

  /// A request for a summary: no tools, and no limit that was meant for short answers.
  private func summaryRequest(_ messages: [Message]) -> ChatRequest {
    var parameters = service.parameters
    parameters.maxTokens = service.provider.summaryLimit(parameters.maxTokens)
    return ChatRequest(messages: messages, model: model, parameters: parameters, omittedFields: omittedFields)
  }

  private func machine(for request: ChatRequest, of provider: Provider? = nil) -> TurnStateMachine {
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

  // MARK: The running turn

  private func cancel(_ id: TurnID) {
    if active?.id == id { cancel() }
  }

  private func run(_ id: TurnID) async {
    guard let turn = active, turn.id == id else { return }
    for await _ in turn.pulse.beats {
      guard active === turn else { return }
      await look(at: turn)
      guard active === turn else { return }
      if let due = turn.machine.nextDeadline, due <= clock.now {
        // What lies in the socket came in time, whoever was slow to read it.
        await turn.transfer?.settle()
        await look(at: turn)
        guard active === turn else { return }
        perform(turn.machine.judge(now: clock.now), of: turn)
      }
      guard active === turn else { return }
      turn.pulse.arm(turn.machine.nextDeadline)
    }
  }

  /// Gives all that came to the machine, in slices between which others get at the session.
  private func look(at turn: ActiveTurn) async {
    guard active === turn, let transfer = turn.transfer else { return }
    let attempt = turn.attempt
    let batch = transfer.take()
    var start = 0
    repeat {
      let end = min(start + Self.slice, batch.bytes.count)
      let isLast = end == batch.bytes.count
      let part = TransferBatch(
        isConnected: batch.isConnected, head: start == 0 ? batch.head : nil,
        bytes: start == 0 && isLast ? batch.bytes : Array(batch.bytes[start..<end]), end: isLast ? batch.end : nil)
      perform(turn.machine.receive(part, now: clock.now), of: turn)
      if isLast { break }
      start = end
      await Task.yield()
    } while active === turn && turn.attempt == attempt
    if let gathering, turn.machine.hasPiece { turn.transfer?.gather(for: gathering) }
  }

  private func perform(_ actions: [TurnStateMachine.Action], of turn: ActiveTurn) {
    for action in actions {
      switch action {
      case .open(let request):
        turn.transfer?.cancel()
        turn.attempt += 1
        turn.transfer = transport.open(request, signal: turn.pulse.signal)
      case .authorize(let refused): authorize(turn, insteadOf: refused)
      case .tell(let change): turn.updates.yield(SessionUpdate(turn: turn.id, change: change))
      case .learnModel(let name): model = name
      case .learnOmitted(let names): omittedFields = names
      case .forgetStored: conversation.forgetStoredResponse()
      // A summary is written in a thread of its own.
      case .learnThread(let id): if turn.compaction == nil { conversation.threadID = id }
      case .sayFarewell(let request): sayFarewell(request)
      case .finish(let result): finish(turn, with: result)
      }
    }
  }

  /// Asks for the credential; the answer comes back as long as the turn runs, whose end ends the asking.
  private func authorize(_ turn: ActiveTurn, insteadOf refused: Credential?) {
    turn.transfer?.cancel()
    turn.transfer = nil
    turn.authorization = Task { [credentials = service.credentials] in
      guard let outcome = await credentials?.outcome(insteadOf: refused), active === turn else { return }
      perform(turn.machine.authorized(outcome, now: clock.now), of: turn)
      if active === turn { turn.pulse.arm(turn.machine.nextDeadline) }
    }
  }

  private func sayFarewell(_ words: RunFarewell) {
    farewellCount += 1
    let number = farewellCount
    farewells[number] = Task { [transport, clock] in
      await Farewell.say(words, over: transport, clock: clock)
      farewells[number] = nil
    }
  }

  private func finish(_ turn: ActiveTurn, with result: TurnResult) {
    if proceed(turn, after: result) || runTools(turn, after: result) { return }
    active = nil
    turn.running?.cancel()
    turn.authorization?.cancel()
    turn.transfer?.cancel()
    turn.pulse.stop()
    var result = turn.tools?.whole(endingWith: result) ?? result
    if let index = conversation.turns.lastIndex(where: { $0.id == turn.id }) {
      if let beginning = conversation.turns[index].beginning {
        result = beginning.joined(with: result)
        conversation.turns[index].beginning = nil
      }
      conversation.turns[index].result = result
    }
    turn.updates.yield(SessionUpdate(turn: turn.id, change: .finished(result)))
    turn.updates.finish()
  }
}

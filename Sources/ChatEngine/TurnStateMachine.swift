import ChatModel
import ChatWire

/// Decides what happens in one turn. Pure: what came and what time it is goes in, what to do comes out.
///
/// A turn is a sequence of requests, one after the other. Which comes next is `TurnPlan`'s word; the last one's reply is the
/// answer.
struct TurnStateMachine {
  /// What the session has to do, in order.
  enum Action: Equatable {
    /// Make this request, in place of the one before.
    case open(HTTPRequest)
    /// Get a credential, other than the one that was refused, and bring it to `authorized`.
    case authorize(insteadOf: Credential?)
    case tell(SessionUpdate.Change)
    /// The service's first model, for this and later turns.
    case learnModel(String)
    /// Fields that the service refuses, for this and later turns.
    case learnOmitted(Set<String>)
    /// The response that the service stored is not to be relied on any more.
    case forgetStored
    /// The thread in which the service keeps the talk; nil where it keeps it no longer.
    case learnThread(String?)
    /// Tell the service that nobody waits for the answer any more. The turn does not wait for that.
    case sayFarewell(RunFarewell)
    /// The turn is over.
    case finish(TurnResult)
  }

  private enum Phase {
    case listing, preparing, answering
    /// A credential is being got for the next request.
    case authorizing(insteadOf: Credential?)
    /// A request failed in a way that may pass; it is made again at that time.
    case waiting(until: Duration)
    case over
  }

  /// Seconds that a run which is being ended may hold its thread.
  private static let longestWaitForThread = 10
  /// Bytes of an error's body that are worth reading.
  private static let errorBodyLimit = 1 << 20

  private var provider: Provider
  private let retries: RetryPolicy
  /// The credential is asked for before each request.
  private let asksForCredential: Bool
  private var isAuthorized = false
  /// The service's 401, for which another credential was asked; at most once a turn.
  private var refusal: ChatError?
  /// From 0 up to 1, drawn for each wait.
  private let chance: @Sendable () -> Double
  /// Requests that failed and were, or will be, made again.
  private var failures = 0
  private var plan: TurnPlan
  private let start: Duration
  private var phase = Phase.answering
  private var deadlines: Deadlines
  private var listing: ModelListing?
  private var preparation: WholeReply?
  private var decoder: ResponseDecoder?
  /// The stream that broke off and is taken up.
  private var interruption: Interruption?
  private var accumulator = TurnAccumulator()
  private var firstPiece: Duration?
  /// The answer's finish reason is there: what may still come is usage and the end.
  private var isWhole = false
  /// The response's status is no success.
  private var isRefused = false
  private var errorBytes = 0
  /// Whether silence is told of, and the deadline that was.
  private let announcesSilence: Bool
  private var announced: Duration?
  /// How often the turn waited for a run to let go of the thread.
  private var waitsForThread = 0

  init(
    provider: Provider, request: ChatRequest, timeouts: Timeouts, retries: RetryPolicy,
    chance: @escaping @Sendable () -> Double, asksForCredential: Bool = false, announcesSilence: Bool = false,
    now: Duration
  ) {
    self.announcesSilence = announcesSilence
    self.provider = provider
    self.retries = retries
    self.chance = chance
    self.asksForCredential = asksForCredential
    plan = TurnPlan(provider: provider, request: request)
    start = now
    deadlines = Deadlines(timeouts, now: now)
  }

  /// When the session should look again even if nothing comes; nil when no limit is set.
  var nextDeadline: Duration? {
    let deadline: Duration? =
      switch phase {
      case .waiting(let time): time
      case .authorizing: deadlines.end
      case .listing, .preparing, .answering, .over: running?.next?.at
      }
    return [deadline, nextWarning].compactMap { $0 }.min()
  }

  /// The limits of the request that runs.
  private var running: Deadlines? {
    switch phase {
    case .listing: listing?.deadlines
    case .preparing: preparation?.deadlines
    case .answering: deadlines
    case .waiting, .authorizing, .over: nil
    }
  }

  /// True once anything of the answer has come.
  var hasPiece: Bool { firstPiece != nil }

  /// Begins the turn.
  mutating func begin(now: Duration) -> [Action] { proceed(now: now) }

  /// Takes what came of the present request's response.
  mutating func receive(_ batch: TransferBatch, now: Duration) -> [Action] {
    let actions = take(batch, now: now)
    guard announced != nil, running?.next?.at != announced else { return actions }
    announced = nil
    let isHeard = actions.contains { if case .tell(.events) = $0 { true } else { false } }
    return isHeard ? actions : [.tell(.silent(left: nil))] + actions
  }

  private mutating func take(_ batch: TransferBatch, now: Duration) -> [Action] {
    switch phase {
    case .listing: listed(listing?.receive(batch, now: now), now: now)
    case .preparing: prepared(preparation?.receive(batch, now: now), now: now)
    case .answering: receiveAnswer(batch, now: now)
    case .waiting, .authorizing, .over: []
    }
  }

  /// Ends the turn when a limit ran out. Everything that came by that time must have been given to `receive` before.
  mutating func judge(now: Duration) -> [Action] {
    let verdict = verdict(now: now)
    guard verdict.isEmpty, let warning = nextWarning, warning <= now else { return verdict }
    return announce(now: now)
  }

  /// When the reader is to hear that nothing comes; nil where that was told, or is not wanted.
  private var nextWarning: Duration? {
    guard announcesSilence, let running, running.next?.at != announced else { return nil }
    return running.warning
  }

  private mutating func announce(now: Duration) -> [Action] {
    guard announcesSilence, let end = running?.next?.at else { return [] }
    announced = end
    return [.tell(.silent(left: end - now))]
  }

  /// Waits longer for what is waited for.
  mutating func extend(by time: Duration, now: Duration) -> [Action] {
    deadlines.extend(by: time)
    listing?.deadlines.extend(by: time)
    preparation?.deadlines.extend(by: time)
    return announce(now: now)
  }

  private mutating func verdict(now: Duration) -> [Action] {
    switch phase {
    case .listing: return listed(listing?.judge(now: now), now: now)
    case .preparing: return prepared(preparation?.judge(now: now), now: now)
    case .waiting(let time): return time <= now ? proceed(now: now) : []
    case .over: return []
    case .authorizing:
      // How long the request takes is not yet the question.
      guard let end = deadlines.end, end <= now else { return [] }
      accumulator.end(as: .timedOut, error: provider.timeout(.total, of: deadlines.lengthened))
      return finish(now: now)
    case .answering:
      guard let limit = deadlines.passed(now: now) else { return [] }
      // The answer is whole, or the error is known: a connection that stays open takes nothing away from it.
      if deadlines.isLingering { return take(decoder?.finish(.closed) ?? [], hadBytes: false, now: now) }
      accumulator.end(as: .timedOut, error: provider.timeout(limit, of: deadlines.lengthened))
      return finish(now: now)
    }
  }

  /// Takes the credential that was asked for.
  mutating func authorized(_ outcome: Result<Credential, ChatError>, now: Duration) -> [Action] {
    guard case .authorizing(let refused) = phase else { return [] }
    switch outcome {
    case .failure(let error): return fail(error, now: now)
    case .success(let credential):
      // The same once more would be refused once more.
      if let refusal, credential == refused { return fail(refusal, now: now) }
      provider.credential = credential
      plan.authorize(with: credential)
      isAuthorized = true
      return proceed(now: now)
    }
  }

  /// Ends the turn on the user's word; what came is kept.
  mutating func cancel(now: Duration) -> [Action] {
    if case .over = phase { return [] }
    accumulator.end(as: .cancelled)
    return finish(now: now)
  }

  // MARK: The parts of a turn

  /// Makes the request that is next in the plan.
  private mutating func proceed(now: Duration) -> [Action] {
    deadlines.beginAttempt(now: now)
    guard isAuthorized || !asksForCredential else {
      phase = .authorizing(insteadOf: nil)
      return [.authorize(insteadOf: nil)]
    }
    isAuthorized = false
    do throws(ChatError) {
      switch try plan.next() {
      case .listModels(let request):
        phase = .listing
        listing = ModelListing(provider: provider, deadlines: deadlines)
        return [.open(request)]
      case .prepare(let request):
        phase = .preparing
        preparation = WholeReply(provider: provider, deadlines: deadlines)
        return [.open(request)]
      case .answer(let request):
        accumulator = TurnAccumulator()
        interruption = nil
        return askForAnswer(request)
      case .takeUp(let request): return askForAnswer(request)
      }
    } catch {
      return fail(error, now: now)
    }
  }

  private mutating func askForAnswer(_ request: HTTPRequest) -> [Action] {
    phase = .answering
    decoder = nil
    isWhole = false
    isRefused = false
    errorBytes = 0
    return [.open(request)]
  }

  private mutating func listed(_ outcome: Result<[String], ChatError>?, now: Duration) -> [Action] {
    switch outcome {
    case nil: return []
    case .failure(let error):
      return fail(error, now: now)
    case .success(let models):
      guard let model = models.first else { return fail(provider.noModel("lists none"), now: now) }
      plan.choose(model: model)
      return [.learnModel(model)] + proceed(now: now)
    }
  }

  private mutating func prepared(_ outcome: Result<[UInt8], ChatError>?, now: Duration) -> [Action] {
    guard let outcome else { return [] }
    let thread = plan.request.threadID
    do throws(ChatError) {
      try plan.take(try outcome.get())
    } catch {
      return error.isTimeout ? fail(error, now: now) : failed(error, now: now)
    }
    let isNew = plan.request.threadID != thread
    return (isNew ? [.learnThread(plan.request.threadID)] : []) + proceed(now: now)
  }

  private mutating func receiveAnswer(_ batch: TransferBatch, now: Duration) -> [Action] {
    if batch.isConnected { deadlines.connected() }
    if let head = batch.head {
      isRefused = !(200..<300).contains(head.status)
      let interrupted = isRefused ? nil : interruption?.decoder
      decoder = interrupted?.takenUp(head: head) ?? ResponseDecoder(kind: provider.kind, head: head)
      if isRefused { deadlines.linger(now: now) }
    }
    var events = batch.bytes.isEmpty ? [] : decoder?.consume(batch.bytes) ?? []
    if isRefused { errorBytes += batch.bytes.count }
    if let end = batch.end {
      events += decoder?.finish(end) ?? [.failed(withoutHead(end))]
    } else if errorBytes > Self.errorBodyLimit {
      events += decoder?.finish(.closed) ?? []
    }
    return take(events, hadBytes: !batch.bytes.isEmpty, now: now)
  }

  private func withoutHead(_ end: StreamEnd) -> ChatError {
    switch end {
    case .cut(let error): error
    case .closed:
      ChatError(
        .protocolViolation, "\(provider.displayHost) closed the connection without an answer", mayPass: true)
    }
  }

  /// Adds events to the result, tells of them at once, and sees whether the turn is over.
  private mutating func take(_ events: [ChatEvent], hadBytes: Bool, now: Duration) -> [Action] {
    var told: [ChatEvent] = []
    var isOver = false
    var failure: ChatError?
    for event in events {
      if case .failed(let error) = event {
        failure = error
        break
      }
      accumulator.add(event)
      if event == .completed {
        isOver = true
        break
      }
      told.append(event)
      if case .finishReason = event { isWhole = true }
      if event.isPiece {
        deadlines.piece(now: now)
        if firstPiece == nil { firstPiece = now }
      }
    }
    if hadBytes, isWhole || isRefused { deadlines.linger(now: now) }
    let telling: [Action] = told.isEmpty ? [] : [.tell(.events(told))]
    if let failure { return telling + failed(failure, now: now) }
    return isOver ? telling + finish(now: now) : telling
  }

  /// The service reported an error or the stream broke off: where the plan has another way, it is gone at once.
  private mutating func failed(_ error: ChatError, now: Duration) -> [Action] {
    if let actions = takeUp(after: error, now: now) { return actions }
    // That a stream could not be taken up says less than why it broke off.
    if let interruption, decoder == nil || isRefused { return fail(interruption.error, now: now) }
    let before = plan.request
    guard firstPiece == nil, plan.revise(after: error) else {
      return waitForThread(after: error, now: now) ?? fail(error, now: now)
    }
    var actions: [Action] = []
    if plan.request.continued != before.continued { actions.append(.forgetStored) }
    if plan.request.omittedFields != before.omittedFields { actions.append(.learnOmitted(plan.request.omittedFields)) }
    if plan.request.threadID != before.threadID { actions.append(.learnThread(plan.request.threadID)) }
    let delay = Duration.seconds(bounded: error.retryAfter ?? 0)
    if delay == .zero {
      return actions + [.tell(.retrying(reason: provider.withoutKey(error), after: .zero))] + proceed(now: now)
    }
    // A server that asks for time gets it, whatever it is asked next.
    guard delay <= RetryPolicy.longestWait, mayWait(delay, now: now) else { return actions + fail(error, now: now) }
    return actions + wait(delay, because: error, now: now)
  }

  /// The stream broke off, or could not be taken up at once: what the service goes on with in the background is asked for
  /// after a while. Nil where it does not, or was asked often enough.
  private mutating func takeUp(after error: ChatError, now: Duration) -> [Action]? {
    let broken = isRefused ? nil : decoder.map { Interruption(decoder: $0, error: error) }
    guard let interrupted = broken ?? interruption, let position = interrupted.decoder.position else { return nil }
    var error = error
    if broken != nil {
      guard Interruption.isBreak(error) else { return nil }
      error.mayPass = true
    }
    guard let wait = retries.wait(after: error, failures: failures + 1, chance: chance()), mayWait(wait, now: now),
      plan.takeUp(at: position)
    else { return nil }
    failures += 1
    interruption = interrupted
    return self.wait(wait, because: error, now: now)
  }

  /// A run that is being ended still holds the thread: it is asked again every second, so long as that can be expected to
  /// help. Nil where it is something else, or has taken too long.
  private mutating func waitForThread(after error: ChatError, now: Duration) -> [Action]? {
    guard firstPiece == nil, plan.isHeld(by: error), waitsForThread < Self.longestWaitForThread,
      mayWait(.seconds(1), now: now)
    else { return nil }
    waitsForThread += 1
    return wait(.seconds(1), because: error, now: now)
  }

  private mutating func wait(_ delay: Duration, because error: ChatError, now: Duration) -> [Action] {
    phase = .waiting(until: now + delay)
    return [.tell(.retrying(reason: provider.withoutKey(error), after: delay))]
  }

  /// True where the total leaves time for something after that wait.
  private func mayWait(_ delay: Duration, now: Duration) -> Bool { deadlines.end.map { now + delay < $0 } ?? true }

  /// The request failed: it is made again after a while where that may help, else the turn is over.
  private mutating func fail(_ error: ChatError, now: Duration) -> [Action] {
    if error.status == 401, firstPiece == nil, refusal == nil, asksForCredential, let refused = provider.credential {
      refusal = error
      phase = .authorizing(insteadOf: refused)
      return [.tell(.retrying(reason: provider.withoutKey(error), after: .zero)), .authorize(insteadOf: refused)]
    }
    if firstPiece == nil, let wait = retries.wait(after: error, failures: failures + 1, chance: chance()),
      mayWait(wait, now: now)
    {
      failures += 1
      let farewell = error.mayLeaveRun ? farewell(of: accumulator.result) : []
      plan.repeats()
      return farewell + self.wait(wait, because: error, now: now)
    }
    let advised = error.isTimeout ? error : provider.advised(error)
    // What somebody else wrote is not ours to measure.
    let isOurs = plan.request.given == nil
    accumulator.add(.failed(isOurs ? provider.measured(advised, sent: plan.request.messages) : advised))
    return finish(now: now)
  }

  private mutating func finish(now: Duration) -> [Action] {
    phase = .over
    var result = accumulator.result
    result.timing = TurnTiming(firstChunk: firstPiece.map { $0 - start }, total: now - start)
    result.threadID = plan.request.threadID
    let forgetting: [Action] = plan.request.continued != nil && result.putsStoredInDoubt ? [.forgetStored] : []
    return forgetting + (result.mayStillRun ? farewell(of: result) : []) + [.finish(result)]
  }

  private func farewell(of result: TurnResult) -> [Action] {
    let position = decoder?.position ?? interruption?.decoder.position
    return plan.farewell(run: result.runID, response: position?.response).map { [.sayFarewell($0)] } ?? []
  }
}

extension ChatError {
  /// True where the service may not know that its answer was lost.
  fileprivate var mayLeaveRun: Bool { kind == .network || kind == .tls || mayPass == true }
}

extension TurnResult {
  /// True when the turn failed without an answer, other than on the way to the service or at its door.
  fileprivate var putsStoredInDoubt: Bool {
    guard !hasContent, let error, status != .cancelled else { return false }
    return ![.auth, .rateLimit, .network, .tls, .config].contains(error.kind)
  }

  /// True when it was not the service that ended the turn, which may go on with it.
  fileprivate var mayStillRun: Bool {
    switch status {
    case .complete: false
    case .cancelled, .timedOut, .truncated: true
    case .failed: error?.mayLeaveRun ?? false
    }
  }
}

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

  /// What the turn waits for.
  enum Phase {
    case listing, preparing, answering
    /// A credential is being got for the next request.
    case authorizing(insteadOf: Credential?)
    /// A request failed in a way that may pass; it is made again at that time.
    case waiting(until: Duration)
    case over
  }

  /// Bytes of an error's body that are worth reading.
  private static let errorBodyLimit = 1 << 20

  var provider: Provider
  let retries: RetryPolicy
  /// The credential is asked for before each request.
  let asksForCredential: Bool
  private var isAuthorized = false
  /// The service's 401, for which another credential was asked; at most once a turn.
  var refusal: ChatError?
  /// From 0 up to 1, drawn for each wait.
  let chance: @Sendable () -> Double
  /// Requests that failed and were, or will be, made again.
  var failures = 0
  var plan: TurnPlan
  private let start: Duration
  var phase = Phase.answering
  var deadlines: Deadlines
  var listing: ModelListing?
  var preparation: WholeReply?
  var decoder: ResponseDecoder?
  /// The stream that broke off and is taken up.
  var interruption: Interruption?
  var accumulator = TurnAccumulator()
  var firstPiece: Duration?
  /// The answer's finish reason is there: what may still come is usage and the end.
  private var isWhole = false
  /// The response's status is no success.
  var isRefused = false
  private var errorBytes = 0
  /// Whether silence is told of, and the deadline that was.
  let announcesSilence: Bool
  var announced: Duration?
  /// How often the turn waited for a run to let go of the thread.
  var waitsForThread = 0

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
  mutating func proceed(now: Duration) -> [Action] {
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

  /// Takes the models that the service lists, once they are there.
  mutating func listed(_ outcome: Result<[String], ChatError>?, now: Duration) -> [Action] {
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

  /// Takes the reply to a request that had to come before the answer's, once it is there.
  mutating func prepared(_ outcome: Result<[UInt8], ChatError>?, now: Duration) -> [Action] {
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
  mutating func take(_ events: [ChatEvent], hadBytes: Bool, now: Duration) -> [Action] {
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

  /// Ends the turn with what came.
  mutating func finish(now: Duration) -> [Action] {
    phase = .over
    var result = accumulator.result
    result.timing = TurnTiming(firstChunk: firstPiece.map { $0 - start }, total: now - start)
    result.threadID = plan.request.threadID
    let forgetting: [Action] = plan.request.continued != nil && result.putsStoredInDoubt ? [.forgetStored] : []
    return forgetting + (result.mayStillRun ? farewell(of: result) : []) + [.finish(result)]
  }

  /// What the service is to hear of a turn that did not end there.
  func farewell(of result: TurnResult) -> [Action] {
    let position = decoder?.position ?? interruption?.decoder.position
    return plan.farewell(run: result.runID, response: position?.response).map { [.sayFarewell($0)] } ?? []
  }
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

import ChatModel
import ChatWire

/// Decides what happens in one turn. Pure: what came and what time it is goes in, what to do comes out.
///
/// A turn is made of attempts, each one request. The first may be for the list of models, when none is set.
struct TurnStateMachine {
  /// What the session has to do, in order.
  enum Action: Equatable {
    /// Make this request, in place of the one before.
    case open(HTTPRequest)
    case tell(SessionUpdate.Change)
    /// The service's first model, for this and later turns.
    case learnModel(String)
    /// Fields that the service refuses, for this and later turns.
    case learnOmitted(Set<String>)
    /// The turn is over.
    case finish(TurnResult)
  }

  private enum Phase { case listing, answering, over }

  /// Bytes of an error's body that are worth reading.
  private static let errorBodyLimit = 1 << 20

  private let provider: Provider
  private var request: ChatRequest
  private let start: Duration
  private var phase = Phase.answering
  private var deadlines: Deadlines
  private var listing: ModelListing?
  private var decoder: ResponseDecoder?
  private var accumulator = TurnAccumulator()
  private var firstPiece: Duration?
  private var isAmended = false
  /// The answer's finish reason is there: what may still come is usage and the end.
  private var isWhole = false
  /// The response's status is no success.
  private var isRefused = false
  private var errorBytes = 0

  init(provider: Provider, request: ChatRequest, timeouts: Timeouts, now: Duration) {
    self.provider = provider
    self.request = request
    start = now
    deadlines = Deadlines(timeouts, now: now)
  }

  /// When the session should look again even if nothing comes; nil when no limit is set.
  var nextDeadline: Duration? {
    switch phase {
    case .listing: listing?.deadlines.next?.at
    case .answering: deadlines.next?.at
    case .over: nil
    }
  }

  /// Begins the turn.
  mutating func begin(now: Duration) -> [Action] {
    guard provider.isModelRequired, request.model == nil else { return attempt(now: now) }
    do throws(ChatError) {
      guard let request = try provider.modelsRequest() else { throw provider.noModel("lists none") }
      phase = .listing
      listing = ModelListing(provider: provider, deadlines: deadlines)
      return [.open(request)]
    } catch {
      return fail(error, now: now)
    }
  }

  /// Takes what came of the present attempt's response.
  mutating func receive(_ batch: TransferBatch, now: Duration) -> [Action] {
    switch phase {
    case .listing: listed(listing?.receive(batch, now: now), now: now)
    case .answering: receiveAnswer(batch, now: now)
    case .over: []
    }
  }

  /// Ends the turn when a limit ran out. Everything that came by that time must have been given to `receive` before.
  mutating func judge(now: Duration) -> [Action] {
    switch phase {
    case .listing: return listed(listing?.judge(now: now), now: now)
    case .over: return []
    case .answering:
      guard let limit = deadlines.passed(now: now) else { return [] }
      // The answer is whole, or the error is known: a connection that stays open takes nothing away from it.
      if deadlines.isLingering { return take(decoder?.finish(.closed) ?? [], hadBytes: false, now: now) }
      accumulator.end(as: .timedOut, error: provider.timeout(limit, of: deadlines.timeouts))
      return finish(now: now)
    }
  }

  /// Ends the turn on the user's word; what came is kept.
  mutating func cancel(now: Duration) -> [Action] {
    if phase == .over { return [] }
    accumulator.end(as: .cancelled)
    return finish(now: now)
  }

  // MARK: The parts of a turn

  private mutating func attempt(now: Duration) -> [Action] {
    phase = .answering
    deadlines.beginAttempt(now: now)
    accumulator = TurnAccumulator()
    decoder = nil
    isWhole = false
    isRefused = false
    errorBytes = 0
    do {
      return [.open(try provider.chatRequest(request))]
    } catch {
      return fail(error, now: now)
    }
  }

  private mutating func listed(_ outcome: Result<[String], ChatError>?, now: Duration) -> [Action] {
    switch outcome {
    case nil: return []
    case .failure(let error):
      if error.isTimeout {
        accumulator.end(as: .timedOut, error: error)
        return finish(now: now)
      }
      return fail(error, now: now)
    case .success(let models):
      guard let model = models.first else { return fail(provider.noModel("lists none"), now: now) }
      request.model = model
      return [.learnModel(model)] + attempt(now: now)
    }
  }

  private mutating func receiveAnswer(_ batch: TransferBatch, now: Duration) -> [Action] {
    if batch.isConnected { deadlines.connected() }
    if let head = batch.head {
      decoder = ResponseDecoder(kind: provider.kind, head: head)
      isRefused = !(200..<300).contains(head.status)
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
    case .closed: ChatError(.protocolViolation, "\(provider.displayHost) closed the connection without an answer")
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

  /// The service reported an error or the stream broke off: once, a field that it refused is left out.
  private mutating func failed(_ error: ChatError, now: Duration) -> [Action] {
    guard !isAmended, firstPiece == nil, let amended = provider.amended(request, after: error) else {
      return fail(error, now: now)
    }
    isAmended = true
    request = amended
    return [.learnOmitted(amended.omittedFields), .tell(.retrying(reason: provider.withoutKey(error), after: .zero))]
      + attempt(now: now)
  }

  private mutating func fail(_ error: ChatError, now: Duration) -> [Action] {
    accumulator.add(.failed(provider.advised(error)))
    return finish(now: now)
  }

  private mutating func finish(now: Duration) -> [Action] {
    phase = .over
    var result = accumulator.result
    result.timing = TurnTiming(firstChunk: firstPiece.map { $0 - start }, total: now - start)
    return [.finish(result)]
  }
}

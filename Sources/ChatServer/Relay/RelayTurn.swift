import ChatEngine
import ChatModel
import ChatWire

/// One turn of the service, for one request of a client.
///
/// What the session tells and the time for a sign of life come in one stream, so that one loop writes all there is to write.
/// Where the client falls behind, the service is not read any further and the turn's clock stands still: what waits is
/// bounded, and a slow reader runs into no time limit that is meant for the service.
struct RelayTurn: Sendable {
  private enum Occurrence: Sendable {
    case update(SessionUpdate.Change)
    /// Nothing was told for a while.
    case silence
  }

  private let tap: UpstreamTap
  private let clock: PausableClock
  private let keepAlive: Duration
  private let occurrences: AsyncStream<Occurrence>
  /// Ends all that runs for the turn.
  private let end: @Sendable () -> Void
  private let turns: RelayTurns

  /// `onEnd` runs once the turn has ended of itself.
  init(
    session: ChatSession, updates: TurnUpdates, tap: UpstreamTap, clock: PausableClock, keepAlive: Duration,
    turns: RelayTurns, onEnd: @escaping @Sendable () async -> Void
  ) {
    self.tap = tap
    self.clock = clock
    self.keepAlive = keepAlive
    self.turns = turns
    let (stream, continuation) = AsyncStream<Occurrence>.makeStream()
    let number = turns.begin(session)
    let telling = Task {
      for await update in updates {
        if case .events(let events) = update.change { tap.note(waiting: events.count) }
        continuation.yield(.update(update.change))
      }
      if !Task.isCancelled { await onEnd() }
      continuation.finish()
      turns.end(number)
    }
    let ticking = Task {
      while (try? await clock.sleep(until: clock.now.advanced(by: keepAlive), tolerance: nil)) != nil {
        continuation.yield(.silence)
      }
    }
    occurrences = stream
    end = {
      telling.cancel()
      ticking.cancel()
    }
    continuation.onTermination = { [end] _ in end() }
  }

  /// The whole answer in one response.
  func wholeResponse(_ form: CompletionForm) async -> ServerResponse {
    defer { end() }
    for await occurrence in occurrences {
      if case .update(.events(let events)) = occurrence { tap.note(written: events.count) }
      if let refusal = refusal(by: occurrence) { return refusal }
      guard case .update(.finished(let result)) = occurrence else { continue }
      if let failure = failure(of: result) { return failure }
      return .json(tap.withoutKeys(form.whole(result, raw: tap.body)))
    }
    return .error(500, "The turn ended without a result.")
  }

  /// The answer as a stream; an error response where the service refuses the question before anything came.
  func response(_ form: CompletionForm) async -> ServerResponse {
    var early: [Occurrence] = []
    waiting: for await occurrence in occurrences {
      early.append(occurrence)
      if let refusal = refusal(by: occurrence) {
        end()
        return refusal
      }
      switch occurrence {
      // From now on the client gets signs of life, and so the head before them.
      case .silence: break waiting
      case .update(.events(let events)):
        if events.contains(where: { $0.isPiece || $0.isReason }) { break waiting }
      case .update(.finished(let result)):
        if let failure = failure(of: result) {
          end()
          return failure
        }
        break waiting
      case .update: break
      }
    }
    return .events { [self, early] in try await stream(form, after: early, to: $0) }
  }

  /// The response where the service asks for more time than a client is kept waiting without a word: that, and when to come
  /// again, is the client's to know. Nil for anything else.
  private func refusal(by occurrence: Occurrence) -> ServerResponse? {
    guard case .update(.retrying(let reason, let delay)) = occurrence, reason.retryAfter != nil, delay >= keepAlive
    else { return nil }
    return .failure(reason, raw: tap.error.map(tap.withoutKeys))
  }

  /// The response for a turn that failed without an answer; nil for any other.
  private func failure(of result: TurnResult) -> ServerResponse? {
    if result.status == .cancelled { return .error(503, RelayTurns.stopping, code: "stopping") }
    guard result.status != .complete, let error = result.error else { return nil }
    return .failure(error, raw: tap.error.map(tap.withoutKeys))
  }

  /// Writes the answer as it comes, to its last event. Throws `CancellationError` once the client has gone.
  func stream(_ form: some AnswerForm, to writer: ResponseWriter) async throws {
    try await stream(form, after: [], to: writer)
  }

  private func stream(_ form: some AnswerForm, after early: [Occurrence], to writer: ResponseWriter) async throws {
    defer { end() }
    var writing = Writing(form: form, turn: self, writer: writer)
    for occurrence in early { try writing.take(occurrence) }
    if writing.isOver { return }
    for await occurrence in occurrences {
      try writing.take(occurrence)
      if writing.isOver { return }
    }
    throw CancellationError()
  }

  /// Writes what happens, in a form.
  private struct Writing<Form: AnswerForm> {
    var form: Form
    let turn: RelayTurn
    let writer: ResponseWriter
    var isOver = false
    private var isQuiet = true
    private var hasBegun = false

    init(form: Form, turn: RelayTurn, writer: ResponseWriter) {
      self.form = form
      self.turn = turn
      self.writer = writer
    }

    mutating func take(_ occurrence: Occurrence) throws {
      switch occurrence {
      case .silence:
        if isQuiet { try offer(Array(": keep-alive\n\n".utf8)) }
        isQuiet = true
      case .update(.events(let events)):
        turn.tap.note(written: events.count)
        // What comes before the first piece may come again: the request may be made anew.
        hasBegun = hasBegun || events.contains { $0.isPiece || $0.isReason }
        if hasBegun { try offer(form.bytes(of: events, raw: turn.tap.takeChunks())) }
      case .update(.finished(let result)):
        isOver = true
        try offer(form.bytes(of: [], raw: turn.tap.takeChunks()) + form.end(result, rawError: turn.tap.error))
      case .update: break
      }
    }

    private mutating func offer(_ bytes: [UInt8]) throws {
      if bytes.isEmpty { return }
      isQuiet = false
      let hasRoom = try writer.offer(turn.tap.withoutKeys(bytes)) { [tap = turn.tap, clock = turn.clock] in
        clock.resume()
        tap.resume()
      }
      guard !hasRoom, !isOver else { return }
      turn.hold(whileFull: writer)
    }
  }

  /// Reads no further until there is room again.
  private func hold(whileFull writer: ResponseWriter) {
    tap.hold()
    clock.pause()
    // Room may have come in between.
    if writer.hasRoom {
      clock.resume()
      tap.resume()
    }
  }
}

extension ChatEvent {
  /// True for what says that the answer is whole.
  var isReason: Bool { if case .finishReason = self { true } else { false } }
}

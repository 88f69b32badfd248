import ChatModel

/// Turns: sending, what comes back, stopping, the queue.
extension AppState {
  /// Begins a turn with a message.
  mutating func send(_ question: Question, at now: Duration) -> [Effect] {
    let alternative = Alternative(newestOf: alternatives + 1)
    transcript.add {
      .user(id: $0, text: question.text, attachments: question.attachments, alternative: alternative)
    }
    hasQuestion = true
    alternatives = 0
    if !comparing.isEmpty { return compare(question, at: now) }
    beginAnswer(at: now)
    return [.send(question)]
  }

  /// Asks the last question anew, of another model where one is named; the answer that there was is in another way then.
  mutating func retry(with other: String?, at now: Duration) -> [Effect] {
    let answers = transcript.removeLastAnswer()
    alternatives = 0
    transcript.follow()
    beginAnswer(by: other, alternative: Alternative(newestOf: answers + 1), at: now)
    turn?.model = other
    return [.retry(model: other)]
  }

  /// Has the last answer go on where it broke off: it grows in place.
  mutating func carryOn(at now: Duration) -> [Effect] {
    transcript.changeLastAnswer { $0.goOn() }
    transcript.follow()
    beginTurn(at: now)
    turn?.isGoingOn = true
    return [.carryOn]
  }

  private mutating func beginAnswer(by other: String? = nil, alternative: Alternative? = nil, at now: Duration) {
    let model = other ?? model
    transcript.add { .answer(id: $0, model: model, alternative: alternative) }
    beginTurn(at: now)
  }

  private mutating func beginTurn(at now: Duration) {
    turn = RunningTurn(startedAt: now)
    turn?.prices = service.prices
    hint = nil
  }

  /// Takes in what the session tells of the running turn.
  mutating func take(_ update: SessionUpdate, at now: Duration) -> [Effect] {
    if update.turn.isBeside { return take(update, besideAt: now) }
    if case .started = update.change { return started(update.turn) }
    // Nothing of a turn that is over or was never begun here: nothing arrives after Escape.
    guard let id = turn?.id, id == update.turn else { return [] }
    switch update.change {
    case .started: return []
    case .events(let events): return take(events, at: now)
    case .retrying(let reason, let wait): return retrying(reason, after: wait, at: now)
    case .toolsAnswered(let round): return take(round)
    case .finished(let result): return finish(result, at: now)
    case .compacted(let messages, let characters): return compacted(messages, characters)
    case .silent(let left): return silent(left: left, at: now)
    }
  }

  private mutating func started(_ id: TurnID) -> [Effect] {
    if abandonedStarts > 0 {
      abandonedStarts -= 1
      lastEndedTurn = max(lastEndedTurn ?? id, id)
      return []
    }
    guard turn != nil, turn?.id == nil, lastEndedTurn.map({ $0 < id }) ?? true else { return [] }
    turn?.id = id
    turn?.state = .waiting
    return []
  }

  /// No turn comes of what was asked for.
  mutating func refused(_ why: String, at now: Duration) -> [Effect] {
    if abandonedStarts > 0 {
      abandonedStarts -= 1
      return []
    }
    guard turn != nil, turn?.id == nil else { return [] }
    if turn?.isCompacting == false { transcript.changeLastAnswer { $0.rest() } }
    end(as: .ready, at: now)
    hint = Hint(text: why)
    return []
  }

  private mutating func take(_ events: [ChatEvent], at now: Duration) -> [Effect] {
    if turn?.retryAt != nil { hint = nil }
    turn?.givesUpAt = nil
    for event in events {
      turn?.count(event, at: now)
      if case .model(let name) = event, model == nil, !name.isEmpty, turn?.speaksForOthers == true { model = name }
    }
    if turn?.isCompacting == true { return [] }
    show(isSmooth ? buffer.take(events, at: now) : events)
    return []
  }

  /// Adds to the answer on the screen.
  mutating func show(_ events: [ChatEvent]) {
    if events.isEmpty { return }
    transcript.changeLastAnswer { answer in
      for event in events { answer.add(event) }
    }
  }

  /// Adds what was held back to the answer on the screen: nothing that came is lost.
  mutating func showAll() { show(buffer.flush()) }

  private mutating func retrying(_ reason: ChatError, after wait: Duration, at now: Duration) -> [Effect] {
    turn?.tryAgain(after: wait, because: reason, at: now)
    if wait > .zero { hint = Hint(text: "\(TurnEnding.title(of: reason)): trying again", until: now + wait) }
    return []
  }

  private mutating func finish(_ result: TurnResult, at now: Duration) -> [Effect] {
    showAll()
    if turn?.isCompacting == true {
      sayIfNotCompacted(result)
    } else {
      transcript.changeLastAnswer { $0.finish(result) }
    }
    // That of an answer which went on counts its beginning too.
    if let usage = result.usage, turn?.isGoingOn == false { turn?.usage = usage }
    accountForTurn()
    let signals = signalEnd(after: turn.map { now - $0.startedAt } ?? .zero)
    end(as: StatusSample.State(after: result), at: now)
    guard result.status == .complete else {
      sayThatQueueWaits()
      return signals
    }
    return signals + sendNext(at: now)
  }

  /// Ends the running turn at the reader's wish. Its text stays, and nothing more of it is taken in.
  mutating func stop(at now: Duration) -> [Effect] {
    if comparison != nil { return stopComparison(at: now) }
    guard turn != nil else { return [] }
    // Whether the summary holds already is the session's word, which comes at once.
    if turn?.isCompacting == true { return [.cancel] }
    showAll()
    let reason = turn?.reason(at: now)
    transcript.changeLastAnswer { $0.stop(whileWaitingAfter: reason) }
    if turn?.id == nil { abandonedStarts += 1 }
    end(as: .stopped, at: now)
    stoppedAt = now
    sayThatQueueWaits()
    return [.cancel]
  }

  private mutating func end(as state: StatusSample.State, at now: Duration) {
    guard let ended = turn else { return }
    if let id = ended.id { lastEndedTurn = max(lastEndedTurn ?? id, id) }
    status = ended.sample(at: now)
    status.state = state
    status.givesUpIn = nil
    sampledAt = now
    turn = nil
    toolQuestion = nil
    buffer = DisplayBuffer()
    hint = nil
  }

  mutating func sayThatQueueWaits() {
    if queue.isEmpty { return }
    guard input.isEmpty else {
      hint = Hint(text: "The queue waits behind what is typed here", shorter: ["The queue waits"])
      return
    }
    let ways = [keys.phrase(.send, "sends"), keys.phrase(.editor(.up), "edits")].compactMap { $0 }
    hint = Hint(text: ways.isEmpty ? "The queue waits" : "The queue waits: " + ways.joined(separator: ", "))
  }

  /// Sends the oldest queued message, if any may be sent now.
  mutating func sendNext(at now: Duration) -> [Effect] {
    guard turn == nil, comparison == nil, availability == .ready, !queue.isEmpty else { return [] }
    let message = queue.removeFirst()
    refreshMenu(.queue)
    return send(message, at: now)
  }

  /// From now on messages are sent; those that waited first.
  mutating func becomeReady(_ facts: ServiceFacts, at now: Duration) -> [Effect] {
    provider = facts.provider
    model = facts.model ?? model
    service.take(facts)
    availability = .ready
    if turn == nil { status.state = idleState }
    return sendNext(at: now)
  }

  /// There is no one to send to: says why. What was queued goes back to the input, oldest first.
  mutating func becomeUnavailable(_ error: ChatError) -> [Effect] {
    availability = .unavailable
    if turn == nil { status.state = idleState }
    transcript.add { .problem(id: $0, error) }
    returnQueue()
    return []
  }

  /// Puts what was queued back into the input, before what is typed there.
  mutating func returnQueue() {
    if queue.isEmpty { return }
    let waiting = queue + (input.isEmpty ? [] : [input.question])
    queue = []
    input.setQuestion(
      Question(waiting.map(\.text).joined(separator: "\n"), attachments: waiting.flatMap(\.attachments)))
  }

  /// The state of a chat in which no turn has run.
  var idleState: StatusSample.State {
    switch availability {
    case .starting: .starting
    case .ready: .ready
    case .unavailable: .failed
    }
  }
}

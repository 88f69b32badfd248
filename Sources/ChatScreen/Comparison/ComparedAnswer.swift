import ChatModel

/// One of several answers to a question: its text as a transcript of its own, and how far it is.
struct ComparedAnswer: Equatable, Sendable {
  let id: TurnID
  /// Who was asked.
  let asked: ModelChoice
  /// What holds of whom it goes to, once that is known.
  private(set) var facts: ServiceFacts?
  /// Who answers, as far as that is known.
  private var choice: ModelChoice
  var transcript = Transcript()
  /// Nil once it is over.
  private(set) var turn: RunningTurn?
  private(set) var status = StatusSample()
  /// What came and is not shown yet.
  private var buffer = DisplayBuffer()

  /// An answer of which nothing has come yet.
  init(_ id: TurnID, by choice: ModelChoice, options: TranscriptOptions, at now: Duration) {
    self.id = id
    asked = choice
    self.choice = choice
    transcript.options = options
    var item = TranscriptItem.answer(id: 0, model: choice.model)
    // The header says it.
    item.removeHead()
    transcript.show([item])
    turn = RunningTurn(startedAt: now)
    sample(at: now)
  }

  var isRunning: Bool { turn != nil }

  /// What its header calls it.
  var name: String { choice.name }

  /// True once it said something, or failed.
  var hasOutcome: Bool { transcript.items.contains { $0.hasOutcome } }

  /// When a share of a lump is to be shown; nil while nothing waits.
  var nextRelease: Duration? { buffer.nextRelease }

  /// The answer as a part of the talk.
  func item(id: Int) -> TranscriptItem? { transcript.items.first?.withHead(id: id) }

  /// Who answers, as far as that is known now.
  mutating func take(_ facts: ServiceFacts) {
    self.facts = facts
    choice = ModelChoice(provider: facts.provider, model: facts.model)
    turn?.prices = facts.prices
  }

  /// Takes in what is told of its turn; nothing of one that is over.
  mutating func take(_ change: SessionUpdate.Change, isSmooth: Bool, at now: Duration) {
    guard isRunning else { return }
    switch change {
    case .started: turn?.state = .waiting
    case .events(let events):
      turn?.givesUpAt = nil
      for event in events {
        turn?.count(event, at: now)
        if case .model(let name) = event, choice.model == nil, !name.isEmpty { choice.model = name }
      }
      show(isSmooth ? buffer.take(events, at: now) : events)
    case .retrying(let reason, let wait): turn?.tryAgain(after: wait, because: reason, at: now)
    case .silent(let left): turn?.givesUpAt = left.map { now + $0 }
    case .toolsAnswered(let round):
      showAll()
      transcript.changeLastAnswer { $0.addToolOutputs(round.outputs) }
      turn?.state = .waiting
    case .finished(let result):
      showAll()
      transcript.changeLastAnswer { $0.finish(result) }
      sayWhatWasNotRun(result)
      if let usage = result.usage { turn?.usage = usage }
      end(as: StatusSample.State(after: result), at: now)
    case .compacted: break
    }
  }

  /// Nobody is asked whether a tool may run, since several models would ask at a time.
  private mutating func sayWhatWasNotRun(_ result: TurnResult) {
    let names = result.unansweredCalls.compactMap(\.name)
    for (place, name) in names.enumerated() where !names[..<place].contains(name) {
      transcript.changeLastAnswer { $0.addMark("[Not run: --allow-tool \(name) runs it]") }
    }
  }

  /// Ends it at the reader's wish: what came stays.
  mutating func stop(at now: Duration) {
    guard let turn else { return }
    showAll()
    transcript.changeLastAnswer { $0.stop(whileWaitingAfter: turn.reason(at: now)) }
    end(as: .stopped, at: now)
  }

  private mutating func end(as state: StatusSample.State, at now: Duration) {
    sample(at: now)
    status.state = state
    status.givesUpIn = nil
    cost = turn?.cost
    turn = nil
  }

  /// What it cost, where that is known.
  private(set) var cost: Double?

  /// Looks at the numbers.
  mutating func sample(at now: Duration) {
    if let turn { status = turn.sample(at: now) }
  }

  /// Shows what is due of a lump.
  mutating func release(at now: Duration) {
    if let due = buffer.nextRelease, due <= now { show(buffer.release(at: now)) }
  }

  /// Shows what was held back.
  mutating func showAll() { show(buffer.flush()) }

  private mutating func show(_ events: [ChatEvent]) {
    if events.isEmpty { return }
    transcript.changeLastAnswer { answer in
      for event in events { answer.add(event) }
    }
  }
}

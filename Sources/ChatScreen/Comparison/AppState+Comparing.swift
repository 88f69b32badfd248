import ChatModel
import TerminalModel

/// The answer that the talk goes on with, until it is known which of how many it is.
struct KeptAnswer: Equatable, Sendable {
  let turn: TurnID
  let item: Int
}

/// One question to several models: choosing them, what they say, and going on with one of the answers. The others are ways of
/// the talk beside it: nothing is removed.
extension AppState {
  /// True while any answer is on its way.
  var isAnswering: Bool { turn != nil || comparison?.isRunning == true }

  /// Asks all of them, each with the whole talk.
  mutating func compare(_ question: Question, at now: Duration) -> [Effect] {
    let models = comparing.enumerated().map { (TurnID(-(comparedTurns + $0 + 1)), $1) }
    comparing = []
    comparedTurns += models.count
    hint = nil
    let item = transcript.nextItemID
    transcript.add { .answer(id: $0, model: nil) }
    comparison = Comparison(question.text, item: item, of: models, options: transcript.options, at: now)
    let contenders = models.map { turn, choice in
      Contender(turn: turn, choices: choice.choices(over: service.held, present: presentModel))
    }
    return [.compare(question, contenders)]
  }

  /// Takes in what is told of one of the answers; nothing of one that was left or stopped.
  mutating func take(_ update: SessionUpdate, besideAt now: Duration) -> [Effect] {
    guard let index = comparison?.index(of: update.turn), comparison?.answers[index].isRunning == true else {
      return []
    }
    comparison?.answers[index].take(update.change, isSmooth: isSmooth, at: now)
    guard let answer = comparison?.answers[index], !answer.isRunning else { return [] }
    if let cost = answer.cost { spent = (spent ?? 0) + cost }
    guard comparison?.isRunning == false else { return [] }
    sayHowToKeep()
    return signalEnd(after: answer.status.elapsed ?? .zero)
  }

  /// Who one of the models turned out to be.
  mutating func take(_ facts: ServiceFacts, of turn: TurnID) -> [Effect] {
    if let index = comparison?.index(of: turn) { comparison?.answers[index].take(facts) }
    return []
  }

  /// Which of how many the answer is that was kept.
  mutating func kept(_ turn: TurnID, _ place: Alternative?) -> [Effect] {
    guard let kept = keptAnswer, kept.turn == turn else { return [] }
    keptAnswer = nil
    transcript.mark([place], from: kept.item)
    return []
  }

  private mutating func sayHowToKeep() {
    let keep = queue.isEmpty ? keepingKeys : keys.label(of: .send)
    let ways = [
      keys.phrase(.complete, "goes to the next"), keep.map { "\($0) keeps this one" },
      queue.isEmpty ? nil : "then what is queued follows",
    ]
    let next = keys.phrase(.complete, "next").map { $0 + ", " } ?? ""
    hint = Hint(
      text: ways.compactMap { $0 }.joined(separator: ", "),
      shorter: [next + (keep.map { "\($0) keeps this one" } ?? ""), "Keep one of them"])
  }

  /// `Enter or Esc`: the keys that keep the focused answer once all are over.
  var keepingKeys: String? {
    let labels = [keys.label(of: .send), keys.label(of: .escape, in: .input)].compactMap { $0 }
    return labels.isEmpty ? nil : labels.joined(separator: " or ")
  }

  // MARK: Its end

  /// Stops all answers at the reader's wish; what came of them stays, to be chosen from.
  mutating func stopComparison(at now: Duration) -> [Effect] {
    guard comparison?.isRunning == true else { return [] }
    comparison?.stop(at: now)
    stoppedAt = now
    sayHowToKeep()
    return [.cancel]
  }

  /// Enter on an empty input: goes on with the focused answer, and sends what waits.
  mutating func keepFocused(at now: Duration) -> [Effect] {
    guard let focused = comparison?.focused else { return [] }
    if focused.isRunning {
      hint = Hint(
        text: "This answer still comes" + keys.aside(.escape, "stops all"), shorter: ["This answer still comes"])
      return []
    }
    if !focused.hasOutcome, comparison?.wayOn.id != focused.id {
      hint = Hint(text: "Nothing came of this one" + keys.aside(.complete, "goes to the next"))
      return []
    }
    if isFirstOfTwo(at: now) { return [] }
    return keepAnswer(at: now) { $0.sendNext(at: now) }
  }

  /// Says what another Enter would stop, where other answers still come and this is the first one; true then.
  private mutating func isFirstOfTwo(at now: Duration) -> Bool {
    guard let running = comparison?.answers.count(where: \.isRunning), running > 0 else { return false }
    if let until = keepArmedUntil, now < until { return false }
    keepArmedUntil = now + Self.quitWindow
    let key = keys.label(of: .send) ?? "Enter"
    let (others, them) = running == 1 ? ("other one still comes", "it") : ("others still come", "them")
    hint = Hint(
      text: "The \(others): \(key) again stops \(them) and keeps this one", until: keepArmedUntil,
      shorter: ["\(key) again stops \(them), keeps this", "\(key) again keeps it"])
    return true
  }

  /// Goes on with one answer, and with what needs it; what was kept stays said.
  mutating func keepAnswer(at now: Duration, then goOn: (inout AppState) -> [Effect]) -> [Effect] {
    guard comparison != nil else { return goOn(&self) }
    let effects = leaveComparison(at: now)
    let kept = hint
    let more = goOn(&self)
    if let kept, let said = hint, said != kept {
      let brief = kept.shorter.first ?? kept.text
      hint = Hint(text: "\(brief). \(said.text)", until: said.until, shorter: [said.text] + said.shorter)
    } else {
      hint = kept
    }
    return effects + more
  }

  /// Escape where all of it is over.
  mutating func escapeComparison(at now: Duration) -> [Effect] {
    // The key may have been meant for the answers that just ended.
    if let stoppedAt, now < stoppedAt + Self.pauseAfterStop {
      sayHowToKeep()
      return []
    }
    let effects = leaveComparison(at: now)
    sayThatQueueWaits()
    return effects
  }

  /// Goes on with one answer, the focused one if something came of it; what still comes is stopped.
  ///
  /// - Parameter isStaying: whoever gave the answer is to answer from now on. False where the talk is left.
  mutating func leaveComparison(at now: Duration, isStaying: Bool = true) -> [Effect] {
    let running = Set(comparison?.answers.filter(\.isRunning).map(\.id) ?? [])
    let effects = stopComparison(at: now)
    guard let ended = comparison else { return [] }
    comparison = nil
    keepArmedUntil = nil
    let kept = ended.wayOn
    if let answer = kept.item(id: ended.item) { transcript.replace(with: answer) }
    keptAnswer = KeptAnswer(turn: kept.id, item: ended.item)
    transcript.follow()
    status = kept.status
    let switching = isStaying ? goOn(with: kept) : []
    let others = ended.answers.filter { $0.id != kept.id && $0.hasOutcome }
    let stopped = others.contains { running.contains($0.id) } ? ", stopped" : ""
    let rest =
      others.isEmpty
      ? "" : "; /branch has " + (others.count == 1 ? "the other one" : "the \(others.count) others") + stopped
    let who = switching.isEmpty ? "" : ", which answers from now on"
    hint = Hint(
      text: "Kept: \(kept.name)\(who)\(rest)",
      shorter: ["Kept: \(kept.name)\(rest)", "Kept: \(kept.name)", "Kept" + rest, "Kept"])
    // The service first: it may go on from what it stored of the answer.
    return effects + switching + [.keepCompared(kept.id)]
  }

  /// Whoever gave an answer answers from now on, as if chosen in the menu; nothing changes where that is so already.
  private mutating func goOn(with kept: ComparedAnswer) -> [Effect] {
    guard let facts = kept.facts, kept.asked != presentModel else { return [] }
    service.leave(provider: provider, model: model)
    service.asked = service.asked.choosing(kept.asked)
    provider = facts.provider
    model = facts.model
    service.take(facts)
    return [.adopt(service.asked)]
  }

  /// Ends what runs and goes on with what there is, before the talk is left or changed.
  mutating func leaveTurn(at now: Duration, isStaying: Bool = false) -> [Effect] {
    guard comparison != nil else { return stop(at: now) }
    let effects = leaveComparison(at: now, isStaying: isStaying)
    // What it says is not of the talk that comes next.
    hint = nil
    return effects
  }

  // MARK: The page

  /// What is read: the talk, or of several answers the focused one.
  var page: Transcript { comparison?.focused.transcript ?? transcript }

  /// Changes it.
  mutating func changePage<Outcome>(_ change: (inout Transcript) -> Outcome) -> Outcome {
    comparison?.changePage(nil, change) ?? change(&transcript)
  }

  /// Changes how all text is laid out.
  mutating func changePages(_ change: (inout Transcript) -> Void) {
    change(&transcript)
    comparison?.changePages(change)
  }

  /// Lays out what is visible of the answers.
  mutating func settleComparison() {
    // Taken out while it changes, so that it is not copied.
    guard var comparison else { return }
    self.comparison = nil
    comparison.settle(rows: layout.transcript, columns: size.columns, theme: theme) { typingCursor(for: $0) }
    self.comparison = comparison
  }

  /// Says that one answer is to be chosen, where that has to come first; true then.
  mutating func isChoosing() -> Bool {
    guard comparison != nil else { return false }
    hint = Hint(
      text: "Keep one of the answers first" + keys.aside(.send, "keeps this one"), shorter: ["Keep an answer first"])
    return true
  }
}

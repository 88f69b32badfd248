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

  /// `/compare`: the next message goes to these models.
  mutating func arm(_ argument: String) {
    if argument == "off" { return disarm() }
    let words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
    let providers = service.offers.map(\.name)
    var models = words.map { ModelChoice($0, among: providers, current: provider) }
    // One alone is compared with the present one.
    if models.count == 1 { models.insert(presentModel, at: 0) }
    guard Comparison.models.contains(models.count) else {
      hint =
        models.isEmpty
        ? Hint(
          text: "Name two to four models: /compare gpt-4o work/o3 asks them the next message at once",
          shorter: ["Name them: /compare MODEL MODEL", "/compare MODEL MODEL"])
        : Hint(text: "Two to four models at a time, not \(models.count)", shorter: ["Two to four models"])
      return
    }
    comparing = models
    let names = comparing.map(\.name).inWords
    hint = Hint(
      text: "The next message goes to \(names)" + keys.aside(.escape, "leaves that"),
      shorter: ["The next message goes to \(models.count) models", "To \(models.count) models next"])
  }

  private var presentModel: ModelChoice { ModelChoice(provider: provider, model: model) }

  /// The next message goes to one model again.
  mutating func disarm() {
    hint = Hint(text: comparing.isEmpty ? "Nothing is being compared" : "The next message goes to one model")
    comparing = []
  }

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
    let ways = [
      keys.phrase(.complete, "goes to the next"), keys.phrase(.send, "keeps this one"),
      queue.isEmpty ? keys.phrase(.escape, "leaves", in: .input) : "then what is queued follows",
    ]
    let next = keys.phrase(.complete, "next").map { $0 + ", " } ?? ""
    hint = Hint(
      text: ways.compactMap { $0 }.joined(separator: ", "),
      shorter: [next + (keys.phrase(.send, "keeps this one") ?? ""), "Keep one of them"])
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
    return leaveComparison(at: now) + sendNext(at: now)
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
  mutating func leaveComparison(at now: Duration) -> [Effect] {
    let effects = stopComparison(at: now)
    guard let ended = comparison else { return [] }
    comparison = nil
    let kept = ended.wayOn
    if let answer = kept.item(id: ended.item) { transcript.replace(with: answer) }
    keptAnswer = KeptAnswer(turn: kept.id, item: ended.item)
    transcript.follow()
    status = kept.status
    let others = ended.answers.count { $0.id != kept.id && $0.hasOutcome }
    let rest = others == 0 ? "" : others == 1 ? "; /branch has the other one" : "; /branch has the \(others) others"
    hint = Hint(text: "Kept: \(kept.name)\(rest)", shorter: ["Kept: \(kept.name)", "Kept" + rest, "Kept"])
    return effects + [.keepCompared(kept.id)]
  }

  /// Ends what runs and goes on with what there is, before the talk is left or changed.
  mutating func leaveTurn(at now: Duration) -> [Effect] { leaveComparison(at: now) + stop(at: now) }

  // MARK: The page

  /// Changes the text that is scrolled: the talk, or of several answers the focused one.
  mutating func changePage(_ change: (inout Transcript) -> Void) {
    if comparison != nil { comparison?.changePage(nil, change) } else { change(&transcript) }
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

extension [String] {
  /// `a, b and c`.
  fileprivate var inWords: String {
    count < 2 ? first ?? "" : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}

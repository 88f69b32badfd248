import ChatModel
import TerminalModel

/// One question, the answers of several models to it, side by side, and the one that keys go to.
struct Comparison: Equatable, Sendable {
  /// The models at a time.
  static let models = 2...4

  let question: String
  /// The item of the talk that the answer is going to take the place of.
  let item: Int
  var answers: [ComparedAnswer]
  private(set) var focus = 0
  private(set) var layout = ComparisonLayout()
  private var sampledAt: Duration

  /// - Parameters:
  ///   - item: the answer's in the talk.
  ///   - options: as the talk is laid out.
  init(
    _ question: String, item: Int, of models: [(TurnID, ModelChoice)], options: TranscriptOptions, at now: Duration
  ) {
    self.question = question
    self.item = item
    answers = models.map { ComparedAnswer($0, by: $1, options: options, at: now) }
    sampledAt = now
  }

  var isRunning: Bool { answers.contains(where: \.isRunning) }

  var focused: ComparedAnswer { answers[focus] }

  /// The answer that the talk goes on with unless another is chosen: the focused one, or where nothing came of it, the first
  /// of which something did.
  var wayOn: ComparedAnswer { focused.hasOutcome ? focused : answers.first(where: \.hasOutcome) ?? focused }

  func index(of turn: TurnID) -> Int? { answers.firstIndex { $0.id == turn } }

  /// The answer that stands in that place of the screen.
  func index(at place: Position) -> Int? { layout.areas.firstIndex { $0?.contains(place) ?? false } }

  /// Goes to the next answer, or the one before, around the ends.
  mutating func move(by step: Int) { focus = (focus + step + answers.count) % answers.count }

  /// Goes to an answer.
  mutating func move(to index: Int) {
    if answers.indices.contains(index) { focus = index }
  }

  /// Changes the text that is scrolled, the focused one unless another is meant.
  mutating func changePage<Outcome>(_ index: Int? = nil, _ change: (inout Transcript) -> Outcome) -> Outcome {
    change(&answers[index ?? focus].transcript)
  }

  /// Changes how all of them are laid out.
  mutating func changePages(_ change: (inout Transcript) -> Void) {
    for index in answers.indices { change(&answers[index].transcript) }
  }

  /// Stops all that run.
  mutating func stop(at now: Duration) {
    for index in answers.indices { answers[index].stop(at: now) }
  }
}

/// Time, and the place on the screen.
extension Comparison {
  /// Shows what is due of what was held back.
  mutating func release(at now: Duration) {
    for index in answers.indices { answers[index].release(at: now) }
  }

  /// Looks at the numbers of all, where it is time, or where one is in another state.
  mutating func sample(every interval: Duration, at now: Duration) {
    let isNewState = answers.contains { answer in
      guard let state = answer.turn?.sample(at: now).state else { return false }
      return state != answer.status.state && !(state.isAnswering && answer.status.state.isAnswering)
    }
    guard isNewState || now >= sampledAt + interval else { return }
    for index in answers.indices { answers[index].sample(at: now) }
    sampledAt = now
  }

  /// When something is to be looked at again though nothing came.
  func nextTick(every interval: Duration, at now: Duration) -> Duration? {
    var times = answers.compactMap(\.nextRelease)
    if isRunning {
      let isAnswering = answers.contains { $0.isRunning && $0.status.state.isAnswering }
      times.append(sampledAt + interval + (isAnswering ? FramePacer.streaming * 2 : .zero))
    }
    if answers.contains(where: \.transcript.isBehind) { times.append(now) }
    return times.min()
  }

  /// Lays out what is visible of the answers in those rows.
  mutating func settle(rows: Range<Int>, columns: Int, theme: Theme, cursor: (StatusSample) -> String) {
    layout = ComparisonLayout(rows: rows, columns: columns, count: answers.count, focus: focus)
    for index in answers.indices {
      guard let area = layout.areas[index], !area.text.isEmpty else { continue }
      answers[index].transcript.typingCursor = cursor(answers[index].status)
      answers[index].transcript.goOn()
      // The first row of the page, which at its beginning is empty, lies behind the header.
      answers[index].transcript.settle(width: area.columns.count, rows: area.text.count + 1, theme: theme)
    }
  }
}

import ChatModel
import ChatScreen
import Glibc
import TerminalModel

/// A chat without a terminal: events go in, every frame is drawn and its cost noted.
///
/// Costs are seconds of processor time, which other programs on the machine change little.
struct Stage {
  private(set) var state = AppState(size: Size(columns: 120, rows: 40), provider: "bench")
  /// What each event, and the frame after it, cost.
  private(set) var costs: [Double] = []
  private var now = Duration.zero
  private var turn = 0

  var worst: Double { costs.max() ?? 0 }
  var median: Double { costs.median }

  /// Begins to note costs anew.
  mutating func restart() { costs = [] }

  /// Takes an event in and draws the frame, and what follows from it without anything else happening.
  mutating func take(_ event: AppEvent) {
    now += .milliseconds(40)
    step(event)
    while let next = state.nextTick(at: now), next <= now { step(.tick) }
  }

  private mutating func step(_ event: AppEvent) {
    let start = Self.processorTime
    _ = state.apply(event, at: now)
    let frame = Screen.render(state)
    costs.append(Self.processorTime - start)
    precondition(!frame.rows.isEmpty)
  }

  /// Presses a key.
  mutating func press(_ code: Key.Code, _ modifiers: Key.Modifiers = []) { take(.input(.key(Key(code, modifiers)))) }

  /// Sends a message, and begins its answer.
  mutating func ask() {
    turn += 1
    press(.character("q"))
    press(.enter)
    take(.session(SessionUpdate(turn: TurnID(turn), change: .started(prompt: "q"))))
  }

  /// Asks four models at once.
  mutating func compare() {
    for character in "/compare a b c d" { press(.character(character)) }
    press(.enter)
    press(.character("q"))
    press(.enter)
  }

  /// A piece comes of each of the four answers.
  mutating func streamToAll(_ piece: String) {
    for number in 1...4 { take(.session(SessionUpdate(turn: TurnID(-number), change: .events([.text(piece)])))) }
  }

  /// A piece of the answer comes.
  mutating func stream(_ piece: String) {
    take(.session(SessionUpdate(turn: TurnID(turn), change: .events([.text(piece)]))))
  }

  /// The answer ends; `content`: all of it.
  mutating func finish(_ content: String) {
    var result = TurnResult()
    result.content = content
    take(.session(SessionUpdate(turn: TurnID(turn), change: .finished(result))))
  }

  /// A whole exchange.
  mutating func exchange(_ content: String) {
    ask()
    stream(content)
    finish(content)
  }

  /// Seconds that this thread has computed.
  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

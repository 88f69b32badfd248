import ChatModel
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// Random keys, with random windows, while answers stream: whatever was typed is somewhere, and the screen is right.
@Suite struct RandomKeysTests {
  /// `THOROUGH=1` presses the 10,000 keys of the claim for each seed; else there are as many seeds as it takes to come
  /// everywhere, and at least two.
  @Test func nothingTypedIsLostAndTheScreenIsRight() throws {
    let isThorough = cases(0, thorough: 1) == 1
    var reached: [String: Int] = [:]
    var missing: [String] { RandomPlay.places.map(\.name).filter { reached[$0] == nil } }
    for seed in 1...(isThorough ? 5 : 20) as ClosedRange<UInt64>
    where isThorough || seed <= 2 || !missing.isEmpty {
      var play = RandomPlay(seed: seed)
      for _ in 0..<(isThorough ? 10_000 : 500) { try play.step() }
      reached.merge(play.reached) { $0 + $1 }
      print("seed \(seed): \(play.account)")
    }
    #expect(missing.isEmpty, "never reached; \(reached)")
    if isThorough { print(reached.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", ")) }
  }
}

/// A chat in which keys are pressed at random.
private struct RandomPlay {
  let seed: UInt64
  private var random: SeededGenerator
  private var state = RandomPlay.begin(Size(columns: 80, rows: 24))
  private var outside = RandomOutside()
  private var person = RandomPerson()
  private var characters = TypedCharacters()
  private var now = Duration.zero
  private var steps = 0
  private(set) var reached: [String: Int] = [:]

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(state: seed)
    outside.restart()
  }

  private static func begin(_ size: Size) -> AppState {
    AppState(size: size, provider: "demo", model: "m", offers: ServicePlay.offers, keepsHistory: true)
  }

  var account: String {
    "\(steps) keys, \(characters.typed.count + characters.deleted) characters typed, \(characters.deleted) deleted"
  }

  /// What a run has to come to.
  static let places: [(name: String, isThere: @Sendable (AppState) -> Bool)] = [
    ("a streaming answer", { $0.turn?.state == .streaming }), ("a queue", { !$0.queue.isEmpty }),
    ("a stop", { $0.stoppedAt != nil }), ("recall", { $0.recall != nil }),
    ("the list of commands", { $0.commandList.isOpen }), ("models", { $0.shows(.models) }),
    ("prompts", { $0.shows(.prompts) }), ("saved chats", { $0.shows(.chats) }), ("ways", { $0.shows(.branches) }),
    ("settings", { $0.shows(.settings) }), ("themes", { $0.shows(.themes) }), ("keys", { $0.shows(.keys) }),
    ("waiting messages", { $0.shows(.queue) }), ("help", { $0.focus == .help }),
    ("a chat's name", { if case .menu(let menu) = $0.overlay { menu.naming != nil } else { false } }),
    ("a file in the input", { !$0.input.question.attachments.isEmpty }),
    ("a folded paste", { $0.input.hasInsets && $0.input.question.attachments.isEmpty }),
    ("a path that is typed", { $0.input.isInMention }), ("an edit", { $0.edit != nil }), ("find", { $0.find != nil }),
    ("a selection", { $0.selection != nil }), ("a file's name", { $0.focus == .fileName }),
    ("a tool's question", { $0.toolQuestion != nil }), ("a command's question", { $0.command == .asked }),
    ("a command that runs", { if case .running = $0.command { true } else { false } }),
    ("the editor", { $0.heldInputs != nil && !$0.waitsForFile }), ("an Enter that waits", { $0.waitsForFile }),
    ("the page scrolled up", { if case .at = $0.transcript.anchor { true } else { false } }),
    ("a private chat", { $0.isPrivate }), ("a walk through earlier inputs", { !$0.inputHistory.passed.isEmpty }),
    ("a small window", { $0.size.columns < 10 && $0.size.rows < 6 }),
  ]

  /// One key, and what happens before the next.
  mutating func step() throws {
    steps += 1
    now += .milliseconds(Int.random(in: 0...(steps % 7 == 0 ? 2500 : 200), using: &random))
    let input = person.input(for: state, &random)
    let mayDelete = deletes(input)
    try apply(.input(input), mayDelete: mayDelete)
    for (name, isThere) in Self.places where isThere(state) { reached[name, default: 0] += 1 }
    if Bool.random(using: &random), let event = outside.answer() { try apply(event) }
    if Bool.random(using: &random), let event = outside.news(&random) { try apply(event) }
    switch Int.random(in: 0..<30, using: &random) {
    case 0:
      let size = Size(columns: Int.random(in: 1...100, using: &random), rows: Int.random(in: 1...30, using: &random))
      try apply(.resized(size))
    case 1: try apply(.tick)
    default: break
    }
    if steps % 4 == 0 || cases(0, thorough: 1) == 1 { try checkScreen() }
  }

  private mutating func apply(_ event: AppEvent, mayDelete: Bool = false) throws {
    // Keys that waited do now what they do.
    let held = state.heldInputs ?? []
    let before = state
    let effects = state.apply(event, at: now)
    if case .input(let input) = event { characters.add(input, state) }
    for input in held { characters.add(input, state) }
    for effect in effects {
      if case .send(let question) = effect { characters.sent(question.text) }
      if case .compare(let question, _) = effect { characters.sent(question.text) }
      outside.perform(effect, &random)
    }
    let missing = characters.missing(state, outside)
    if !missing.isEmpty {
      try #require(
        mayDelete || (state.heldInputs == nil && held.contains { deletes($0) || leadsAway($0) }),
        "seed \(seed), key \(steps): \(missing) lost by \(Self.name(of: event)); before: \(before.account)")
      characters.delete(missing)
    }
    if effects.contains(.quit) { try restart() }
  }

  private static func name(of event: AppEvent) -> String {
    if case .input(let input) = event { "\(input)" } else { "an answer" }
  }

  /// Whether a key takes something out of the input: all others must not.
  private func deletes(_ input: TerminalInput) -> Bool {
    guard case .key(let key) = input else { return false }
    guard case .action(let action) = state.keys.meaning(of: state.begunKeys + [key], in: state.focus) else {
      return false
    }
    switch action {
    case .editor(let command):
      return ![.newline, .up, .down, .left, .right, .wordLeft, .wordRight, .lineStart, .lineEnd, .yank].contains(
        command)
    case .deleteOrQuit, .interrupt: return true
    default: return false
    }
  }

  /// Whether a key that waited opened something else than the input, which those behind it went to.
  private func leadsAway(_ input: TerminalInput) -> Bool {
    guard case .key(let key) = input, case .action(let action) = state.keys.meaning(of: [key], in: .input) else {
      return false
    }
    if case .editor = action { return false }
    return action != .send
  }

  /// The program ends, and another run takes up what was kept.
  private mutating func restart() throws {
    let draft = state.draftToKeep ?? Draft()
    if !state.isPrivate {
      let kept = Set(draft.texts.joined())
      let written = ([state.input.text, state.edit?.draft.text ?? ""] + state.queue.map(\.text)).joined()
      try #require(kept.isSuperset(of: written), "seed \(seed), key \(steps): lost at the end")
      outside.keep(draft)
    }
    characters.restart(draft)
    state = Self.begin(state.size)
    outside.restart()
    while let event = outside.answer() { try apply(event) }
  }

  private func checkScreen() throws {
    let frame = Screen.render(state)
    let place: Comment = "seed \(seed), key \(steps)"
    try #require(frame.size == state.size && frame.rows.count == state.size.rows, place)
    for row in frame.rows { try #require(row.count == state.size.columns, place) }
    let cursor = try #require(frame.cursor, place)
    try #require(cursor.column >= 0 && cursor.column < state.size.columns, place)
    try #require(cursor.row >= 0 && cursor.row < state.size.rows, place)
    // What is kept from change to change is what is drawn from scratch. Where the page or the input is scrolled, another
    // width in between moves it.
    let inputFits = state.layout.input.count < ScreenLayout.maximumInputRows(state.size)
    guard steps % 8 == 0, state.transcript.anchor == .following, inputFits, state.focus == .input else { return }
    var fresh = state
    let size = state.size
    _ = fresh.apply(.resized(Size(columns: size.columns + 1, rows: size.rows)), at: now)
    fresh.titleRow = KeptRow()
    fresh.statusRow = KeptRow()
    _ = fresh.apply(.resized(size), at: now)
    let isAsFromScratch = Screen.render(fresh) == frame
    try #require(isAsFromScratch, place)
  }
}

extension AppState {
  /// What matters where something is lost.
  fileprivate var account: String {
    "\(focus), input “\(input.text)”, edit over “\(edit?.draft.text ?? "")”, passed \(inputHistory.passed), \(queue.count) wait, "
      + "\(command.map { "\($0)" } ?? "no command"), files \(waitsForFile), private \(isPrivate)"
  }

  fileprivate func shows(_ kind: MenuKind) -> Bool {
    if case .menu(let menu) = overlay { menu.kind == kind } else { false }
  }
}

import ChatModel
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// Whatever comes in whatever order: no trap, whole frames, no typed text lost, no page moved under the reader.
@Suite struct RandomScreenTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func anythingGoes(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var chat = RandomChat()
    for step in 0..<600 {
      chat.step(&random)
      try chat.check("seed \(seed), step \(step)")
    }
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func typedTextIsSentQueuedOrStillThere(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var state = AppState(size: Size(columns: 40, rows: 12), provider: "demo")
    var sent: [String] = []
    var typed: [String] = []
    var turn = 0
    func run(_ event: AppEvent) {
      for effect in state.apply(event, at: .zero) {
        guard case .send(let question) = effect else { continue }
        sent.append(question.text)
        turn += 1
        let update = SessionUpdate(turn: TurnID(turn), change: .started(prompt: question.text))
        _ = state.apply(.session(update), at: .zero)
      }
    }
    for number in 0..<100 {
      typed.append("message \(number)")
      for character in "message \(number)" {
        run(.input(.key(Key(.character(character)))))
        switch UInt8.random(in: 0..<8, using: &random) {
        case 0: run(.session(SessionUpdate(turn: TurnID(turn), change: .events([.text("word 世界 ")]))))
        case 1: run(.session(SessionUpdate(turn: TurnID(turn), change: .finished(TurnResult()))))
        case 2: run(.resized(Size(columns: Int.random(in: 1...50, using: &random), rows: 5)))
        case 3: run(.input(.key(Key(.pageUp))))
        default: break
        }
      }
      run(.input(.key(Key(.enter))))
    }
    #expect(sent + state.queue.map(\.text) == typed, "seed \(seed)")
    #expect(state.input.isEmpty)
  }
}

/// What is kept from change to change is what a fresh layout would be.
@Suite struct IncrementalLayoutTests {
  @Test(arguments: [21, 22, 23, 24] as [UInt64])
  func editedRowsAreThoseOfTheText(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var editor = InputEditor()
    let pieces = ["word ", "世界", "longer-word", "\t", " ", "e\u{301}", "x", "\u{302}", "\n", "👩‍👩‍👧"]
    let moves: [EditorCommand] = [.left, .right, .wordLeft, .up, .down, .lineStart, .backspace, .deleteForward, .undo]
    for step in 0..<1500 {
      if Bool.random(using: &random) {
        editor.paste(pieces.randomElement(using: &random) ?? "")
      } else {
        editor.perform(moves.randomElement(using: &random) ?? .left)
      }
      let columns = step % 400 < 200 ? 12 : 7
      let count = editor.fit(columns: columns, maximumRows: 4)
      var fresh = InputEditor(editor.text)
      let total = fresh.fit(columns: columns, maximumRows: 10_000)
      let all = fresh.visibleRows(total).map(String.init)
      let shown = editor.visibleRows(count).map(String.init)
      let fits = all.indices.contains { Array(all[$0...].prefix(count)) == shown }
      let isRight = count == min(4, all.count) && fits
      try #require(isRight, "seed \(seed), step \(step): \(shown) of \(all)")
      try #require((0..<count).contains(editor.cursorCell.row), "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: [31, 32, 33] as [UInt64])
  func anyPiecesMakeTheScreenOfTheWhole(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let long = String(repeating: "x", count: 90)
    let text = String(repeating: "Words and 世界 e\u{301}\u{302} 👩‍👩‍👧 in lines,\n\tsome long: \(long) ", count: 8)
    var rest = text.unicodeScalars[...]
    var pieces: [ChatEvent] = []
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...30, using: &random))
      pieces.append(.text(String(String.UnicodeScalarView(piece))))
      rest = rest.dropFirst(piece.count)
    }
    func answered(_ batches: [[ChatEvent]]) -> Frame {
      var state = AppState(size: Size(columns: 33, rows: 60), provider: "demo")
      for code in [Key.Code.character("q"), .enter] { _ = state.apply(.input(.key(Key(code))), at: .zero) }
      _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "q"))), at: .zero)
      for events in batches {
        _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .events(events))), at: .zero)
      }
      _ = state.apply(.input(.key(Key(.escape))), at: .zero)
      var frame = Frame(size: state.size)
      TranscriptView.render(state.transcript, into: &frame, rows: state.layout.transcript)
      return frame
    }
    #expect(answered(pieces.map { [$0] }) == answered([[.text(text)]]), "seed \(seed)")
    #expect(answered([pieces]) == answered([[.text(text)]]), "seed \(seed)")
  }
}

/// A chat in which anything happens.
private struct RandomChat {
  private var state = AppState(size: Size(columns: 80, rows: 24), provider: "demo", notices: ["A start"])
  private var now = Duration.zero
  private var turn = 0
  private var pending = 0
  /// The first line of the page, where nothing but a piece of the answer came while the reader was scrolled up.
  private var topBefore: TranscriptLine?

  private static let codes: [Key.Code] = [
    .enter, .enter, .tab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    .function(1), .function(2), .character("a"), .character("b"), .character("c"), .character("d"), .character("e"),
    .character("f"), .character("j"), .character("k"), .character("o"), .character("t"), .character("u"),
    .character("w"), .character("y"), .character("_"), .character("/"), .character("\\"), .character(" "),
    .character("世"), .character("👩‍👩‍👧"), .character("\u{301}"),
  ]
  private static let pieces = [
    "word ", "\n", "世界", "a long piece of text with many words in it, ", "\u{1B}[2J", "\u{301}", "👍🏽", "\t", "\r\n",
    "x", String(repeating: "long", count: 100), "\u{202E}", "",
  ]

  mutating func step(_ random: inout SeededGenerator) {
    now += .milliseconds(Int.random(in: 0...400, using: &random))
    topBefore = nil
    switch Int.random(in: 0..<21, using: &random) {
    case 0 where Int.random(in: 0..<8, using: &random) == 0: compare(&random)
    case 0..<10: apply(.input(.key(key(&random))))
    case 10..<17: session(&random)
    case 17:
      let size = Size(columns: Int.random(in: 0...100, using: &random), rows: Int.random(in: 0...30, using: &random))
      apply(.resized(size))
    case 18: apply(.input(.paste(piece(&random) + "\n" + piece(&random))))
    default: apply(.tick)
    }
  }

  /// Asks several at once, if nothing is in the way.
  private mutating func compare(_ random: inout SeededGenerator) {
    for key in [Key(.escape), Key(.character("u"), .control)] { apply(.input(.key(key))) }
    let models = ["a 世界/b", "demo c d", "e f g h"]
    for character in "/compare " + (models.randomElement(using: &random) ?? "a b") {
      apply(.input(.key(Key(.character(character)))))
    }
    for code in [Key.Code.enter, .character("q"), .enter] { apply(.input(.key(Key(code)))) }
  }

  private func key(_ random: inout SeededGenerator) -> Key {
    let code = Self.codes.randomElement(using: &random) ?? .enter
    let modifiers: [Key.Modifiers] = [[], [], [], .control, .alt, .shift]
    return Key(code, modifiers.randomElement(using: &random) ?? [])
  }

  private func piece(_ random: inout SeededGenerator) -> String { Self.pieces.randomElement(using: &random) ?? "" }

  private mutating func session(_ random: inout SeededGenerator) {
    if began(&random) { return }
    let own = turn
    defer { turn = own }
    if let beside = state.comparison?.answers.randomElement(using: &random)?.id.number { turn = beside }
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<6:
      topBefore = isScrolledUp ? state.transcript.top : nil
      update(.events([.text(piece(&random)), .text(piece(&random))]))
    case 6: update(.events([.reasoning(piece(&random))]))
    case 7:
      let index = Int.random(in: 0...2, using: &random)
      update(.events([.toolCall(ToolCallFragment(index: index, name: "tool", arguments: piece(&random)))]))
    case 8: update(.events([.refusal(piece(&random)), .usage(Usage(completionTokens: .max)), .model("m\u{7}")]))
    case 9: update(.retrying(reason: ChatError(.server, "again", status: 500), after: .seconds(2)))
    default:
      var result = TurnResult()
      let statuses: [TurnStatus] = [.complete, .cancelled, .timedOut, .truncated, .failed]
      result.status = statuses.randomElement(using: &random) ?? .complete
      result.content = piece(&random)
      if result.status != .complete { result.error = ChatError(.server, piece(&random), retryAfter: .infinity) }
      update(.finished(result))
    }
  }

  /// The session may begin what it was asked for.
  private mutating func began(_ random: inout SeededGenerator) -> Bool {
    guard pending > 0, Bool.random(using: &random) else { return false }
    pending -= 1
    turn += 1
    update(.started(prompt: ""))
    return true
  }

  private mutating func update(_ change: SessionUpdate.Change) {
    apply(.session(SessionUpdate(turn: TurnID(turn), change: change)))
  }

  private mutating func apply(_ event: AppEvent) {
    for effect in state.apply(event, at: now) where effect == .retry(model: nil) || effect.isSend { pending += 1 }
  }

  private var isScrolledUp: Bool {
    if case .at = state.transcript.anchor { return true }
    return false
  }

  func check(_ place: String) throws {
    let frame = Screen.render(state)
    let size = Size(columns: max(1, state.size.columns), rows: max(1, state.size.rows))
    try #require(frame.size == size, "\(place)")
    try #require(frame.rows.count == size.rows, "\(place)")
    for row in frame.rows { try #require(row.count == size.columns, "\(place)") }
    let cursor = try #require(frame.cursor, "\(place)")
    try #require((0..<size.columns).contains(cursor.column) && (0..<size.rows).contains(cursor.row), "\(place)")
    for row in frame.rows {
      for cell in row {
        try #require(!cell.text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" }, "\(place)")
      }
    }
    if let topBefore { try #require(state.transcript.top == topBefore, "\(place)") }
    if let next = state.nextTick(at: now) { try #require(next >= now, "\(place)") }
  }
}

extension Effect {
  fileprivate var isSend: Bool {
    if case .send = self { return true }
    return false
  }
}

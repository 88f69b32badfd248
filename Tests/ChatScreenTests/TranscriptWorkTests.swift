import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

/// What a frame costs, counted in parts laid out and rows drawn: what is visible, not what is stored.
@Suite struct TranscriptWorkTests {
  private static let size = Size(columns: 80, rows: 24)
  /// Parts that a frame of 24 rows may touch. Every row may be a part, walked over to find the page's top, its bottom,
  /// its cells and the new lines.
  private static let frameLimit = 300

  private func press(_ state: inout AppState, _ name: String) throws {
    _ = state.apply(.input(.key(try Screenplay.key(name))), at: .zero)
  }

  private func stream(_ state: inout AppState, _ text: String) {
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .events([.text(text)]))), at: .zero)
  }

  /// What `change` costs.
  private func cost(_ state: inout AppState, _ change: (inout AppState) throws -> Void) rethrows -> LayoutWork {
    let before = state.transcript.work
    try change(&state)
    let after = state.transcript.work
    return LayoutWork(parts: after.parts - before.parts, rows: after.rows - before.rows)
  }

  private func beginAnswer(_ state: inout AppState) throws {
    _ = state.apply(.input(.key(Key(.character("q")))), at: .zero)
    try press(&state, "Enter")
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "q"))), at: .zero)
  }

  private func check(_ state: inout AppState) throws {
    stream(&state, "Begun ")
    for piece in ["word ", "another ", "**strong** "] {
      let streaming = cost(&state) { stream(&$0, piece) }
      #expect(streaming.parts < Self.frameLimit)
      // The line that grew, at most with the one that it wrapped into, or with the end of a construct.
      #expect(streaming.rows <= 3)
    }
    let nothing = cost(&state) { _ = $0.apply(.tick, at: .zero) }
    #expect(nothing.rows == 0)
    for key in ["PgUp", "PgUp", "Alt-PgUp", "Alt-Up", "Ctrl-Up", "PgDn", "Ctrl-Home", "PgDn", "Alt-Down", "Ctrl-End"] {
      let scrolling = try cost(&state) { try press(&$0, key) }
      // While the reader is scrolled up, new lines are counted up to a thousand.
      #expect(scrolling.parts < Self.frameLimit + 2 * Transcript.newLinesLimit, "\(key)")
      #expect(scrolling.rows <= 24, "\(key)")
    }
    for size in [Size(columns: 60, rows: 30), Size(columns: 33, rows: 12), Self.size] {
      let resizing = cost(&state) { _ = $0.apply(.resized(size), at: .zero) }
      #expect(resizing.parts < Self.frameLimit)
    }
  }

  @Test func tenThousandMessagesCostWhatIsVisible() throws {
    var state = AppState(size: Self.size, provider: "demo")
    for number in 0..<10_000 {
      state.transcript.add { .user(id: $0, text: "Message \(number)\nof two lines") }
    }
    try beginAnswer(&state)
    try check(&state)
  }

  @Test(arguments: ["A paragraph of some words.\n\n", "a line of code\n", "words of one paragraph "])
  func aLongAnswerCostsWhatIsVisible(piece: String) throws {
    var state = AppState(size: Self.size, provider: "demo")
    try beginAnswer(&state)
    if piece.contains("code") { stream(&state, "```\n") }
    let text = String(repeating: piece, count: 64 * 1024 / piece.utf8.count)
    for _ in 0..<4 { stream(&state, text) }
    _ = run(&state)
    try check(&state)
  }

  @Test(arguments: ["words and words ", "a line of words\n", "世界", "\n"])
  func aLongMessageCostsWhatIsVisible(piece: String) throws {
    var state = AppState(size: Self.size, provider: "demo")
    state.transcript.add { .user(id: $0, text: String(repeating: piece, count: 256 * 1024 / piece.utf8.count)) }
    try beginAnswer(&state)
    try check(&state)
  }

  @Test func rowsThatLookAsTheyDidKeepTheirCells() throws {
    var state = AppState(size: Self.size, provider: "demo")
    try beginAnswer(&state)
    stream(&state, String(repeating: "A paragraph.\n\n", count: 40) + "Begun")
    let before = Screen.render(state)
    stream(&state, ", and more")
    let after = Screen.render(state)
    let kept = zip(before.rows, after.rows).filter { before, after in
      before.withUnsafeBufferPointer { $0.baseAddress } == after.withUnsafeBufferPointer { $0.baseAddress }
    }
    // The title, the status line and the like are drawn anew.
    #expect(kept.count >= state.layout.transcript.count - 3)
  }

  /// Frames until nothing more moves by itself.
  private func run(_ state: inout AppState) -> Int {
    var ticks = 0
    while state.nextTick(at: .zero) == .zero, ticks < 1000 {
      _ = state.apply(.tick, at: .zero)
      ticks += 1
    }
    return ticks
  }

  @Test func anAnswerThatComesAtOnceIsLaidOutInSlices() throws {
    var state = AppState(size: Self.size, provider: "demo")
    try beginAnswer(&state)
    let text = (0..<20_000).map { "Paragraph \($0).\n\n" }.joined() + "The end."
    stream(&state, text)
    #expect(!Screen.render(state).text.contains("The end."))
    // Keys do not wait for it.
    _ = state.apply(.input(.key(Key(.character("x")))), at: .zero)
    #expect(Screen.render(state).text.contains("> x"))
    let ticks = run(&state)
    #expect(ticks >= text.utf8.count / BlockContent.sliceSize)
    #expect(ticks < 40)
    #expect(Screen.render(state).text.contains("The end."))
    var whole = AppState(size: Self.size, provider: "demo")
    try beginAnswer(&whole)
    for start in stride(from: 0, to: 20_000, by: 500) {
      stream(&whole, (start..<start + 500).map { "Paragraph \($0).\n\n" }.joined())
    }
    stream(&whole, "The end.")
    _ = whole.apply(.input(.key(Key(.character("x")))), at: .zero)
    // But for the status line, which was sampled at other times.
    #expect(Screen.render(state).rows.dropLast() == Screen.render(whole).rows.dropLast())
  }

  @Test func whatIsShownAsItCameIsNotWaitedFor() throws {
    var state = AppState(size: Self.size, provider: "demo")
    try beginAnswer(&state)
    stream(&state, String(repeating: "A paragraph.\n\n", count: 20_000) + "The end.")
    state.transcript.toggleRaw()
    #expect(run(&state) <= 2)
    #expect(Screen.render(state).text.contains("The end."))
    state.transcript.toggleRaw()
    #expect(run(&state) < 40)
    #expect(Screen.render(state).text.contains("The end."))
  }

  @Test func aHitInWhatIsNotLaidOutYetIsWaitedFor() throws {
    var state = AppState(size: Self.size, provider: "demo")
    try beginAnswer(&state)
    stream(&state, String(repeating: "A paragraph.\n\n", count: 20_000) + "The needle.\n\nAnd more.\n")
    try press(&state, "Ctrl-Home")
    try press(&state, "F7")
    for character in "needle" { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    _ = run(&state)
    #expect(Screen.render(state).text.contains("The needle."))
  }

  private func status(of state: AppState, isComplete: Bool) -> String {
    state.find.map { FindView.status($0, isComplete: isComplete) } ?? "closed"
  }

  @Test func aSearchGoesOnInSlices() throws {
    var state = AppState(size: Self.size, provider: "demo")
    for number in 0..<20_000 { state.transcript.add { .user(id: $0, text: "Message \(number)") } }
    _ = state.apply(.tick, at: .zero)
    try press(&state, "F7")
    for character in "message 3" { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    var ticks = 0
    while state.nextTick(at: .zero) == .zero, ticks < 1000 {
      _ = state.apply(.tick, at: .zero)
      ticks += 1
    }
    #expect(ticks >= 20_000 * 64 / Find.sliceSize)
    #expect(ticks < 100)
    #expect(status(of: state, isComplete: true) == "1111 of 1111")
    #expect(Screen.render(state).text.contains("Message 3999"))
  }

  @Test func aStepWaitsForTheSearch() throws {
    var state = AppState(size: Self.size, provider: "demo")
    for number in 0..<20_000 {
      state.transcript.add { .user(id: $0, text: number % 10_000 == 5 ? "needle \(number)" : "Message") }
    }
    _ = state.apply(.tick, at: .zero)
    try press(&state, "F7")
    for character in "needle" { _ = state.apply(.input(.key(Key(.character(character)))), at: .zero) }
    while !Screen.render(state).text.contains("needle 10005") { _ = state.apply(.tick, at: .zero) }
    try press(&state, "Enter")
    while state.nextTick(at: .zero) == .zero { _ = state.apply(.tick, at: .zero) }
    #expect(Screen.render(state).text.contains("needle 5\n"))
    #expect(status(of: state, isComplete: true) == "1 of 2")
    try press(&state, "Down")
    #expect(Screen.render(state).text.contains("needle 10005"))
  }
}

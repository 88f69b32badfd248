import ChatModel
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// The reader's place: nothing but the reader moves it.
@Suite struct ScrollPlaceTests {
  private static let pieces = [
    "words of a paragraph ", "\n\n", "\n", "# Heading\n\n", "- item\n", "  - deeper 世界\n", "> quoted ", "```swift\n",
    "let x = 1\n", "```\n\n", "| a | b |\n|---|---|\n", "| 1 | 2 |\n", "**strong", "** ", "`code", "` ", "👩‍👩‍👧", "\t",
    "[link](https://example.com) ", "\r\n", "1. one\n", "***\n", "<b>",
  ]

  private static func piece(_ random: inout SeededGenerator) -> String { pieces.randomElement(using: &random) ?? "" }

  private static func text(_ random: inout SeededGenerator, _ count: Int) -> String {
    (0..<count).map { _ in piece(&random) }.joined()
  }

  /// A talk with an answer on its way, the reader somewhere in the middle of it.
  private func talk(_ random: inout SeededGenerator) -> AppState {
    var state = AppState(size: Size(columns: 50, rows: 14), provider: "demo")
    for _ in 0..<3 {
      let text = Self.text(&random, 60)
      state.transcript.add { .user(id: $0, text: text) }
      let answer = Self.text(&random, 120)
      state.transcript.add { .answer(id: $0, model: nil) }
      state.transcript.changeLastAnswer {
        $0.add(.reasoning("Some thoughts\nof three\nlines"))
        $0.add(.text(answer))
        $0.rest()
      }
    }
    for key in [Key(.character("q")), Key(.enter)] { _ = state.apply(.input(.key(key)), at: .zero) }
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "q"))), at: .zero)
    _ = state.apply(
      .session(SessionUpdate(turn: TurnID(1), change: .events([.text(Self.text(&random, 80))]))), at: .zero)
    for _ in 0..<Int.random(in: 1...60, using: &random) { _ = state.apply(.input(.wheel(-3)), at: .zero) }
    return state
  }

  private func topRow(_ state: AppState) -> String {
    Screen.render(state).rows[state.layout.transcript.lowerBound].map(\.text).joined()
  }

  @Test(arguments: Array(1...12) as [UInt64])
  func streamingMovesNoSettledLine(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var state = talk(&random)
    // What is being written may still become something else: the reader is above it.
    for _ in 0..<40 { _ = state.apply(.input(.wheel(-3)), at: .zero) }
    let top = state.transcript.top
    let row = topRow(state)
    for step in 0..<80 {
      let update = SessionUpdate(turn: TurnID(1), change: .events([.text(Self.piece(&random))]))
      _ = state.apply(.session(update), at: .zero)
      try #require(state.transcript.top == top && topRow(state) == row, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: Array(1...12) as [UInt64])
  func windowsAndBack(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var state = talk(&random)
    guard case .at = state.transcript.anchor else { return }
    let top = state.transcript.top
    let row = topRow(state)
    for step in 0..<30 {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let size = Size(columns: Int.random(in: 1...120, using: &random), rows: Int.random(in: 1...50, using: &random))
        _ = state.apply(.resized(size), at: .zero)
      }
      _ = state.apply(.resized(Size(columns: 50, rows: 14)), at: .zero)
      try #require(state.transcript.top == top && topRow(state) == row, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: Array(1...12) as [UInt64])
  func foldingAndBack(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var state = talk(&random)
    guard case .at = state.transcript.anchor else { return }
    let place = state.transcript.place(of: state.transcript.top)
    let row = topRow(state)
    for _ in 0..<4 {
      state.transcript.toggleReasoning()
      _ = state.apply(.tick, at: .zero)
      let now = state.transcript.place(of: state.transcript.top)
      #expect(now.item == place.item && now.block == place.block, "seed \(seed)")
    }
    #expect(topRow(state) == row, "seed \(seed)")
  }

  @Test(arguments: Array(1...12) as [UInt64])
  func theSourceAndBackStaysInItsBlock(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var state = talk(&random)
    guard case .at = state.transcript.anchor else { return }
    let place = state.transcript.place(of: state.transcript.top)
    state.transcript.toggleRaw()
    _ = state.apply(.tick, at: .zero)
    let raw = state.transcript.place(of: state.transcript.top)
    #expect(raw.item == place.item && raw.block == place.block, "seed \(seed)")
  }

  @Test func followingStaysAtTheEnd() {
    var random = SeededGenerator(state: 9)
    var state = talk(&random)
    _ = state.apply(.input(.key(Key(.end, .control))), at: .zero)
    for _ in 0..<60 {
      let update = SessionUpdate(turn: TurnID(1), change: .events([.text(Self.piece(&random))]))
      _ = state.apply(.session(update), at: .zero)
      let size = Size(columns: Int.random(in: 1...120, using: &random), rows: Int.random(in: 7...50, using: &random))
      _ = state.apply(.resized(size), at: .zero)
      #expect(state.transcript.anchor == .following)
      #expect(Screen.render(state).text.contains(TranscriptView.typingCursor))
    }
  }
}

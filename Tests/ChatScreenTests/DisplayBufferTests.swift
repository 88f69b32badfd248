import ChatModel
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// How an answer flows that comes in bursts; times in milliseconds.
@Suite struct DisplayBufferTests {
  /// What is shown, frame by frame, of lumps that come at their times: the time of each frame and its text.
  private func frames(_ lumps: [(at: Int, text: String)]) -> [(at: Duration, text: String)] {
    var buffer = DisplayBuffer()
    var frames: [(at: Duration, text: String)] = []
    func show(_ events: [ChatEvent], at now: Duration) {
      let text = events.map { if case .text(let piece) = $0 { piece } else { "" } }.joined()
      if !text.isEmpty { frames.append((now, text)) }
    }
    for (index, lump) in lumps.enumerated() {
      show(buffer.take([.text(lump.text)], at: .milliseconds(lump.at)), at: .milliseconds(lump.at))
      let next: Duration? = index + 1 < lumps.count ? .milliseconds(lumps[index + 1].at) : nil
      while let due = buffer.nextRelease, next.map({ due < $0 }) ?? true { show(buffer.release(at: due), at: due) }
    }
    return frames
  }

  @Test func aBurstFlowsInEqualShares() {
    let frames = frames([(1000, String(repeating: "abcd", count: 25))])
    #expect(frames.map(\.at) == [1000, 1016, 1032, 1048].map { .milliseconds($0) })
    #expect(frames.map(\.text.count) == [25, 25, 25, 25])
  }

  @Test func aFewWordsAndASteadyStreamAreShownAsTheyCome() {
    let words = (0..<20).map { (at: $0 * 200, text: "some words \($0) ") }
    #expect(frames(words).map(\.text) == words.map(\.text))
    let long = String(repeating: "many tokens ", count: 50)
    let steady = frames([(0, "first ")] + (1..<20).map { (at: $0 * 33, text: long) })
    #expect(steady.map(\.text) == ["first "] + Array(repeating: long, count: 19))
  }

  @Test func tokensStayWholeAndLongPiecesAreCutBetweenClusters() {
    var buffer = DisplayBuffer()
    let tokens = (0..<40).map { ChatEvent.text("token\($0) ") }
    var shown = buffer.take(tokens, at: .zero)
    #expect(shown.count > 5 && shown.count < 15)
    while let due = buffer.nextRelease { shown += buffer.release(at: due) }
    #expect(shown == tokens)
    let people = String(repeating: "👨‍👩‍👧", count: 9)
    let parts = frames([(0, people)]).map(\.text)
    #expect(parts.count > 1 && parts.joined() == people)
    #expect(parts.allSatisfy { part in part.allSatisfy { $0 == "👨‍👩‍👧" } })
  }

  @Test func nothingIsLostReorderedOrLate() {
    var random = SeededGenerator(state: 4)
    for _ in 0..<200 {
      var buffer = DisplayBuffer()
      var (now, came, shown) = (Duration.zero, [(at: Duration, end: Int)](), "")
      var (sent, oldest) = ("", 0)
      func isInTime() -> Bool {
        while oldest < came.count, came[oldest].end <= shown.utf8.count { oldest += 1 }
        return oldest == came.count || now < came[oldest].at + DisplayBuffer.delay
      }
      func show(_ events: [ChatEvent]) {
        for case .text(let piece) in events { shown += piece }
      }
      for _ in 0..<30 {
        let next = now + .milliseconds(Int.random(in: 0...150, using: &random))
        while let due = buffer.nextRelease, due <= next {
          now = due
          show(buffer.release(at: now))
          #expect(isInTime())
        }
        now = next
        let text = (0..<Int.random(in: 1...300, using: &random)).map { "é\($0) " }.joined()
        sent += text
        came.append((now, sent.utf8.count))
        show(buffer.take([.text(text)], at: now))
        #expect(isInTime())
      }
      show(buffer.flush())
      #expect(shown == sent && buffer.nextRelease == nil)
    }
  }

  @Test func theOrderOfKindsIsKept() {
    var buffer = DisplayBuffer()
    let call = ChatEvent.toolCall(ToolCallFragment(index: 0, id: "1", name: "f", arguments: "{}"))
    let events = [.reasoning("hm, let me think about this one"), .text("Now then, here it comes"), call, .text("end")]
    var shown = buffer.take(events, at: .zero)
    while let due = buffer.nextRelease { shown += buffer.release(at: due) }
    let merged = shown.reduce(into: [ChatEvent]()) { all, event in
      if case .reasoning(let old)? = all.last, case .reasoning(let new) = event {
        all[all.count - 1] = .reasoning(old + new)
      } else if case .text(let old)? = all.last, case .text(let new) = event {
        all[all.count - 1] = .text(old + new)
      } else {
        all.append(event)
      }
    }
    #expect(shown.count > events.count && merged == events)
  }
}

/// The buffer in the chat.
@Suite struct SmoothAnswerTests {
  /// A chat whose answer has got one lump of text at a second.
  private func chat(smooth: Bool) -> AppState {
    var state = AppState(size: Size(columns: 60, rows: 12), provider: "p", isSmooth: smooth)
    for key in "hi" { _ = state.apply(.input(.key(Key(.character(key)))), at: .zero) }
    _ = state.apply(.input(.key(Key(.enter))), at: .zero)
    _ = state.apply(.session(SessionUpdate(turn: TurnID(1), change: .started(prompt: "hi"))), at: .zero)
    _ = state.apply(
      .session(SessionUpdate(turn: TurnID(1), change: .events([.text("one two three four five six seven")]))),
      at: .seconds(1))
    return state
  }

  private func shows(_ text: String, _ state: AppState) -> Bool { Screen.render(state).text.contains(text) }

  @Test func aLumpComesBitByBit() throws {
    var state = chat(smooth: true)
    #expect(shows("one", state) && !shows("seven", state))
    while let next = state.nextTick(at: .seconds(1)), !shows("seven", state) {
      try #require(next < .seconds(1) + DisplayBuffer.delay)
      _ = state.apply(.tick, at: next)
    }
    #expect(shows("one two three four five six seven", chat(smooth: false)))
  }

  @Test func theEndEscapeAndLeavingKeepAllThatCame() {
    let all = "one two three four five six seven"
    var stopped = chat(smooth: true)
    #expect(stopped.leavingText == all)
    _ = stopped.apply(.input(.key(Key(.escape))), at: .seconds(1))
    #expect(shows(all, stopped) && shows("[Stopped]", stopped))
    var finished = chat(smooth: true)
    var result = TurnResult()
    result.content = all
    _ = finished.apply(.session(SessionUpdate(turn: TurnID(1), change: .finished(result))), at: .seconds(1))
    #expect(shows(all, finished) && !finished.isTurnRunning)
    #expect(finished.nextTick(at: .seconds(1)) == nil)
  }
}

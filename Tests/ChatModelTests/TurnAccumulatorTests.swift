import ChatModel
import Testing

@Suite struct TurnAccumulatorTests {
  @Test func piecesAddUpAndTheLastUsageWins() {
    var accumulator = TurnAccumulator()
    let events: [ChatEvent] = [
      .model("m"), .reasoning("so"), .text("Hel"), .text("lo"), .usage(Usage(promptTokens: 1)),
      .usage(Usage(promptTokens: 2, completionTokens: 3, totalTokens: 5)), .finishReason("stop"), .completed,
    ]
    for event in events { accumulator.add(event) }
    let result = accumulator.result
    #expect(result.content == "Hello")
    #expect(result.chunks == ["Hel", "lo"])
    #expect(result.reasoning == "so")
    #expect(result.usage == Usage(promptTokens: 2, completionTokens: 3, totalTokens: 5))
    #expect(result.status == .complete)
  }

  @Test func nothingCountsAfterTheEnd() {
    var accumulator = TurnAccumulator()
    accumulator.add(.text("kept"))
    accumulator.end(as: .cancelled)
    let counted = accumulator.add(.text("late"))
    #expect(!counted)
    accumulator.end(as: .timedOut, error: ChatError(.timeoutChunk, "late"))
    #expect(accumulator.result.content == "kept")
    #expect(accumulator.result.status == .cancelled)
    #expect(accumulator.result.error == nil)
  }

  @Test(arguments: [
    (ChatError.Kind.truncated, TurnStatus.truncated), (.timeoutTotal, .timedOut), (.server, .failed),
  ])
  func statusFollowsTheError(kind: ChatError.Kind, status: TurnStatus) {
    var accumulator = TurnAccumulator()
    accumulator.add(.failed(ChatError(kind, "x")))
    #expect(accumulator.result.status == status)
    #expect(accumulator.result.error?.kind == kind)
  }
}

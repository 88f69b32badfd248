import ChatModel
import Testing

@testable import ChatScreen

/// How many tokens an answer has, where the service does not tell.
@Suite struct TokenEstimateTests {
  private func tokens(_ events: [ChatEvent]) -> (count: Int?, isEstimate: Bool) {
    var turn = RunningTurn(startedAt: .zero)
    for event in events { turn.count(event, at: .zero) }
    let sample = turn.sample(at: .seconds(1))
    return (sample.tokens, sample.isEstimate)
  }

  @Test func aPieceMayHoldManyTokens() {
    #expect(tokens([.text(String(repeating: "abcd ", count: 191))]) == (191, true))
    #expect(tokens([.reasoning("漢字漢字漢"), .text("a"), .refusal("b")]) == (4, true))
    #expect(tokens([.toolCall(ToolCallFragment(index: 0, arguments: String(repeating: "x", count: 50)))]) == (10, true))
  }

  @Test func piecesCountWhereTheyAreTokens() {
    #expect(tokens([.text("I"), .text(" am"), .text(" a"), .text("!")]) == (4, true))
    #expect(tokens([]) == (nil, true))
    #expect(tokens([.model("m")]) == (nil, true))
  }

  @Test func theServiceKnowsBetter() {
    let usage = Usage(promptTokens: 1, completionTokens: 7, totalTokens: 8)
    #expect(tokens([.text(String(repeating: "a", count: 500)), .usage(usage)]) == (7, false))
  }
}

import ChatModel
import ChatWire

/// A turn in which tools may be run: what was said in it so far, and what is asked next.
struct ToolTurn {
  /// What was asked at first.
  private let question: ChatRequest
  /// Who answers this once; nil: the session's provider.
  let provider: Provider?
  /// All that came, with what the tools said.
  private var earlier: TurnResult?
  /// What came last, while the tools run that it calls.
  var unanswered: TurnResult?

  init(question: ChatRequest, provider: Provider?) {
    self.question = question
    self.provider = provider
  }

  /// Whether the turn could go on with what the tools say. A call that was cut short is none.
  func wantsAnswers(_ part: TurnResult) -> Bool {
    part.status == .complete && !part.toolCalls.isEmpty && part.finishReason != "length"
      && part.finishReason != "content_filter" && (earlier?.rounds.count ?? 0) < TurnResult.mostToolRounds
  }

  /// Takes what the tools said; nil where nothing was called, or that is not an answer to each call.
  mutating func take(_ outputs: [String]) -> ToolRound? {
    guard let part = unanswered, outputs.count == part.toolCalls.count else { return nil }
    unanswered = nil
    let whole = (earlier?.followed(by: part) ?? part).answered(with: outputs)
    earlier = whole
    earlier?.responseID = part.responseID
    return whole.rounds.last
  }

  /// The request for what follows. A service that stored its answer is told of no more than the tools' words.
  func request(model: String?, omitting omitted: Set<String>) -> ChatRequest {
    var request = question
    request.model = question.model ?? model
    request.omittedFields.formUnion(omitted)
    request.messages += (earlier?.rounds ?? []).flatMap(\.messages)
    let outputs = earlier?.rounds.last?.outputs.count ?? 0
    request.continued = earlier?.responseID.map {
      StoredResponse(id: $0, messageCount: request.messages.count - outputs)
    }
    return request
  }

  /// The result of the turn, once its last part is there.
  func whole(endingWith part: TurnResult) -> TurnResult { earlier?.followed(by: part) ?? part }
}

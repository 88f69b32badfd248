import ChatModel

/// The form of OpenAI's chat API. Chunks of a service that speaks it are passed on as they are; others are made of what the
/// service said.
struct CompletionForm: AnswerForm {
  let id: String
  let created: Int
  private var model: String
  private let includesUsage: Bool
  private var hasBegun = false
  /// True once chunks of the service's own were passed on.
  private var isRaw = false

  init(id: String, created: Int, model: String, includesUsage: Bool) {
    self.id = id
    self.created = created
    self.model = model
    self.includesUsage = includesUsage
  }

  mutating func bytes(of events: [ChatEvent], raw: [[UInt8]]?) -> [UInt8] {
    if let raw {
      isRaw = true
      return raw.flatMap(serverSentEvent)
    }
    for case .model(let name) in events { model = name }
    var bytes: [UInt8] = []
    for event in events {
      if let delta = Self.delta(event) { bytes += beginning() + frame(delta) }
    }
    return bytes
  }

  mutating func end(_ result: TurnResult, rawError: [UInt8]?) -> [UInt8] {
    if result.status == .cancelled {
      let body = ErrorBody(error: .init(message: RelayTurns.stopping, type: "server_error", code: "stopping"))
      return serverSentEvent(encoded(body)) + doneEvent
    }
    if result.status != .complete, let error = result.error {
      return serverSentEvent(error.body(raw: rawError)) + doneEvent
    }
    if isRaw { return doneEvent }
    let usage = includesUsage ? UsageBody(result.usage) : nil
    let counts = usage.map { serverSentEvent(encoded(chunk([], usage: $0))) } ?? []
    return beginning() + frame(ChunkBody.Delta(), reason: Self.reason(of: result)) + counts + doneEvent
  }

  /// The answer in one piece. `raw`: the service's own, in the same form.
  func whole(_ result: TurnResult, raw: [UInt8]?) -> [UInt8] {
    if let raw { return raw }
    let calls = result.toolCalls.map {
      CallBody(id: $0.id, type: "function", function: .init(name: $0.name, arguments: $0.arguments))
    }
    let message = CompletionBody.Answer(
      content: result.content.isEmpty && (!calls.isEmpty || result.refusal != nil) ? nil : result.content,
      reasoningContent: result.reasoning, refusal: result.refusal, toolCalls: calls.isEmpty ? nil : calls)
    return encoded(
      CompletionBody(
        id: id, created: created, model: result.model ?? model,
        choices: [.init(message: message, finishReason: Self.reason(of: result))], usage: UsageBody(result.usage)))
  }

  private static func reason(of result: TurnResult) -> String {
    result.finishReason ?? (result.toolCalls.isEmpty ? "stop" : "tool_calls")
  }

  private static func delta(_ event: ChatEvent) -> ChunkBody.Delta? {
    switch event {
    case .text(let text): ChunkBody.Delta(content: text)
    case .reasoning(let text): ChunkBody.Delta(reasoningContent: text)
    case .refusal(let text): ChunkBody.Delta(refusal: text)
    case .toolCall(let fragment): ChunkBody.Delta(toolCalls: [CallBody(fragment)])
    case .usage, .finishReason, .model, .reference, .completed, .failed: nil
    }
  }

  /// The chunk that every answer begins with, once.
  private mutating func beginning() -> [UInt8] {
    if hasBegun { return [] }
    hasBegun = true
    return frame(ChunkBody.Delta(role: "assistant", content: ""))
  }

  private func chunk(_ choices: [ChunkBody.Choice], usage: UsageBody? = nil) -> ChunkBody {
    ChunkBody(id: id, created: created, model: model, choices: choices, usage: usage)
  }

  private func frame(_ delta: ChunkBody.Delta, reason: String? = nil) -> [UInt8] {
    serverSentEvent(encoded(chunk([ChunkBody.Choice(delta: delta, finishReason: reason)])))
  }
}

extension UsageBody {
  /// The counts as far as they are known; nil where none are.
  init?(_ usage: Usage?) {
    guard let usage else { return nil }
    let (prompt, completion) = (usage.promptTokens ?? 0, usage.completionTokens ?? 0)
    self.init(
      promptTokens: prompt, completionTokens: completion, totalTokens: usage.totalTokens ?? (prompt + completion))
  }
}

import ChatModel

/// Turns the chunks of the OpenAI chat API (`chat.completion.chunk`) into chat events; also a whole `chat.completion`.
struct ChatCompletionsDecoder: Sendable {
  /// True once a reason for stopping came: the answer is whole, though counts may still follow.
  private(set) var isFinished = false
  private var model: String?
  private var hasText = false
  /// The call of the deprecated `function_call` field, which has no index, gets one that no service uses.
  static let functionCallIndex = Int.min

  /// The events of one chunk, in the order of reasoning, text, refusal, tool calls, counts, reason for stopping.
  mutating func decode(_ chunk: ChatCompletionsChunk) -> [ChatEvent] {
    var events: [ChatEvent] = []
    if let name = chunk.model, name != model {
      model = name
      events.append(.model(name))
    }
    // Asked for one answer, a service that sends several gets only its first one shown.
    for choice in chunk.choices ?? [] where choice.index == 0 {
      if let delta = choice.delta {
        append(delta, isWhole: false, to: &events)
      } else if let message = choice.message, !hasText {
        append(message, isWhole: true, to: &events)
      }
      if let reason = choice.finishReason {
        isFinished = true
        events.append(.finishReason(reason))
      }
    }
    if let usage = chunk.usage { events.append(.usage(usage)) }
    return events
  }

  private mutating func append(_ delta: ChatCompletionsChunk.Delta, isWhole: Bool, to events: inout [ChatEvent]) {
    if let reasoning = delta.reasoning, !reasoning.isEmpty { events.append(.reasoning(reasoning)) }
    if let content = delta.content, !content.isEmpty {
      hasText = true
      events.append(.text(content))
    }
    if let refusal = delta.refusal { events.append(.refusal(refusal)) }
    for (position, call) in delta.toolCalls.enumerated() {
      // Calls that stand side by side are different ones, also where neither index nor id says so.
      let isAnonymous = call.id == nil && (isWhole || delta.toolCalls.count > 1)
      let fragment = ToolCallFragment(
        index: call.index ?? (isAnonymous ? position : nil), id: call.id, name: call.function?.name,
        arguments: call.function?.arguments ?? "")
      append(fragment, to: &events)
    }
    if let call = delta.functionCall {
      append(
        ToolCallFragment(index: Self.functionCallIndex, name: call.name, arguments: call.arguments), to: &events)
    }
  }

  private func append(_ fragment: ToolCallFragment, to events: inout [ChatEvent]) {
    let isEmpty = fragment.id == nil && fragment.name == nil && fragment.arguments.isEmpty
    if !isEmpty { events.append(.toolCall(fragment)) }
  }
}

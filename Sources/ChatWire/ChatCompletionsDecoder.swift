import ChatModel

/// Turns the chunks of the OpenAI chat API (`chat.completion.chunk`) into chat events; also a whole `chat.completion`, and
/// the legacy completions API, whose chunks (`text_completion`) have a bare `text` where the others have a `delta`.
struct ChatCompletionsDecoder: Sendable {
  /// True once a reason for stopping came: the answer is whole, though counts may still follow.
  private(set) var isFinished = false
  private var model: String?
  private var hasContent = false
  /// The call of the deprecated `function_call` field, which has no index, gets one that no service uses.
  static let functionCallIndex = Int.min

  /// Adds the events of one chunk: the model where it is new, then for the first of the choices reasoning, text, refusal,
  /// tool calls and the reason for stopping, then counts. Returns the error that the chunk carries, if any.
  mutating func decode(_ chunk: JSONValue, into events: inout [ChatEvent]) -> ServiceError? {
    if let name = chunk["model"]?.filledString, name != model {
      model = name
      events.append(.model(name))
    }
    let choices = chunk["choices"]
    // What stands beside the error, a status for one, belongs to it.
    var error = chunk["error"]?.isTruthy == true ? chunk : nil
    // Where a service gives several answers, only the first is shown; one without an index is the first.
    for choice in choices?.elements ?? [] where choice["index"]?.lenientInteger ?? 0 == 0 {
      if let delta = choice["delta"] {
        decode(message: delta, isWhole: false, into: &events)
      } else if let message = choice["message"], !hasContent {
        decode(message: message, isWhole: true, into: &events)
      } else if let text = choice["text"]?.filledString {
        events.append(.text(text))
      }
      if let reason = choice["finish_reason"]?.filledString {
        isFinished = true
        events.append(.finishReason(reason))
      }
      error = error ?? choice["error"].map { .object(["error": $0]) }
    }
    let usage = Usage(chunk["usage"])
    if let usage { events.append(.usage(usage)) }
    if let error { return ServiceError(markedIn: error) }
    // An error that is written flat has neither choices nor counts.
    return choices == nil && usage == nil ? ServiceError(markedIn: chunk) : nil
  }

  private mutating func decode(message: JSONValue, isWhole: Bool, into events: inout [ChatEvent]) {
    let before = events.count
    let content = MessageContent(message["content"])
    // Some servers send the same piece under both names.
    let reasoning =
      message["reasoning_content"]?.filledString ?? message["reasoning"]?.filledString ?? content.reasoning
    if !reasoning.isEmpty { events.append(.reasoning(reasoning)) }
    if !content.text.isEmpty { events.append(.text(content.text)) }
    let refusal = message["refusal"]?.filledString ?? content.refusal
    if !refusal.isEmpty { events.append(.refusal(refusal)) }
    if let calls = message["tool_calls"] { decode(calls: calls, isWhole: isWhole, into: &events) }
    if let call = message["function_call"] {
      append(Self.fragment(of: call, index: Self.functionCallIndex, id: nil), to: &events)
    }
    hasContent = hasContent || events.count > before
  }

  private func decode(calls: JSONValue, isWhole: Bool, into events: inout [ChatEvent]) {
    let calls = calls.elements.isEmpty ? [calls] : calls.elements
    for (position, call) in calls.enumerated() {
      let id = call["id"]?.word
      // Calls that stand side by side are different ones, also where neither index nor id says so.
      let isAnonymous = id == nil && (isWhole || calls.count > 1)
      let index = call["index"]?.lenientInteger ?? (isAnonymous ? position : nil)
      append(Self.fragment(of: call["function"], index: index, id: id), to: &events)
    }
  }

  /// The fragment of a function's name and arguments. Arguments that came as an object, where a string should be, are
  /// the JSON that the string would have held.
  private static func fragment(of function: JSONValue?, index: Int?, id: String?) -> ToolCallFragment {
    let arguments =
      switch function?["arguments"] {
      case .string(let text)?: text
      case .object(let members)?: JSONValue.object(members).encoded().map { String(decoding: $0, as: UTF8.self) } ?? ""
      default: ""
      }
    return ToolCallFragment(index: index, id: id, name: function?["name"]?.filledString, arguments: arguments)
  }

  private func append(_ fragment: ToolCallFragment, to events: inout [ChatEvent]) {
    let isEmpty = fragment.id == nil && fragment.name == nil && fragment.arguments.isEmpty
    if !isEmpty { events.append(.toolCall(fragment)) }
  }
}

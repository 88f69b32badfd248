import ChatModel

/// Turns the events of the OpenAI Responses API (`response.output_text.delta` and its like) into chat events; also a whole
/// `response` object.
///
/// What an event is stands in its JSON's `type`; its `event:` line counts only where that is missing. Text is taken from the
/// pieces; the whole texts that events repeat later count only for a kind of which no piece came.
struct ResponsesDecoder: Sendable {
  /// The kinds of text that an answer has.
  private enum Part { case text, reasoning, refusal }

  /// True once the response completed, or ended as incomplete.
  private(set) var isFinished = false
  private var model: String?
  private var parts: Set<Part> = []
  private var calls = StreamedCalls()
  private var response: String?
  private var lastEvent: Int?
  /// The last event of the stream that broke off; what is taken up after it may begin before.
  private var knownUpTo: Int?

  /// How far the stream was read; nil until it names the response.
  var position: StreamPosition? { response.map { StreamPosition(response: $0, lastEvent: lastEvent) } }

  /// The same stream comes again, from after the last event or before it.
  mutating func takeUp() { knownUpTo = lastEvent }

  /// Adds what one event says; returns the error that it carries, if any.
  mutating func decode(_ json: JSONValue, named name: String?, into events: inout [ChatEvent]) -> ServiceError? {
    if json["object"] == .string("response") { return end(json, into: &events) }
    if let number = json["sequence_number"]?.lenientInteger {
      if let knownUpTo, number <= knownUpTo { return nil }
      lastEvent = max(number, lastEvent ?? number)
    }
    guard let type = json["type"]?.filledString ?? name else { return ServiceError(markedIn: json) }
    switch type {
    case "response.output_text.delta": add(json["delta"], .text, into: &events)
    case "response.refusal.delta": add(json["delta"], .refusal, into: &events)
    case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
      add(json["delta"], .reasoning, into: &events)
    case "response.reasoning_summary_part.added":
      // Each part is a paragraph, and its text does not say so.
      if parts.contains(.reasoning) { events.append(.reasoning("\n\n")) }
    case "response.output_item.added", "response.output_item.done":
      if let item = json["item"] { take(call: item, at: json["output_index"], type.hasSuffix("done"), into: &events) }
    case "response.function_call_arguments.delta":
      append(calls.add(json["delta"]?.filledString ?? "", to: Self.keys(json)), into: &events)
    case "response.function_call_arguments.done":
      append(calls.complete(json["arguments"]?.filledString ?? "", of: Self.keys(json)), into: &events)
    case "response.created", "response.queued", "response.in_progress":
      response = response ?? json["response"]?["id"]?.filledString
      takeModel(json["response"], into: &events)
    case "response.completed", "response.incomplete", "response.failed", "response.cancelled", "response.done":
      return end(json["response"] ?? json, into: &events)
    case "error", "response.error":
      return ServiceError(telling: json) ?? ServiceError(telling: .string("The service reported an error"))
    default: break
    }
    return nil
  }

  // MARK: Pieces

  private mutating func add(_ text: JSONValue?, _ part: Part, into events: inout [ChatEvent]) {
    guard let text = text?.filledString else { return }
    parts.insert(part)
    switch part {
    case .text: events.append(.text(text))
    case .reasoning: events.append(.reasoning(text))
    case .refusal: events.append(.refusal(text))
    }
  }

  private mutating func take(
    call item: JSONValue, at index: JSONValue?, _ isWhole: Bool, into events: inout [ChatEvent]
  ) {
    guard item["type"] == .string("function_call") else { return }
    let keys = [item["id"]?.word, index?.word.map { "#" + $0 }, item["call_id"]?.word]
    append(calls.begin(keys, id: item["call_id"]?.word, name: item["name"]?.filledString), into: &events)
    if isWhole { append(calls.complete(item["arguments"]?.filledString ?? "", of: keys), into: &events) }
  }

  private static func keys(_ json: JSONValue) -> [String?] {
    [json["item_id"]?.word, json["output_index"]?.word.map { "#" + $0 }]
  }

  private func append(_ fragment: ToolCallFragment?, into events: inout [ChatEvent]) {
    if let fragment { events.append(.toolCall(fragment)) }
  }

  private mutating func takeModel(_ response: JSONValue?, into events: inout [ChatEvent]) {
    guard let name = response?["model"]?.filledString, name != model else { return }
    model = name
    events.append(.model(name))
  }

  // MARK: The end

  private mutating func end(_ response: JSONValue, into events: inout [ChatEvent]) -> ServiceError? {
    takeModel(response, into: &events)
    for (index, item) in (response["output"]?.elements ?? []).enumerated() {
      takeMissing(item, at: .integer(index), into: &events)
    }
    if let usage = Usage(response["usage"]) { events.append(.usage(usage)) }
    let status = response["status"]?.filledString
    switch status {
    case "failed", "cancelled":
      let error = response["error"].flatMap { ServiceError(telling: $0) }
      return error ?? ServiceError(telling: .string("The service ended the response as \(status ?? "failed")"))
    // Nothing came of it yet, as in the reply to a request that runs in the background.
    case "queued", "in_progress": return ServiceError(markedIn: response)
    default: break
    }
    if let said = ServiceError(markedIn: response) { return said }
    if response["store"] != .bool(false), let id = response["id"]?.filledString {
      events.append(.reference(.response(id)))
    }
    events.append(.finishReason(finishReason(status, response["incomplete_details"]?["reason"]?.filledString)))
    isFinished = true
    return nil
  }

  /// Adds of a whole item of the output that of which no piece came.
  private mutating func takeMissing(_ item: JSONValue, at index: JSONValue, into events: inout [ChatEvent]) {
    switch item["type"]?.filledString {
    case "function_call": take(call: item, at: index, true, into: &events)
    case "message":
      let content = MessageContent(item["content"])
      if !parts.contains(.text), !content.text.isEmpty { events.append(.text(content.text)) }
      if !parts.contains(.refusal), !content.refusal.isEmpty { events.append(.refusal(content.refusal)) }
    case "reasoning":
      let thoughts = [item["summary"], item["content"]].map { MessageContent($0).text }
      if !parts.contains(.reasoning), let thought = thoughts.first(where: { !$0.isEmpty }) {
        events.append(.reasoning(thought))
      }
    default: break
    }
  }

  /// The reason in the words of the chat API; an unknown one as the service gives it.
  private func finishReason(_ status: String?, _ reason: String?) -> String {
    guard status == "incomplete" || reason != nil else { return calls.isEmpty ? "stop" : "tool_calls" }
    return reason == "max_output_tokens" ? "length" : reason ?? "length"
  }
}

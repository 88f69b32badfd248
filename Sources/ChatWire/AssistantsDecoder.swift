import ChatModel

/// Turns the events of a streamed run (OpenAI Assistants API, version 2) into chat events.
///
/// What an event is stands in its JSON's `object`. Text comes from the pieces of messages, calls of functions from those of
/// run steps; the whole messages and steps that follow repeat them and are passed over.
struct AssistantsDecoder: Sendable {
  /// True once the run is over, or waits for the output of tools.
  private(set) var isFinished = false
  private var model: String?
  private var run: String?
  private var calls = StreamedCalls()

  /// Adds what one event says; returns the error that it carries, if any.
  mutating func decode(_ json: JSONValue, into events: inout [ChatEvent]) -> ServiceError? {
    switch json["object"]?.filledString {
    case "thread.message.delta":
      let content = MessageContent(json["delta"]?["content"])
      if !content.text.isEmpty { events.append(.text(content.text)) }
      if !content.refusal.isEmpty { events.append(.refusal(content.refusal)) }
    case "thread.run.step.delta":
      let step = json["id"]?.word ?? ""
      for call in json["delta"]?["step_details"]?["tool_calls"]?.elements ?? [] {
        take(call, of: step, into: &events)
      }
    case "thread.run": return take(run: json, into: &events)
    case nil: return ServiceError(markedIn: json)
    default: break
    }
    return nil
  }

  /// Takes a piece of a call, or a whole one where `step` is nil. Tools of the service's own (search, code) are its matter.
  private mutating func take(_ call: JSONValue, of step: String?, into events: inout [ChatEvent]) {
    guard call["type"] ?? .string("function") == .string("function"), let function = call["function"] else { return }
    let id = call["id"]?.word
    let index = call["index"]?.word
    let keys = [id, step.map { "\($0)#\(index ?? id ?? "0")" }]
    let arguments = function["arguments"]?.filledString ?? ""
    let begun = calls.begin(keys, id: id, name: function["name"]?.filledString)
    let piece = step == nil ? calls.complete(arguments, of: keys) : calls.add(arguments, to: keys)
    events += [begun, piece].compactMap { $0 }.map(ChatEvent.toolCall)
  }

  private mutating func take(run json: JSONValue, into events: inout [ChatEvent]) -> ServiceError? {
    if let id = json["id"]?.filledString, id != run {
      run = id
      events.append(.reference(.run(id)))
    }
    if let name = json["model"]?.filledString, name != model {
      model = name
      events.append(.model(name))
    }
    if let usage = Usage(json["usage"]) { events.append(.usage(usage)) }
    switch json["status"]?.filledString {
    case "completed": finish("stop", into: &events)
    case "incomplete":
      let reason = json["incomplete_details"]?["reason"]?.filledString
      // `max_completion_tokens`, `max_prompt_tokens`.
      finish(reason?.hasPrefix("max_") ?? true ? "length" : reason ?? "length", into: &events)
    case "requires_action":
      for call in json["required_action"]?["submit_tool_outputs"]?["tool_calls"]?.elements ?? [] {
        take(call, of: nil, into: &events)
      }
      finish("tool_calls", into: &events)
    case "failed": return error(of: json, "The run failed")
    case "expired": return error(of: json, "The run expired on the server")
    case "cancelled": return error(of: json, "The server cancelled the run")
    default: break
    }
    return nil
  }

  private mutating func finish(_ reason: String, into events: inout [ChatEvent]) {
    isFinished = true
    events.append(.finishReason(reason))
  }

  private func error(of run: JSONValue, _ otherwise: String) -> ServiceError? {
    run["last_error"].flatMap { ServiceError(telling: $0) } ?? ServiceError(telling: .string(otherwise))
  }
}

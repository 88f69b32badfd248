import ChatModel

/// Turns the events of a streamed run (OpenAI Assistants API, version 2) into chat events.
///
/// What an event is stands in its JSON's `object`, or where that is missing in the event's name; how a run stands, in
/// either. Text comes from the pieces of messages, calls of functions from those of
/// run steps; the whole messages and steps that follow repeat them and are passed over.
struct AssistantsDecoder: Sendable {
  /// True once the run is over, or waits for the output of tools.
  private(set) var isFinished = false
  private var model: String?
  private var run: String?
  private var calls = StreamedCalls()

  /// Adds what one event says; returns the error that it carries, if any.
  mutating func decode(_ json: JSONValue, named name: String?, into events: inout [ChatEvent]) -> ServiceError? {
    switch json["object"]?.filledString ?? Self.object(named: name) {
    case "thread.message.delta":
      let content = MessageContent(json["delta"]?["content"])
      if !content.text.isEmpty { events.append(.text(content.text)) }
      if !content.refusal.isEmpty { events.append(.refusal(content.refusal)) }
    case "thread.run.step.delta":
      let step = json["id"]?.word ?? ""
      for call in json["delta"]?["step_details"]?["tool_calls"]?.elements ?? [] {
        take(call, of: step, into: &events)
      }
    case "thread.run": return take(run: json, named: name, into: &events)
    case nil: return ServiceError(markedIn: json)
    default: break
    }
    return nil
  }

  /// What an event of that name is about, where it matters: `thread.run.failed` tells of a `thread.run`.
  private static func object(named name: String?) -> String? {
    guard let name else { return nil }
    if ["thread.message.delta", "thread.run.step.delta"].contains(name) { return name }
    return name.hasPrefix("thread.run.") && !name.hasPrefix("thread.run.step") ? "thread.run" : nil
  }

  /// How a run stands, by its own word and the event's name. Where they differ, the worse end counts, and any end before
  /// what goes on.
  private static func status(_ json: JSONValue, named name: String?) -> String? {
    let told = json["status"]?.filledString
    let named = object(named: name) == "thread.run" ? name.map { String($0.dropFirst("thread.run.".count)) } : nil
    let ends = ["failed", "expired", "cancelled", "incomplete", "requires_action", "completed"]
    return ends.first { $0 == told || $0 == named } ?? told
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

  private mutating func take(
    run json: JSONValue, named name: String?, into events: inout [ChatEvent]
  ) -> ServiceError? {
    if let id = json["id"]?.filledString, id != run {
      run = id
      events.append(.reference(.run(id)))
    }
    if let name = json["model"]?.filledString, name != model {
      model = name
      events.append(.model(name))
    }
    if let usage = Usage(json["usage"]) { events.append(.usage(usage)) }
    switch Self.status(json, named: name) {
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
    let said = (run["last_error"] ?? run["error"]).flatMap { ServiceError(telling: $0) }
    return said ?? ServiceError(telling: .string(otherwise))
  }
}

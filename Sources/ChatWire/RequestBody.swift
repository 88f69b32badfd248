import ChatModel

/// The body of a request, always for a streamed answer. Here for the OpenAI chat API (`POST /chat/completions`) and the
/// legacy completions API (`POST /completions`), which are always asked for the usage.
struct RequestBody {
  /// Fields that no refusal removes: without them it is no request for a streamed answer.
  static let fixedFields: Set<String> = [
    "messages", "prompt", "input", "instructions", "additional_instructions", "model", "stream", "assistant_id",
  ]

  /// Our own fields, without those that the service refused.
  private(set) var fields: [String: JSONValue]

  /// Any body: these fields, without those that the service refused.
  init(fields: [String: JSONValue], omitting names: Set<String>) {
    self.fields = fields
    leaveOut(names)
  }

  /// A chat request; says which of its two names the limit of tokens has when the service has refused neither.
  init(chat request: ChatRequest, model: String?, prefersCompletionTokens: Bool) {
    fields = Self.sharedFields(request, model: model)
    fields["messages"] = .array(request.messages.map(Self.json))
    fields["reasoning_effort"] = request.parameters.reasoningEffort.map(JSONValue.string)
    if let limit = request.parameters.maxTokens {
      let names = prefersCompletionTokens ? Self.limitNames : Self.limitNames.reversed()
      if let name = names.first(where: { !request.omittedFields.contains($0) }) { fields[name] = .integer(limit) }
    }
    if !request.tools.isEmpty { fields["tools"] = .array(request.tools) }
    if let given = request.given { take(given) }
    leaveOut(request.omittedFields)
  }

  /// Puts fields over ours that somebody else wrote, who reads the reply as well.
  private mutating func take(_ given: [String: JSONValue]) {
    let isLimited = Self.limitNames.contains { given[$0] != nil }
    for name in ["stream", "stream_options"] + (isLimited ? Self.limitNames : []) { fields[name] = nil }
    fields.merge(given) { $1 }
  }

  /// A request of the legacy completions API, which knows neither messages nor tools.
  init(text request: ChatRequest, model: String?) {
    fields = Self.sharedFields(request, model: model)
    let prompt = CompletionPrompt(request.messages, untouchedPrompt: request.untouchedPrompt)
    fields["prompt"] = .string(prompt.text)
    fields["stop"] = prompt.stop.map { .array([.string($0)]) }
    fields["max_tokens"] = request.parameters.maxTokens.map(JSONValue.integer)
    leaveOut(request.omittedFields)
  }

  private static func sharedFields(_ request: ChatRequest, model: String?) -> [String: JSONValue] {
    var fields: [String: JSONValue] = [
      "stream": .bool(true), "stream_options": .object(["include_usage": .bool(true)]),
    ]
    fields["model"] = model.map(JSONValue.string)
    fields["temperature"] = request.parameters.temperature.map(JSONValue.number)
    fields["top_p"] = request.parameters.topP.map(JSONValue.number)
    fields["seed"] = request.parameters.seed.map(JSONValue.integer)
    return fields
  }

  private mutating func leaveOut(_ names: Set<String>) {
    for name in names.subtracting(Self.fixedFields) { fields[name] = nil }
  }

  private static let limitNames = ["max_completion_tokens", "max_tokens"]

  /// The JSON, keys sorted, with the configuration's own fields over ours. Throws `config` for a number that JSON lacks.
  func encoded(extra: [String: JSONValue]) throws(ChatError) -> [UInt8] {
    let all = fields.merging(extra) { $1 }
    for (name, value) in all.sorted(by: { $0.key < $1.key }) {
      if case .number(let number) = value, !number.isFinite {
        throw ChatError(.config, "The parameter \(name) is \(number), which is not a number that can be sent")
      }
    }
    guard let bytes = JSONValue.object(all).encoded() else {
      throw ChatError(.config, "The request holds a value that JSON cannot express")
    }
    return bytes
  }

  /// A text, or where images go along the parts of the message.
  private static func content(of message: Message) -> JSONValue {
    message.parts(text: "text", image: "image_url") { .object(["url": .string($0)]) }
  }

  private static func json(_ message: Message) -> JSONValue {
    var fields: [String: JSONValue] = ["role": .string(message.role.rawValue), "content": content(of: message)]
    if !message.toolCalls.isEmpty {
      if message.content.isEmpty { fields["content"] = .null }
      fields["tool_calls"] = .array(
        message.toolCalls.map { call in
          var function: [String: JSONValue] = ["arguments": .string(call.arguments)]
          function["name"] = call.name.map(JSONValue.string)
          var fields: [String: JSONValue] = ["type": .string("function"), "function": .object(function)]
          fields["id"] = call.id.map(JSONValue.string)
          return .object(fields)
        })
    }
    fields["tool_call_id"] = message.toolCallID.map(JSONValue.string)
    return .object(fields)
  }
}

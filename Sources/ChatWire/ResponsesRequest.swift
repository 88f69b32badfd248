import ChatModel

extension RequestBody {
  /// A request of the OpenAI Responses API (`POST /responses`).
  ///
  /// The system prompt travels as `instructions`, with every request, since the service does not carry it over. Of the talk
  /// goes what the service has not stored: all of it, or what came after `previous_response_id`.
  ///
  /// In the background the service goes on with the answer whether or not somebody listens, and has to store it for that.
  init(responses request: ChatRequest, model: String?, inBackground: Bool = false) {
    let parameters = request.parameters
    var fields: [String: JSONValue] = ["stream": .bool(true)]
    if inBackground {
      fields[Self.background] = .bool(true)
      fields["store"] = .bool(true)
    }
    fields["model"] = model.map(JSONValue.string)
    fields["instructions"] = Self.instructions(of: request)
    var messages = request.messages[...]
    if let stored = request.continued, !request.omittedFields.contains(Self.previousResponse) {
      fields[Self.previousResponse] = .string(stored.id)
      messages = messages.dropFirst(stored.messageCount)
    }
    fields["input"] = .array(messages.filter { !$0.isInstruction }.flatMap(Self.items))
    fields["max_output_tokens"] = parameters.maxTokens.map(JSONValue.integer)
    fields["temperature"] = parameters.temperature.map(JSONValue.number)
    fields["top_p"] = parameters.topP.map(JSONValue.number)
    fields["reasoning"] = parameters.reasoningEffort.map { .object(["effort": .string($0)]) }
    if !request.tools.isEmpty { fields["tools"] = .array(request.tools.map(Self.flatTool)) }
    self.init(fields: fields, omitting: request.omittedFields)
  }

  /// The field that names the stored response to go on from.
  static let previousResponse = "previous_response_id"

  /// The field that has the answer made in the background.
  static let background = "background"

  /// The system prompt; nil where there is none.
  static func instructions(of request: ChatRequest) -> JSONValue? {
    let texts = request.messages.filter(\.isInstruction).map(\.content)
    return texts.isEmpty ? nil : .string(texts.joined(separator: "\n\n"))
  }

  /// A message in the short form that every server takes; the type is what llama.cpp knows an assistant's message by. The
  /// calls of tools are items of their own.
  private static func items(of message: Message) -> [JSONValue] {
    var items: [JSONValue] = []
    if message.role == .tool, let id = message.toolCallID {
      return [
        .object([
          "type": .string("function_call_output"), "call_id": .string(id), "output": .string(message.content),
        ])
      ]
    }
    if !message.content.isEmpty || message.toolCalls.isEmpty || !message.attachments.isEmpty {
      items.append(
        .object([
          "type": .string("message"), "role": .string(message.role.rawValue),
          "content": message.parts(text: "input_text", image: "input_image") { .string($0) },
        ]))
    }
    for call in message.toolCalls {
      var item: [String: JSONValue] = ["type": .string("function_call"), "arguments": .string(call.arguments)]
      item["call_id"] = call.id.map(JSONValue.string)
      item["name"] = call.name.map(JSONValue.string)
      items.append(.object(item))
    }
    return items
  }

  /// A tool definition of the chat API in the flat form of this one; any other stays as it is.
  private static func flatTool(_ tool: JSONValue) -> JSONValue {
    guard tool["type"] == .string("function"), case .object(var members)? = tool["function"] else { return tool }
    members["type"] = .string("function")
    // Here a schema is strict unless it says otherwise, there it is not: the definition keeps its meaning.
    if members["strict"] == nil { members["strict"] = .bool(false) }
    return .object(members)
  }
}

extension Message {
  /// True for what tells the model how to behave, and is no part of the talk.
  var isInstruction: Bool { role == .system || role == .developer }
}

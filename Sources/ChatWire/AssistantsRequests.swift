import ChatModel

/// The requests of the OpenAI Assistants API, version 2: a thread is made, a message added, and the assistant run on it.
extension Provider {
  /// Messages that a new thread takes.
  private static let threadLimit = 32

  /// `POST /threads`: a thread that holds the talk so far, without its last message, the question.
  func threadRequest(_ request: ChatRequest) throws(ChatError) -> HTTPRequest {
    // A message that only calls tools has no words, and a thread takes none without.
    let talk = request.messages.dropLast().filter { !$0.isInstruction && !$0.text(namingImages: true).isEmpty }
      .suffix(Self.threadLimit)
    let fields: [String: JSONValue] = talk.isEmpty ? [:] : ["messages": .array(talk.map(Self.threadMessage))]
    return try post(try threadsURL(""), try RequestBody(fields: fields, omitting: []).encoded(extra: [:]))
  }

  /// `POST /threads/{id}/messages`: the question.
  func questionRequest(_ request: ChatRequest, thread: String) throws(ChatError) -> HTTPRequest {
    let question = request.messages.last ?? Message(role: .user, content: "")
    guard let body = Self.threadMessage(question).encoded() else {
      throw ChatError(.config, "The question holds a value that JSON cannot express")
    }
    return try post(try threadsURL("/\(Endpoint.encoded(thread))/messages"), body)
  }

  /// `POST /threads/{id}/runs/{id}/cancel`: the run shall end, since nobody reads its answer any more.
  func cancelRequest(run: String, thread: String) throws(ChatError) -> HTTPRequest {
    try post(try threadsURL("/\(Endpoint.encoded(thread))/runs/\(Endpoint.encoded(run))/cancel"), Array("{}".utf8))
  }

  /// `GET /threads/{id}/runs`: the run that was begun last.
  func lastRunRequest(thread: String) throws(ChatError) -> HTTPRequest {
    try get(try threadsURL("/\(Endpoint.encoded(thread))/runs", query: [("limit", "1"), ("order", "desc")]))
  }

  /// The id of the assistant; throws `config` where none is set.
  func assistant() throws(ChatError) -> String {
    guard let assistantID else {
      throw ChatError(.config, "The provider \(name) needs the id of an assistant", remedy: "Set ASSISTANT_ID")
    }
    return assistantID
  }

  /// The name of the thread that a service made; throws `protocol` where its reply holds none.
  static func threadID(in reply: [UInt8]) throws(ChatError) -> String {
    guard let json = JSONReader.value(of: reply) ?? firstEvent(in: reply) else {
      throw ChatError(.protocolViolation, "The reply to the request for a thread is not valid JSON")
    }
    if let said = ServiceError(markedIn: json) { throw ErrorClassifier.error(said, head: nil) }
    guard let id = json["thread_id"]?.filledString ?? json["id"]?.filledString else {
      throw ChatError(.protocolViolation, "The reply to the request for a thread names none")
    }
    return id
  }

  /// Servers that stand in for the service stream their replies to this request too, and name the thread first.
  private static func firstEvent(in reply: [UInt8]) -> JSONValue? {
    var parser = SSEParser()
    return parser.consume(reply).first.flatMap { JSONReader.value(of: $0.data) }
  }

  private static func threadMessage(_ message: Message) -> JSONValue {
    let role = message.role == .assistant ? Role.assistant : .user
    return .object(["role": .string(role.rawValue), "content": .string(message.text(namingImages: true))])
  }
}

extension RequestBody {
  /// `POST /threads/{id}/runs`: the assistant's answer, streamed. What is not set here is as the assistant was set up.
  init(run request: ChatRequest, assistant: String, model: String?) {
    let parameters = request.parameters
    var fields: [String: JSONValue] = ["assistant_id": .string(assistant), "stream": .bool(true)]
    fields["model"] = model.map(JSONValue.string)
    let instructions = Self.instructions(of: request)
    if let untouched = request.untouchedPrompt, case .string(let text)? = instructions, text.hasPrefix(untouched) {
      // The assistant has instructions of its own, which a prompt that nobody chose must not replace.
      let more = text.dropFirst(untouched.count).drop { $0.isNewline }
      if !more.isEmpty { fields["additional_instructions"] = .string(String(more)) }
    } else {
      fields["instructions"] = instructions
    }
    fields["max_completion_tokens"] = parameters.maxTokens.map(JSONValue.integer)
    fields["temperature"] = parameters.temperature.map(JSONValue.number)
    fields["top_p"] = parameters.topP.map(JSONValue.number)
    fields["reasoning_effort"] = parameters.reasoningEffort.map(JSONValue.string)
    if !request.tools.isEmpty { fields["tools"] = .array(request.tools) }
    self.init(fields: fields, omitting: request.omittedFields)
  }
}

import ChatModel

/// The body of `POST /chat/stream`: messages, or one prompt, under names in any letter case.
struct ChatStreamCall: Equatable, Sendable {
  typealias Malformed = CompletionRequest.Malformed

  private(set) var messages: [Message] = []
  private(set) var systemPrompt: String?
  private(set) var model: String?
  private(set) var parameters = Parameters()

  /// Reads a body; an empty one leaves the word to the `prompt` of the address. Throws a sentence for the client.
  init(body: [UInt8], prompt: String?) throws(Malformed) {
    let isEmpty = body.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if isEmpty, let prompt {
      try take(prompt: .string(prompt), named: "prompt")
      return
    }
    guard case .object(let members)? = JSONReader.value(of: body) else {
      throw Malformed(message: "The request's body is not a JSON object in valid JSON.")
    }
    let fields = Self.plain(members)
    if let list = fields["messages"] {
      try take(list)
    } else if let text = fields["prompt"] ?? fields["message"] ?? prompt.map(JSONValue.string) {
      try take(prompt: text, named: fields["prompt"] == nil ? "message" : "prompt")
    } else {
      throw Malformed(message: "Give 'messages', 'prompt' or 'message'.", parameter: "messages")
    }
    systemPrompt = try Self.text(fields["systemprompt"] ?? fields["system"], named: "systemPrompt")
    model = try Self.text(fields["model"], named: "model")
    parameters.temperature = try Self.number(fields["temperature"], named: "temperature")
    parameters.topP = try Self.number(fields["topp"], named: "top_p")
    parameters.maxTokens = try Self.integer(fields["maxtokens"] ?? fields["maxcompletiontokens"], named: "max_tokens")
    parameters.seed = try Self.integer(fields["seed"], named: "seed")
    if let limit = parameters.maxTokens, limit < 1 {
      throw Malformed(message: "'max_tokens' is \(limit); give at least 1.", parameter: "max_tokens")
    }
  }

  /// What is asked of the service: the system prompt is the request's own, else the relay's.
  func request(_ offer: RelayService) -> ChatRequest {
    var messages = messages
    var untouched: String?
    if let systemPrompt {
      messages.insert(Message(role: .system, content: systemPrompt), at: 0)
    } else if !messages.contains(where: { $0.role == .system || $0.role == .developer }),
      !offer.systemPrompt.text.isEmpty
    {
      messages.insert(Message(role: .system, content: offer.systemPrompt.text), at: 0)
      if !offer.isPromptChosen { untouched = offer.systemPrompt.text }
    }
    return ChatRequest(
      messages: messages, model: model, parameters: parameters.filled(from: offer.service.parameters),
      tools: offer.tools, untouchedPrompt: untouched)
  }

  private mutating func take(prompt: JSONValue, named name: String) throws(Malformed) {
    guard case .string(let text) = prompt, text.contains(where: { !$0.isWhitespace }) else {
      throw Malformed(message: "'\(name)' must be a text that is not empty.", parameter: name)
    }
    messages = [Message(role: .user, content: text)]
  }

  private mutating func take(_ list: JSONValue) throws(Malformed) {
    guard case .array(let elements) = list, !elements.isEmpty else {
      throw Malformed(message: "'messages' must be a list that is not empty.", parameter: "messages")
    }
    for (index, element) in elements.enumerated() {
      guard case .object(let members) = element else {
        throw Malformed(message: "Invalid value for 'messages.\(index)'.", parameter: "messages.\(index)")
      }
      messages.append(try GivenMessage(Self.plain(members), index: index).message)
    }
  }

  /// The members under their names in small letters, without what joins their words.
  private static func plain(_ members: [String: JSONValue]) -> [String: JSONValue] {
    Dictionary(members.map { ($0.key.lowercased().filter { $0 != "_" && $0 != "-" }, $0.value) }) { first, _ in first }
      .filter { $0.value != .null }
  }

  private static func text(_ value: JSONValue?, named name: String) throws(Malformed) -> String? {
    guard let value else { return nil }
    guard case .string(let text) = value else {
      throw Malformed(message: "'\(name)' must be a text.", parameter: name)
    }
    return text.isEmpty ? nil : text
  }

  private static func number(_ value: JSONValue?, named name: String) throws(Malformed) -> Double? {
    switch value {
    case nil: return nil
    case .integer(let number): return Double(number)
    case .number(let number): return number
    default: throw Malformed(message: "'\(name)' must be a number.", parameter: name)
    }
  }

  private static func integer(_ value: JSONValue?, named name: String) throws(Malformed) -> Int? {
    guard let number = try number(value, named: name) else { return nil }
    guard let integer = Int(exactly: number) else {
      throw Malformed(message: "'\(name)' must be a whole number.", parameter: name)
    }
    return integer
  }
}

/// A message in OpenAI's form, read for a service that may speak another.
struct GivenMessage: Equatable {
  let message: Message

  /// `fields`: the message's members under their plain names; `index`: its place. Throws a sentence for the client.
  init(_ fields: [String: JSONValue], index: Int) throws(CompletionRequest.Malformed) {
    func invalid(_ name: String, _ why: String = "") -> CompletionRequest.Malformed {
      let path = "messages.\(index).\(name)"
      return .init(message: "Invalid value for '\(path)'.\(why)", parameter: path)
    }
    guard let role = fields["role"]?.filledString.flatMap({ Role(rawValue: $0.lowercased()) }) else {
      throw invalid("role")
    }
    var text = ""
    switch fields["content"] {
    case nil, .null?: break
    case .string(let content)?: text = content
    case .array(let parts)?:
      for part in parts {
        guard let piece = part["text"] ?? part["refusal"], case .string(let words) = piece else {
          throw invalid("content", " Only text can be passed on to this service.")
        }
        text += words
      }
    default: throw invalid("content")
    }
    let calls = (fields["tool_calls"] ?? fields["toolcalls"])?.elements ?? []
    message = Message(
      role: role, content: text,
      toolCalls: calls.map { call in
        var arguments = ""
        if case .string(let text)? = call["function"]?["arguments"] { arguments = text }
        return ToolCall(id: call["id"]?.word, name: call["function"]?["name"]?.filledString, arguments: arguments)
      }, toolCallID: (fields["tool_call_id"] ?? fields["toolcallid"])?.filledString)
  }
}

extension Parameters {
  /// These, and what they leave open from others.
  func filled(from others: Parameters) -> Parameters {
    Parameters(
      temperature: temperature ?? others.temperature, topP: topP ?? others.topP,
      maxTokens: maxTokens ?? others.maxTokens, seed: seed ?? others.seed,
      reasoningEffort: reasoningEffort ?? others.reasoningEffort)
  }
}

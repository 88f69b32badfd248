import ChatModel
import ChatWire

/// The body of `POST /v1/chat/completions` as a relay takes it: read as far as it must be, and passed on whole to a service
/// that speaks the same.
struct CompletionCall: Equatable, Sendable {
  typealias Malformed = CompletionRequest.Malformed

  /// The name of a model that stands for whatever the service answers with.
  static let anyModel = "default"

  private let fields: [String: JSONValue]
  let isStream: Bool
  let includesUsage: Bool

  /// Reads a body. Throws a sentence for the client.
  init(body: [UInt8]) throws(Malformed) {
    guard case .object(let fields)? = JSONReader.value(of: body) else {
      throw Malformed(message: "The request's body is not a JSON object in valid JSON.")
    }
    self.fields = fields
    switch fields["stream"] {
    case nil, .null?: isStream = false
    case .bool(let value)?: isStream = value
    default: throw Malformed(message: "'stream' must be true or false.", parameter: "stream")
    }
    includesUsage = fields["stream_options"]?["include_usage"] == .bool(true)
    guard let list = fields["messages"] else {
      throw Malformed(message: "Missing required parameter: 'messages'.", parameter: "messages")
    }
    guard case .array(let messages) = list, !messages.isEmpty else {
      throw Malformed(message: "'messages' must be a list that is not empty.", parameter: "messages")
    }
    for (index, message) in messages.enumerated() {
      guard message["role"]?.filledString != nil else {
        throw Malformed(
          message: "Missing required parameter: 'messages.\(index).role'.", parameter: "messages.\(index).role")
      }
    }
    if let model = fields["model"], model != .null {
      guard case .string = model else { throw Malformed(message: "'model' must be a text.", parameter: "model") }
    }
  }

  /// What is asked of the service. Throws where it knows no such thing.
  func request(_ offer: RelayService) throws(Malformed) -> ChatRequest {
    let name = fields["model"]?.filledString
    let model = name == Self.anyModel ? nil : name
    if offer.service.provider.kind.speaksChatCompletions {
      return ChatRequest(
        messages: [], model: model, parameters: offer.service.parameters, tools: offer.tools,
        given: fields.filter { $0.key != "model" })
    }
    return try translated(offer, model: model)
  }

  private func translated(_ offer: RelayService, model: String?) throws(Malformed) -> ChatRequest {
    try refuseUnknown(offer.service.provider.kind)
    var messages: [Message] = []
    for (index, element) in (fields["messages"]?.elements ?? []).enumerated() {
      guard case .object(let members) = element else { continue }
      messages.append(try GivenMessage(members, index: index).message)
    }
    var parameters = Parameters()
    parameters.temperature = try number("temperature")
    parameters.topP = try number("top_p")
    let oldLimit = try integer("max_tokens")
    parameters.maxTokens = try integer("max_completion_tokens") ?? oldLimit
    parameters.seed = try integer("seed")
    parameters.reasoningEffort = fields["reasoning_effort"]?.filledString
    let tools = fields["tools"]?.elements ?? []
    return ChatRequest(
      messages: messages, model: model, parameters: parameters.filled(from: offer.service.parameters),
      tools: tools.isEmpty ? offer.tools : tools)
  }

  /// Fields that every service has a word for, and those that change no answer.
  private static let known: Set<String> = [
    "messages", "model", "stream", "stream_options", "temperature", "top_p", "max_tokens", "max_completion_tokens",
    "seed", "reasoning_effort", "tools", "user", "metadata", "store", "safety_identifier", "prompt_cache_key",
  ]
  /// Values that say what is the case anyway.
  private static let usual: [String: [JSONValue]] = [
    "n": [.integer(1)], "tool_choice": [.string("auto")], "parallel_tool_calls": [.bool(true)],
    "frequency_penalty": [.integer(0), .number(0)], "presence_penalty": [.integer(0), .number(0)],
    "logprobs": [.bool(false)], "response_format": [.object(["type": .string("text")])],
    "modalities": [.array([.string("text")])], "stop": [.array([])], "service_tier": [.string("auto")],
  ]

  private func refuseUnknown(_ kind: ProviderKind) throws(Malformed) {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) where value != .null {
      let isKnown = Self.known.contains(name) && (name != "tools" || kind.takesTools || value.elements.isEmpty)
      if isKnown || Self.usual[name]?.contains(value) == true { continue }
      throw Malformed(
        message: "Unsupported parameter: '\(name)' cannot be passed on to \(kind.rawValue) with this value.",
        parameter: name, code: "unsupported_parameter")
    }
  }

  private func number(_ name: String) throws(Malformed) -> Double? {
    switch fields[name] {
    case nil, .null?: return nil
    case .integer(let number)?: return Double(number)
    case .number(let number)?: return number
    default: throw Malformed(message: "'\(name)' must be a number.", parameter: name)
    }
  }

  private func integer(_ name: String) throws(Malformed) -> Int? {
    guard let number = try number(name) else { return nil }
    guard let integer = Int(exactly: number) else {
      throw Malformed(message: "'\(name)' must be a whole number.", parameter: name)
    }
    return integer
  }
}

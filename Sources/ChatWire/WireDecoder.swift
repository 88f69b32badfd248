import ChatModel

/// The decoder of one wire, chosen by the kind of provider. What all wires share (framing, `[DONE]`, errors, ends) is
/// `ResponseDecoder`'s.
enum WireDecoder: Sendable {
  case chatCompletions(ChatCompletionsDecoder)

  /// What an event turned out to be, besides the chat events that it gave.
  enum Outcome: Equatable {
    case more
    case error(ServiceError)
    case notJSON
  }

  /// Nil where this version does not speak the kind's wire.
  init?(kind: ProviderKind) {
    guard kind.isAvailable else { return nil }
    self = .chatCompletions(ChatCompletionsDecoder())
  }

  /// True once the service said that the answer is whole.
  var isFinished: Bool {
    switch self {
    case .chatCompletions(let decoder): decoder.isFinished
    }
  }

  mutating func decode(_ event: ServerSentEvent, json: WireJSON, into events: inout [ChatEvent]) -> Outcome {
    switch self {
    case .chatCompletions(var decoder):
      guard let chunk = json.decode(ChatCompletionsChunk.self, from: event.data) else { return .notJSON }
      events += decoder.decode(chunk)
      self = .chatCompletions(decoder)
      return Self.error(in: chunk, event: event, json: json)
    }
  }

  /// Reads a reply that came in one piece; false where it holds no answer.
  mutating func decodeWhole(_ body: [UInt8], json: WireJSON, into events: inout [ChatEvent]) -> Bool {
    let event = ServerSentEvent(data: body)
    guard decode(event, json: json, into: &events) == .more else { return false }
    return events.contains { event in
      if case .finishReason = event { return true }
      return event.isPiece
    }
  }

  private static func error(in chunk: ChatCompletionsChunk, event: ServerSentEvent, json: WireJSON) -> Outcome {
    if let error = chunk.error, error.isTruthy {
      return ServiceError(markedIn: .object(["error": error])).map(Outcome.error) ?? .more
    }
    for choice in chunk.choices ?? [] where choice.index == 0 {
      guard let error = choice.error, error.isTruthy else { continue }
      return ServiceError(markedIn: .object(["error": error])).map(Outcome.error) ?? .more
    }
    // Flat errors have neither choices nor counts; only what lacks both is read a second time.
    guard chunk.choices == nil, chunk.usage == nil else { return .more }
    guard let value = json.decode(JSONValue.self, from: event.data) else { return .more }
    return ServiceError(markedIn: value).map(Outcome.error) ?? .more
  }
}

extension ProviderKind {
  /// False for the kinds whose wire this version does not speak.
  public var isAvailable: Bool {
    switch self {
    case .demo, .openai, .ollama, .azureOpenAI, .azureAIInference: true
    case .openaiResponses, .openaiCompletions, .openaiAssistants, .azureOpenAIResponses, .azureOpenAICompletions,
      .azureOpenAIAssistants:
      false
    }
  }
}

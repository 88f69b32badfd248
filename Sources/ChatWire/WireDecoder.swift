import ChatModel

/// The decoder of one wire, chosen by the kind of provider. What all wires share (framing, `[DONE]`, errors, ends) is
/// `ResponseDecoder`'s.
enum WireDecoder: Sendable {
  case chatCompletions(ChatCompletionsDecoder)

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

  /// Adds what one event's JSON, or a reply in one piece, says; returns the error that it carries, if any.
  mutating func decode(_ json: JSONValue, into events: inout [ChatEvent]) -> ServiceError? {
    switch self {
    case .chatCompletions(var decoder):
      defer { self = .chatCompletions(decoder) }
      return decoder.decode(json, into: &events)
    }
  }
}

extension ProviderKind {
  /// False for the kinds whose wire this version does not speak.
  public var isAvailable: Bool {
    switch self {
    case .demo, .openai, .openaiCompletions, .ollama, .azureOpenAI, .azureOpenAICompletions, .azureAIInference: true
    case .openaiResponses, .openaiAssistants, .azureOpenAIResponses, .azureOpenAIAssistants: false
    }
  }
}

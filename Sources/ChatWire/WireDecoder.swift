import ChatModel

/// The decoder of one wire, chosen by the kind of provider. What all wires share (framing, `[DONE]`, errors, ends) is
/// `ResponseDecoder`'s.
enum WireDecoder: Sendable {
  case chatCompletions(ChatCompletionsDecoder)
  case responses(ResponsesDecoder)
  case assistants(AssistantsDecoder)

  init(kind: ProviderKind) {
    switch kind.wire {
    case .chatCompletions, .textCompletions: self = .chatCompletions(ChatCompletionsDecoder())
    case .responses: self = .responses(ResponsesDecoder())
    case .assistants: self = .assistants(AssistantsDecoder())
    }
  }

  /// True once the service said that the answer is whole.
  var isFinished: Bool {
    switch self {
    case .chatCompletions(let decoder): decoder.isFinished
    case .responses(let decoder): decoder.isFinished
    case .assistants(let decoder): decoder.isFinished
    }
  }

  /// True where nothing is to be expected after a whole answer, neither counts nor `[DONE]`.
  var endsAtOnce: Bool {
    if case .chatCompletions = self { return false }
    return true
  }

  /// True for the names of events that the wire is made of; servers and relays add others, such as `ping`.
  func isOwn(_ name: String) -> Bool {
    if name == "message" { return true }
    return switch self {
    case .chatCompletions: false
    case .responses: name.hasPrefix("response.")
    case .assistants: name.hasPrefix("thread.")
    }
  }

  /// How far the stream was read, where its wire can be taken up from there.
  var position: StreamPosition? {
    if case .responses(let decoder) = self { decoder.position } else { nil }
  }

  /// The stream that broke off comes again, from where it was read to.
  mutating func takeUp() {
    guard case .responses(var decoder) = self else { return }
    decoder.takeUp()
    self = .responses(decoder)
  }

  /// Adds what one event's JSON, or a reply in one piece, says; returns the error that it carries, if any. `name` is the
  /// event's, where it has one.
  mutating func decode(_ json: JSONValue, named name: String?, into events: inout [ChatEvent]) -> ServiceError? {
    switch self {
    case .chatCompletions(var decoder):
      defer { self = .chatCompletions(decoder) }
      return decoder.decode(json, into: &events)
    case .responses(var decoder):
      defer { self = .responses(decoder) }
      return decoder.decode(json, named: name, into: &events)
    case .assistants(var decoder):
      defer { self = .assistants(decoder) }
      return decoder.decode(json, named: name, into: &events)
    }
  }
}

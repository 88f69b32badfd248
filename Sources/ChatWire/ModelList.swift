import ChatModel

extension Provider {
  /// The names in a list of models, in the service's order, each once: `{"data":[{"id":…}]}` (OpenAI),
  /// `{"models":[{"name":…}]}` (Ollama), or a bare list. Throws `protocol` where the body is none of them.
  public func models(from body: [UInt8]) throws(ChatError) -> [String] {
    guard let value = JSONReader.value(of: body) else {
      throw ChatError(.protocolViolation, "The list of models is not valid JSON")
    }
    let list = value["data"] ?? value["models"] ?? value
    guard case .array(let elements) = list else {
      if let said = ServiceError(markedIn: value) { throw ErrorClassifier.error(said, head: nil) }
      throw ChatError(.protocolViolation, "The server answered with JSON that lists no models")
    }
    var seen: Set<String> = []
    return elements.compactMap { element in
      let name = element.filledString ?? ["id", "name", "model"].lazy.compactMap { element[$0]?.filledString }.first
      return name.flatMap { seen.insert($0).inserted ? $0 : nil }
    }
  }
}

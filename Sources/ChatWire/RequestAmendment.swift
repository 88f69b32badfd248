import ChatModel

extension Provider {
  /// The request again with the whole talk, where the service does not have, or does not take, the stored response that it
  /// was to continue; nil when the error is about something else.
  func whole(_ request: ChatRequest, after error: ChatError) -> ChatRequest? {
    guard let stored = storedResponse(of: request) else { return nil }
    // Within a stream there is no status; what its words tell is taken as it is.
    if let status = error.status, !(400..<600).contains(status) || [401, 403, 429].contains(status) { return nil }
    let text = error.message.lowercased()
    let isAboutStored =
      error.code == "previous_response_not_found" || error.parameter == RequestBody.previousResponse
      || text.contains("previous_response") || text.contains("previous response") || error.message.contains(stored.id)
    guard isAboutStored else { return nil }
    var whole = request
    whole.continued = nil
    // A service that knows no such field need not be asked again.
    if Self.isAboutParameter(error) { whole.omittedFields.insert(RequestBody.previousResponse) }
    return whole
  }

  /// The request again with the whole talk, where the service failed at it in a way that may be due to the stored response
  /// that it was to continue, though it does not say so; nil for what is surely of another kind.
  func wholeOnSuspicion(_ request: ChatRequest, after error: ChatError) -> ChatRequest? {
    guard storedResponse(of: request) != nil, error.contextExcess == nil else { return nil }
    switch error.kind {
    case .notFound, .badRequest, .server, .protocolViolation, .unexpected: break
    default: return nil
    }
    var whole = request
    whole.continued = nil
    return whole
  }

  /// The stored response that the request goes on from, where it names one.
  private func storedResponse(of request: ChatRequest) -> StoredResponse? {
    guard kind.wire == .responses, !request.omittedFields.contains(RequestBody.previousResponse) else { return nil }
    return request.continued
  }

  /// The request again without the parameter that a 400 or 422 named as one that the service does not know; where it was the
  /// limit of tokens, that travels under its other name. Nil when the error is about something else: a value that is out of
  /// range, a field that the configuration added, or what no request can go without.
  public func amended(_ request: ChatRequest, after error: ChatError) -> ChatRequest? {
    // Who wrote the request gets to know what was wrong with it.
    guard request.given == nil, error.status == 400 || error.status == 422, let body = try? chatBody(request)
    else { return nil }
    let candidates = Set(body.fields.keys).subtracting(RequestBody.fixedFields).subtracting(extraBody.keys)
    guard let name = Self.refusedField(candidates, in: error) else { return nil }
    // Nobody asked for the counts in so many words: they are given up whatever is wrong with asking.
    guard name == "stream_options" || Self.isAboutParameter(error) else { return nil }
    var amended = request
    amended.omittedFields.insert(name)
    return amended
  }

  private static func isAboutParameter(_ error: ChatError) -> Bool {
    let code = (error.code ?? "").lowercased()
    let text = error.message.lowercased()
    if code == "unsupported_value" || text.contains("unsupported value") { return false }
    let words = [
      "unsupported", "not support", "unknown", "unrecognized", "unrecognised", "unexpected", "extra", "not permitted",
      "not allowed",
    ]
    return words.contains { text.contains($0) || code.contains($0) }
  }

  private static func refusedField(_ candidates: Set<String>, in error: ChatError) -> String? {
    // LiteLLM writes Python's word where a service named none.
    if let parameter = error.parameter, parameter != "None" {
      // Where the service says which one it means, no other word of its message counts.
      let name = String(parameter.prefix { $0 != "." && $0 != "[" })
      return candidates.contains(name) ? name : nil
    }
    // Names with an underscore are no words of a sentence; others count in quotes or right after a colon.
    let message = error.message
    let words = message.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    let found = words.first { word in
      guard candidates.contains(String(word)) else { return false }
      let lead = message[..<word.startIndex]
      return word.contains("_") || lead.hasSuffix(": ") || "'\"`".contains { lead.last == $0 }
    }
    return found.map(String.init)
  }
}

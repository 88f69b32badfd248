import ChatModel

/// Says of which kind an error is, from the HTTP status or, within a stream, from the service's own words.
enum ErrorClassifier {
  /// The error of a response that is not 2xx, from its head and as much of its body as was kept.
  static func error(head: HTTPHead, body: [UInt8]) -> ChatError {
    let status = head.status
    if (300..<400).contains(status) { return redirect(head) }
    let said = serviceError(in: body)
    let message = said?.message ?? ReadableText.status(status)
    let excess = said.flatMap { ContextLimit.excess(in: $0, status: status) }
    return ChatError(
      excess == nil ? kind(status: status, said: said) : .badRequest, message, status: status, remedy: remedy(status),
      retryAfter: RetryAfter.seconds(head), code: said?.code ?? said?.type, parameter: said?.parameter,
      contextExcess: excess)
  }

  /// The error that a service reported under a good status.
  static func error(_ said: ServiceError, head: HTTPHead?) -> ChatError {
    let excess = ContextLimit.excess(in: said, status: nil)
    return ChatError(
      excess == nil ? kind(said) : .badRequest, said.message ?? "The service reported an error without a message",
      retryAfter: head.flatMap(RetryAfter.seconds), code: said.code ?? said.type, parameter: said.parameter,
      contextExcess: excess)
  }

  /// What a body says: as JSON, as the events of an event stream, as the title of a web page, or as plain text. JSON
  /// that says nothing is not shown.
  private static func serviceError(in body: [UInt8]) -> ServiceError? {
    if let value = JSONReader.value(of: body) { return ServiceError(telling: value) }
    let text = String(decoding: body, as: UTF8.self)
    if ReadableText.pageTitle(text) == nil {
      var parser = SSEParser()
      var events = parser.consume(body)
      if let last = parser.finish() { events.append(last) }
      for event in events.filter({ !$0.isDone }).map(\.data) + [parser.strayError?.value].compactMap(\.self) {
        if let said = ServiceError(
          telling: JSONReader.value(of: event) ?? .string(String(decoding: event, as: UTF8.self)))
        {
          return said
        }
      }
    }
    return ServiceError(telling: .string(text))
  }

  private static func redirect(_ head: HTTPHead) -> ChatError {
    let target = head.value("location").map { " to \(ReadableText.line($0))" } ?? ""
    return ChatError(
      .config, "\(ReadableText.status(head.status)): the server redirects\(target); redirects are not followed",
      status: head.status, remedy: "Set the endpoint to the address of the service itself")
  }

  private static func remedy(_ status: Int) -> String? {
    status == 407 ? "Put the proxy's user and password into its variable: http://USER:PASSWORD@HOST:PORT" : nil
  }

  private static func kind(status: Int, said: ServiceError?) -> ChatError.Kind {
    if (400..<500).contains(status), status != 429, let said, isContentFilter(said) { return .contentFilter }
    switch status {
    case 401, 403: return .auth
    case 404, 410: return .notFound
    // A proxy's answer, not the service's.
    case 407: return .network
    case 429: return .rateLimit
    case 408, 409, 500...: return .server
    default: return .badRequest
    }
  }

  private static func isContentFilter(_ said: ServiceError) -> Bool {
    [said.code, said.type, said.innerCode].compactMap { $0?.lowercased() }.contains {
      $0.contains("content_filter") || $0.contains("content_policy") || $0 == "responsibleaipolicyviolation"
    }
  }

  private static func kind(_ said: ServiceError) -> ChatError.Kind {
    if isContentFilter(said) { return .contentFilter }
    if let status = said.ownStatus { return kind(status: status, said: nil) }
    let words = [said.code, said.type].compactMap { $0?.lowercased() }
    func names(_ parts: String...) -> Bool { words.contains { word in parts.contains { word.contains($0) } } }
    if names("rate_limit", "ratelimit", "quota", "too_many_requests", "toomanyrequests") { return .rateLimit }
    if names("authentication", "invalid_api_key", "permission", "unauthorized", "forbidden") { return .auth }
    if names("not_found", "notfound") { return .notFound }
    if names("invalid_request", "bad_request", "badrequest", "context_length") { return .badRequest }
    return .server
  }
}

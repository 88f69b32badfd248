import ChatModel
import ChatWire

/// The demo's side of the OpenAI chat API: routes, and answers in the service's form. It keeps nothing between
/// requests.
struct DemoProvider: Sendable {
  static let model = "eliza-demo"

  /// Lets the scripts' pauses pass.
  var clock: any Clock<Duration>
  /// Seconds since 1970, for the `created` fields.
  var date: @Sendable () -> Int

  /// Answers any request.
  func answer(_ request: ServerRequest) -> ServerResponse {
    switch (request.path, request.method) {
    case ("/v1/models", "GET"):
      return .json(encoded(ModelsBody(data: [.init(id: Self.model, created: date(), ownedBy: "aichat-tui")])))
    case ("/v1/chat/completions", "POST"): return complete(request)
    case ("/v1/models", let method): return wrong(method, allowed: "GET")
    case ("/v1/chat/completions", let method): return wrong(method, allowed: "POST")
    default: return .error(404, "There is nothing at \(request.path).", code: "unknown_url")
    }
  }

  private func wrong(_ method: String, allowed: String) -> ServerResponse {
    .error(
      405, "Not allowed to \(method) here; only \(allowed).", code: "method_not_supported",
      headers: [HTTPField("Allow", allowed)])
  }

  private func complete(_ request: ServerRequest) -> ServerResponse {
    let asked: CompletionRequest
    do {
      asked = try CompletionRequest(body: request.body)
    } catch {
      return .error(400, error.message, parameter: error.parameter)
    }
    guard let script = DemoAnswers.script(for: asked.messages)?.limited(to: asked.maxTokens) else {
      return .error(500, DemoAnswers.failure, code: "demo_error")
    }
    let answer = DemoAnswer(asked: asked, script: script, created: date())
    let clock = clock
    if asked.isStream { return .events { try await answer.stream(to: $0, clock: clock) } }
    if script.ending == .silence || script.ending == .cut {
      // A body without end, and a broken one, can be shown only while it is sent.
      return ServerResponse(
        status: 200, headers: [HTTPField("Content-Type", "application/json")],
        body: .stream { try await answer.breakOff($0) })
    }
    return .json(answer.whole)
  }
}

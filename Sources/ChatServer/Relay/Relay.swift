import ChatEngine
import ChatModel
import ChatWire
import Synchronization

/// What a relay answers to a request: its routes, and who may use them.
struct Relay: Sendable {
  /// After so long a silence a stream gets a sign of life, which keeps proxies from giving it up.
  static let keepAlive = Duration.seconds(5)

  let offer: RelayService
  let access: RelayAccess
  /// Wakes all sleepers of the relay; turns have pauses of their own.
  let clock: PausableClock
  let keepAlive: Duration
  /// Seconds since 1970, for the `created` fields.
  let date: @Sendable () -> Int
  let turns = RelayTurns()
  private let learned = LearnedModel()

  init(
    _ offer: RelayService, access: RelayAccess, clock: PausableClock, keepAlive: Duration,
    date: @escaping @Sendable () -> Int
  ) {
    self.offer = offer
    self.access = access
    self.clock = clock
    self.keepAlive = keepAlive
    self.date = date
  }

  /// Looks at the head of a request: the refusal, or nil. How the relay is doing is told at once, however much runs.
  func admit(_ request: ServerRequest, port: UInt16) -> ServerResponse? {
    let rules = access.rules(port: port)
    if let refusal = rules.refusal(of: request) { return refusal }
    let sharing = rules.sharing(with: request.header("Origin"))
    let route = Route(rawValue: request.path)
    if route == .health, ["GET", "HEAD"].contains(request.method) { return Self.healthy }
    // A browser asks beforehand whether it may ask, and gives no token with that.
    if route == .page || request.method == "OPTIONS" && !sharing.isEmpty { return nil }
    guard access.token.opens(request.header("Authorization")) else {
      return .error(
        401, "This relay wants its token: the part behind # in the address that it printed, as a bearer token.",
        code: "invalid_token", headers: [HTTPField("WWW-Authenticate", "Bearer")] + sharing)
    }
    return nil
  }

  /// Answers a request that was admitted.
  func answer(_ request: ServerRequest) async -> ServerResponse {
    var response = await routed(request)
    response.headers += access.rules(port: 0).sharing(with: request.header("Origin"))
    return response
  }

  private func routed(_ request: ServerRequest) async -> ServerResponse {
    guard String(validating: request.body, as: UTF8.self) != nil else {
      return .error(400, "The request's body is not in UTF-8.")
    }
    guard let route = Route(rawValue: request.path) else {
      return .error(404, "There is nothing at this address.", code: "unknown_url")
    }
    let method = request.method == "HEAD" ? "GET" : request.method
    if method == "OPTIONS" { return route.options(asking: request.header("Access-Control-Request-Headers")) }
    guard method == route.method else {
      return .error(
        405, "Not allowed here; only \(route.method).", code: "method_not_supported",
        headers: [HTTPField("Allow", route.method)])
    }
    switch route {
    case .page: return ChatPage.response()
    case .health: return Self.healthy
    case .models: return await models()
    case .prompts: return .json(encoded(PromptsBody(offer)), headers: [.notStored])
    case .chatStream, .apiChatStream: return await chatStream(request)
    case .completions: return await completions(request)
    }
  }

  private var provider: Provider { offer.service.provider }

  // MARK: The routes

  private static let healthy = ServerResponse(
    status: 200, headers: [.plainText, .notStored], body: .whole(Array("ok".utf8)))

  private func models() async -> ServerResponse {
    let session = offer.session(over: offer.transport, clock: clock, isWhole: true)
    do throws(ChatError) {
      return models(try await session.listModels())
    } catch {
      // Services that list none, but need none to be named either.
      guard error.kind == .config, error.status == nil, !provider.isModelRequired else {
        return .failure(error)
      }
      return models([provider.model ?? provider.deployment ?? CompletionCall.anyModel])
    }
  }

  private func models(_ names: [String]) -> ServerResponse {
    .json(encoded(ModelsBody(data: names.map { .init(id: $0, created: 0, ownedBy: provider.name) })))
  }

  private func chatStream(_ request: ServerRequest) async -> ServerResponse {
    let asked: ChatRequest
    do throws(CompletionRequest.Malformed) {
      asked = try ChatStreamCall(body: request.body, prompt: request.argument("prompt")).request(offer)
    } catch {
      return .error(400, error.message, parameter: error.parameter)
    }
    let turn = await begin(asked, keepsChunks: false, isWhole: false)
    return .events { try await turn.stream(ChatStreamForm(), to: $0) }
  }

  private func completions(_ request: ServerRequest) async -> ServerResponse {
    let call: CompletionCall
    let asked: ChatRequest
    do throws(CompletionRequest.Malformed) {
      call = try CompletionCall(body: request.body)
      asked = try call.request(offer)
    } catch {
      return .error(400, error.message, code: error.code, parameter: error.parameter)
    }
    let turn = await begin(asked, keepsChunks: asked.given != nil, isWhole: !call.isStream)
    let form = CompletionForm(
      id: "chatcmpl-" + String(UInt64.random(in: 0 ... .max), radix: 36), created: date(),
      model: asked.model ?? provider.model ?? provider.deployment ?? CompletionCall.anyModel,
      includesUsage: call.includesUsage)
    return call.isStream ? await turn.response(form) : await turn.wholeResponse(form)
  }

  private func begin(_ request: ChatRequest, keepsChunks: Bool, isWhole: Bool) async -> RelayTurn {
    var request = request
    request.model = request.model ?? provider.model ?? learned.name
    let clock = PausableClock(within: clock)
    let tap = UpstreamTap(offer.transport, keepsChunks: keepsChunks)
    let session = offer.session(over: tap, clock: clock, isWhole: isWhole)
    let isModelKnown = request.model != nil
    return RelayTurn(
      session: session, updates: await session.ask(request), tap: tap, clock: clock, keepAlive: keepAlive, turns: turns
    ) { [learned] in
      if !isModelKnown { learned.name = await session.model }
    }
  }
}

/// The model that the service listed first, once one turn has asked for it.
private final class LearnedModel: Sendable {
  private let known = Mutex<String?>(nil)
  var name: String? {
    get { known.withLock { $0 } }
    set { if let newValue { known.withLock { $0 = newValue } } }
  }
}

/// The addresses that a relay answers at.
enum Route: String, CaseIterable {
  case page = "/"
  case health = "/healthz"
  case models = "/v1/models"
  case completions = "/v1/chat/completions"
  case chatStream = "/chat/stream"
  case apiChatStream = "/api/chat/stream"
  case prompts = "/api/prompts"

  /// The one method that it has, besides `OPTIONS`, and `HEAD` where it is `GET`.
  var method: String {
    switch self {
    case .page, .health, .models, .prompts: "GET"
    case .completions, .chatStream, .apiChatStream: "POST"
    }
  }

  /// What a browser is told that asks whether a page may ask. Clients have headers of their own, which harm nobody: the token
  /// decides.
  ///
  /// - Parameter headers: those that the page would send, as a list.
  func options(asking headers: String?) -> ServerResponse {
    let isList = headers?.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-_, ".utf8.contains(byte)
    }
    let allowed = isList == true && headers?.isEmpty == false ? headers ?? "" : "authorization, content-type"
    return ServerResponse(
      status: 204,
      headers: [
        HTTPField("Allow", "\(method), OPTIONS"), HTTPField("Access-Control-Allow-Methods", method),
        HTTPField("Access-Control-Allow-Headers", allowed),
        HTTPField("Access-Control-Max-Age", "600"),
      ], body: .whole([]))
  }
}

/// The body of `GET /api/prompts`: what the page shows and offers.
private struct PromptsBody: Encodable {
  struct Prompt: Encodable {
    var name: String
    var summary: String
    var text: String
  }

  var provider: String
  var model: String?
  /// The name of the prompt that is set.
  var selected: String
  var prompts: [Prompt]

  init(_ offer: RelayService) {
    provider = offer.service.provider.name
    model = offer.service.provider.model ?? offer.service.provider.deployment
    selected = offer.systemPrompt.name
    let isListed = offer.prompts.contains { $0 == offer.systemPrompt }
    prompts = ((isListed ? [] : [offer.systemPrompt]) + offer.prompts)
      .map { Prompt(name: $0.name, summary: $0.summary, text: $0.text) }
  }
}

extension HTTPField {
  fileprivate static let plainText = HTTPField("Content-Type", "text/plain; charset=utf-8")
  fileprivate static let notStored = HTTPField("Cache-Control", "no-store")
}

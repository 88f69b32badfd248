import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

@testable import ChatServer

/// A relay before a server that does what a test says, both on real sockets.
struct RelayRig {
  /// Stands for the service's key; nothing that a client reads may hold it.
  static let key = "sk-upstream-9d41c07be2"
  /// What a client proves itself with.
  static let token = String(repeating: "t0", count: 32)

  let upstream: FaultServer
  let relay: RelayServer
  var port: UInt16 { relay.port }

  /// - Parameters:
  ///   - answer: what the service does with each request.
  ///   - configure: changes the service as the relay knows it.
  init(
    kind: ProviderKind = .openai, model: String? = "m", keepAlive: Duration = .seconds(60),
    limits: HTTPServer.Limits = .init(), hosts: [String] = [], origins: [String] = [],
    configure: (inout RelayService) -> Void = { _ in },
    answer: @escaping @Sendable (FaultServer.Request) -> [FaultServer.Step]
  ) throws {
    upstream = try FaultServer(answer)
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: upstream.url + "/v1")
    provider.credential = .apiKey(Secret(Self.key))
    provider.model = model
    var offer = RelayService(
      ChatService(provider: provider, retries: 0),
      transport: CurlTransport(network: NetworkEnvironment([:]), capacity: 64 << 10))
    configure(&offer)
    let token = try #require(RelayToken(Self.token))
    let access = try #require(RelayAccess(token: token, hosts: hosts, origins: origins))
    relay = try RelayServer.start(offer, access: access, clock: PausableClock(), limits: limits, keepAlive: keepAlive)
  }

  /// The whole answer to a request with the token, head and all.
  func ask(
    _ method: String = "POST", _ path: String, _ body: String? = nil, headers: [String] = []
  ) async throws -> String {
    let answer = try await ChatServerTests.ask(
      port, method, path, headers: ["Authorization: Bearer \(Self.token)"] + headers, body: body)
    #expect(!answer.contains(Self.key), "the service's key left the relay")
    return answer
  }

  /// A client that has sent a request with the token.
  func client(_ method: String = "POST", _ path: String, _ body: String? = nil) async throws -> SocketClient {
    let client = try SocketClient(port: port)
    let headers = ["Authorization: Bearer \(Self.token)"]
    try await client.send(requestText(port, method, path, headers: headers, body: body))
    return client
  }

  /// The steps of a good answer: these pieces of text.
  static func answer(_ pieces: [String], reason: String = "stop") -> [FaultServer.Step] {
    [.head(200)] + pieces.map { .chunk(chunk($0)) }
      + [
        .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"\(reason)\"}]}\n\n"),
        .chunk("data: [DONE]\n\n"), .end,
      ]
  }

  /// One piece of text as the service streams it.
  static func chunk(_ text: String) -> String {
    "data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
  }
}

/// The data of all events in a response.
func eventData(_ answer: String) -> [String] {
  // The frames of the chunked encoding stand between the lines; their line breaks are one character each.
  answer.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
}

import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// A session that speaks to a real socket.
private func session(
  _ endpoint: String, environment: [String: String] = [:], key: String? = "sk-secret", kind: ProviderKind = .openai
) -> ChatSession {
  var provider = openAI(endpoint, key: key)
  provider.kind = kind
  return ChatSession(
    provider: provider, transport: CurlTransport(network: NetworkEnvironment(environment)),
    clock: TurnClock(ContinuousClock()), retries: 0)
}

/// The transport on real sockets, against a server that misbehaves.
@Suite(.timeLimit(.minutes(1))) struct CurlTransportTests {
  @Test func aPlainStream() async throws {
    let server = try FaultServer { _ in
      [.head(200), .chunk(chunk("Hel")), .chunk(chunk("lo", finish: "stop")), .chunk(done), .end]
    }
    let result = try #require(await session(server.url + "/v1").send("hi").result())
    #expect(result.status == .complete)
    #expect(result.error == nil)
    #expect(result.content == "Hello")
    #expect(result.chunks == ["Hel", "lo"])
    let request = try #require(server.requests.first)
    #expect(request.method == "POST")
    #expect(request.target == "/v1/chat/completions")
    #expect(request.header("authorization") == "Bearer sk-secret")
    #expect(request.header("expect") == nil)
    #expect(request.header("cookie") == nil)
    #expect(request.header("accept-encoding")?.contains("gzip") == true)
    #expect(request.bodyText.contains(#""hi""#))
  }

  @Test func oneByteAtATime() async throws {
    let server = try FaultServer { _ in
      [.head(200), .chunkByteByByte(chunk("Grüße, 世界 👩‍👩‍👧", finish: "stop") + done), .end]
    }
    let result = try #require(await session(server.url).send("hi").result())
    #expect(result.status == .complete)
    #expect(result.content == "Grüße, 世界 👩‍👩‍👧")
  }

  @Test func cutInTheMiddleOfAChunk() async throws {
    let server = try FaultServer { _ in [.head(200), .chunk(chunk("half")), .halfChunk("data: {"), .close] }
    let result = try #require(await session(server.url).send("hi").result())
    #expect(result.status == .truncated)
    #expect(result.error?.kind == .truncated)
    #expect(result.content == "half")
  }

  @Test func resetBeforeAnyByte() async throws {
    let server = try FaultServer { _ in [.reset] }
    let result = try #require(await session(server.url).send("hi").result())
    #expect(result.status == .failed)
    #expect(result.error?.kind == .network)
    #expect(result.error?.message.contains("127.0.0.1:\(server.port)") == true)
  }

  @Test func closedBeforeAnyByte() async throws {
    let server = try FaultServer { _ in [.close] }
    let result = try #require(await session(server.url).send("hi").result())
    #expect(result.error?.kind == .network)
    #expect(result.error?.message == "127.0.0.1:\(server.port) closed the connection without an answer")
  }

  @Test func resetInTheMiddleKeepsTheText() async throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in [.head(200), .chunk(chunk("kept")), .wait(gate), .reset] }
    let updates = await session(server.url).send("hi")
    var result: TurnResult?
    for await update in updates {
      // A reset throws away what the client has not read yet.
      if case .events = update.change { gate.open() }
      if case .finished(let last) = update.change { result = last }
    }
    #expect(result?.status == .truncated)
    #expect(result?.content == "kept")
  }

  @Test func nobodyListens() async throws {
    let closed = try ClosedPort()
    let result = try #require(await session("http://127.0.0.1:\(closed.port)").send("hi").result())
    #expect(result.error?.kind == .network)
    #expect(result.error?.message == "No connection to 127.0.0.1:\(closed.port): connection refused")
    #expect(result.error?.remedy == "Is the server running on that port?")
  }

  @Test func anUnknownHost() async throws {
    let result = try #require(await session("https://no-such-host.invalid/v1").send("hi").result())
    #expect(result.error?.kind == .network)
    #expect(result.error?.message == "The host name no-such-host.invalid could not be resolved")
  }

  @Test func noTLSWhereItIsWanted() async throws {
    let server = try FaultServer(greeting: [.raw("220 mail.example ESMTP\r\n")]) { _ in [] }
    let url = "https://127.0.0.1:\(server.port)/v1"
    #expect(await session(url).send("hi").result()?.error?.kind == .tls)
  }

  @Test func aMissingFileOfCertificates() async throws {
    let server = try FaultServer { _ in [.close] }
    let chat = session("https://127.0.0.1:\(server.port)/v1", environment: ["SSL_CERT_FILE": "/nonexistent/ca.pem"])
    let error = try #require(await chat.send("hi").result()?.error)
    #expect(error.kind == .tls)
    #expect(error.message.contains("/nonexistent/ca.pem"))
    #expect(error.remedy?.contains("SSL_CERT_FILE") == true)
  }

  @Test func anErrorWithItsBody() async throws {
    let body = #"{"error":{"message":"slow down","type":"rate_limit_error","code":"rate_limit_exceeded"}}"#
    let server = try FaultServer { _ in [.response(429, ["Retry-After: 7"], body: body)] }
    let error = try #require(await session(server.url).send("hi").result()?.error)
    #expect(error.kind == .rateLimit)
    #expect(error.status == 429)
    #expect(error.message.contains("slow down"))
    #expect(error.retryAfter == 7)
  }

  @Test(arguments: [301, 302, 307, 308]) func aRedirectIsNotFollowed(_ status: Int) async throws {
    let other = try FaultServer { _ in [.response(200, body: "{}")] }
    let server = try FaultServer { _ in
      [.response(status, ["Location: \(other.url)/v1/chat/completions"], body: "")]
    }
    let error = try #require(await session(server.url).send("hi").result()?.error)
    #expect(error.kind == .config)
    #expect(other.requests.isEmpty)
    #expect(server.requests.count == 1)
  }

  @Test func gzip() async throws {
    let body = FaultServer.gzip(chunk("small", finish: "stop") + done)
    let server = try FaultServer { _ in [.head(200, ["Content-Encoding: gzip"]), .chunkBytes(body), .end] }
    let result = try #require(await session(server.url).send("hi").result())
    #expect(result.status == .complete)
    #expect(result.content == "small")
  }

  @Test func brokenGzip() async throws {
    let server = try FaultServer { _ in [.head(200, ["Content-Encoding: gzip"]), .chunk("no gzip at all"), .end] }
    let error = try #require(await session(server.url).send("hi").result()?.error)
    #expect(error.kind == .protocolViolation)
    #expect(error.message.contains("compression"))
  }

  @Test func notHTTP() async throws {
    let server = try FaultServer { _ in [.raw("220 mail.example ESMTP\r\n"), .close] }
    let error = try #require(await session(server.url).send("hi").result()?.error)
    #expect(error.kind == .protocolViolation)
  }

  @Test func interimHeadsAreNotTheResponse() async throws {
    let server = try FaultServer { _ in
      [
        .raw("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"), .head(200), .chunk(chunk("a", finish: "stop") + done),
        .end,
      ]
    }
    #expect(await session(server.url).send("hi").result()?.content == "a")
  }

  @Test func headersKeepTheirOrder() async throws {
    let server = try FaultServer { _ in [.response(200, body: "{}")] }
    let request = HTTPRequest(
      method: "POST", url: server.url + "/x",
      headers: [HTTPField("X-B", "1"), HTTPField("X-A", "2"), HTTPField("X-Empty", "")],
      credentials: [("api-key", Secret("k"))], body: [])
    let transfer = CurlTransport(network: NetworkEnvironment([:])).open(request) {}
    let received = await server.nextRequest()
    #expect(
      received.headers.map(\.name).filter { $0.hasPrefix("X-") || $0 == "api-key" } == [
        "X-B", "X-A", "X-Empty", "api-key",
      ])
    #expect(received.header("content-length") == "0")
    transfer.cancel()
  }

  @Test func aLineBreakInAKeyIsRefused() async throws {
    let server = try FaultServer { _ in [.response(200, body: "{}")] }
    let request = HTTPRequest(
      method: "POST", url: server.url, credentials: [("api-key", Secret("secret\r\nX-Other: 1"))])
    let (signals, signal) = AsyncStream<Void>.makeStream()
    let transfer = CurlTransport(network: NetworkEnvironment([:])).open(request) { signal.yield() }
    for await _ in signals { break }
    guard case .cut(let error) = transfer.take().end else {
      Issue.record("the request was sent")
      return
    }
    #expect(error.kind == .config)
    #expect(!error.message.contains("secret"))
    #expect(server.requests.isEmpty)
  }

  @Test func everyChunkArrivesAtFullSpeed() async throws {
    let pieces = (0..<200).map { block in (0..<100).map { chunk("\(block * 100 + $0) ") }.joined() }
    let server = try FaultServer { _ in
      [.head(200)] + pieces.map { .chunk($0) } + [.chunk(chunk("", finish: "stop") + done), .end]
    }
    let (updates, result) = await session(server.url).send("hi").collect()
    #expect(result?.chunks.count == 20_000)
    #expect(result?.content == (0..<20_000).map { "\($0) " }.joined())
    // Started, and one update for each time that something was taken: never one for each piece.
    #expect(updates.count < 5_000)
  }

  @Test func theServerSeesACancelAtOnce() async throws {
    let server = try FaultServer { _ in [.head(200), .chunk(chunk("a")), .stall] }
    let chat = session(server.url)
    let updates = await chat.send("hi")
    var result: TurnResult?
    for await update in updates {
      if case .events = update.change {
        await chat.cancel()
      }
      if case .finished(let last) = update.change { result = last }
    }
    #expect(result?.status == .cancelled)
    #expect(result?.content == "a")
    #expect(await server.nextDeparture(within: .seconds(10)) != nil, "the connection is still open")
  }

  @Test func anEndlessStreamIsHeldBackUntilItIsTaken() async throws {
    let server = try FaultServer { _ in [.head(200), .endless(String(repeating: ": nothing\n", count: 4096))] }
    let request = HTTPRequest(method: "GET", url: server.url)
    let transfer = CurlTransport(network: NetworkEnvironment([:])).open(request) {}
    // Settling returns once the buffer is full and the transfer paused: nothing is ready any more.
    var count = 0
    while count < 100 {
      await transfer.settle()
      count += 1
    }
    let taken = transfer.take().bytes.count
    #expect(taken > 0)
    #expect(taken <= 9 << 20)
    transfer.cancel()
    #expect(await server.nextDeparture(within: .seconds(10)) != nil, "the connection is still open")
  }
}

/// Requests through proxies.
@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
  @Test func plainHTTPArrivesInAbsoluteForm() async throws {
    let proxy = try FaultServer { _ in [.head(200), .chunk(chunk("via", finish: "stop") + done), .end] }
    let chat = session("http://chat.invalid/v1", environment: ["http_proxy": proxy.url], key: nil)
    #expect(await chat.send("hi").result()?.content == "via")
    #expect(proxy.requests.first?.target == "http://chat.invalid/v1/chat/completions")
    #expect(proxy.requests.first?.header("host") == "chat.invalid")
  }

  @Test func noProxyWins() async throws {
    let proxy = try FaultServer { _ in [.response(500, body: "")] }
    let server = try FaultServer { _ in [.head(200), .chunk(chunk("direct", finish: "stop") + done), .end] }
    let environment = ["http_proxy": proxy.url, "no_proxy": "127.0.0.0/8"]
    #expect(await session(server.url, environment: environment).send("hi").result()?.content == "direct")
    #expect(proxy.requests.isEmpty)
  }

  @Test func aRefusedTunnel() async throws {
    let proxy = try FaultServer { _ in
      [.raw("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nX-Proxy: 1\r\n\r\nno"), .close]
    }
    let environment = ["https_proxy": "http://user:hunter2@127.0.0.1:\(proxy.port)"]
    let error = try #require(
      await session("https://chat.invalid/v1", environment: environment).send("hi").result()?.error)
    #expect(error.kind == .network)
    #expect(error.message == "The proxy 127.0.0.1:\(proxy.port) refused the way to chat.invalid: status 403")
    #expect(error.remedy == "Check https_proxy, or add chat.invalid to no_proxy")
    #expect(error.mayPass == false)
    let request = try #require(proxy.requests.first)
    #expect(request.method == "CONNECT")
    #expect(request.target == "chat.invalid:443")
    #expect(request.header("authorization") == nil)
    #expect(request.header("proxy-authorization") != nil)
  }

  @Test func aKeyNeverGoesInClearThroughAForeignProxy() async throws {
    let server = try FaultServer { _ in [.response(200, body: "{}")] }
    let chat = session(server.url, environment: ["http_proxy": "http://user:hunter2@192.0.2.1:3128"])
    let error = try #require(await chat.send("hi").result()?.error)
    #expect(error.kind == .config)
    #expect(error.message.contains("192.0.2.1:3128"))
    #expect(!error.message.contains("hunter2"))
    #expect(server.requests.isEmpty)
  }

  @Test func theDemoUsesNone() async throws {
    let proxy = try FaultServer { _ in [.response(500, body: "")] }
    let server = try FaultServer { _ in [.head(200), .chunk(chunk("demo", finish: "stop") + done), .end] }
    let chat = session(server.url, environment: ["http_proxy": proxy.url], key: nil, kind: .demo)
    #expect(await chat.send("hi").result()?.content == "demo")
    #expect(proxy.requests.isEmpty)
  }
}

import ChatEngine
import ChatModel
import TestSupport
import Testing

@testable import ChatServer

/// What must not get through: each request gets its refusal, and the service hears of none.
@Suite(.timeLimit(.minutes(1)))
struct RelayHostileTests {
  private static let body = #"{"messages":[{"role":"user","content":"Hi"}]}"#
  private static let open = "Authorization: Bearer \(RelayRig.token)"

  /// A request, by its parts, and the status that it must get.
  struct Attempt: CustomStringConvertible, Sendable {
    var line = "POST /chat/stream HTTP/1.1"
    /// Nil: the relay's own; empty: none.
    var host: String?
    var headers = [RelayHostileTests.open]
    var body = RelayHostileTests.body
    /// Whether the right Content-Length is added.
    var hasLength = true
    var status: [Int]

    var description: String { "\(line) \(host ?? "") \(headers.joined(separator: "|")) \(body.prefix(40))" }

    func text(port: UInt16) -> String {
      let hostLine = host.map { $0.isEmpty ? [] : ["Host: \($0)"] } ?? ["Host: 127.0.0.1:\(port)"]
      let length = hasLength ? ["Content-Length: \(body.utf8.count)"] : []
      let lines = [line] + hostLine + headers + length + ["Connection: close"]
      return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }
  }

  private static let hosts: [Attempt] = [
    "", "evil.example", "evil.example:8787", "127.0.0.1", "127.0.0.1:1", "localhost", "localhost.evil.example",
    "127.0.0.1.evil.example", "0.0.0.0", "[::1]", "[::1]:1", "2130706433", "127.1", "0x7f.0.0.1", "localhost:",
    "user@127.0.0.1",
  ].map { Attempt(host: $0, status: [400, 403]) }

  private static let origins: [Attempt] = [
    "https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "https://127.0.0.1", "file://",
    "http://127.0.0.1.evil.example", "chrome-extension://abc", "", "*",
  ].map { Attempt(headers: [open, "Origin: \($0)"], status: [403]) }

  private static let tokens: [Attempt] =
    [
      [], ["Authorization: Bearer"], ["Authorization: Bearer "], ["Authorization: Bearer \(RelayRig.token)0"],
      ["Authorization: Bearer \(RelayRig.token.dropLast())"], ["Authorization: \(RelayRig.token)"],
      ["Authorization: Basic \(RelayRig.token)"], ["Authorization: Bearer \(RelayRig.token.uppercased())"],
      ["Cookie: token=\(RelayRig.token)"], ["X-Api-Key: \(RelayRig.token)"],
      ["Authorization: Bearer " + String(repeating: "x", count: 64)],
    ].map { Attempt(headers: $0, status: [401]) } + [
      Attempt(line: "POST /chat/stream?token=\(RelayRig.token) HTTP/1.1", headers: [], status: [401]),
      Attempt(line: "GET /v1/models HTTP/1.1", headers: [], body: "", status: [401]),
      Attempt(line: "GET /api/prompts HTTP/1.1", headers: [], body: "", status: [401]),
      Attempt(line: "OPTIONS /chat/stream HTTP/1.1", headers: [], body: "", status: [401]),
    ]

  private static let paths: [Attempt] = [
    "/chat/stream/", "/chat//stream", "//chat/stream", "/chat/../chat/stream", "/./chat/stream", "/CHAT/STREAM",
    "/chat%2Fstream", "/%63hat/stream", "/chat/stream%00", "/chat/stream;x", "/healthz/../chat/stream", "/..",
    "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/chat\\stream", "/v1/chat/completions/x", "*",
    "http://evil.example/chat/stream", "/healthz%00/chat/stream",
  ].map { Attempt(line: "POST \($0) HTTP/1.1", status: [400, 404]) }

  private static let methods: [Attempt] = [
    ("GET", "/chat/stream"), ("PUT", "/v1/chat/completions"), ("DELETE", "/v1/models"), ("TRACE", "/chat/stream"),
    ("PATCH", "/chat/stream"), ("POST", "/healthz"), ("CONNECT", "/chat/stream"), ("post", "/chat/stream"),
  ].map { Attempt(line: "\($0.0) \($0.1) HTTP/1.1", status: [400, 405, 501]) }

  private static let frames: [Attempt] = [
    Attempt(headers: [open, "Transfer-Encoding: chunked"], status: [400]),
    Attempt(headers: [open, "Transfer-Encoding: gzip"], hasLength: false, status: [400, 408]),
    Attempt(
      headers: [open, "Transfer-Encoding: chunked"], body: "zz\r\nxx\r\n0\r\n\r\n", hasLength: false, status: [400]),
    Attempt(headers: [open, "Transfer-Encoding: chunked, gzip"], hasLength: false, status: [400, 408]),
    Attempt(headers: [open, "Content-Length: 3"], status: [400]),
    Attempt(headers: [open, "Content-Length: -1"], hasLength: false, status: [400]),
    Attempt(headers: [open, "Content-Length: 1e3"], hasLength: false, status: [400]),
    Attempt(headers: [open, "Content-Length: 99999999999999999999999"], hasLength: false, status: [400, 408, 413]),
    Attempt(headers: [open, "Content-Length: 1048577"], body: "", hasLength: false, status: [400, 408, 413]),
    Attempt(headers: [open, "Host: evil.example"], status: [400]),
    Attempt(headers: [open, "X: " + String(repeating: "z", count: 17_000)], status: [431]),
    Attempt(headers: [open] + (0..<1000).map { "X-\($0): \(String(repeating: "z", count: 20))" }, status: [431]),
    Attempt(line: "POST /chat/stream?x=\(String(repeating: "z", count: 17_000)) HTTP/1.1", status: [414, 431]),
    Attempt(line: "POST /\(String(repeating: "a", count: 100_000)) HTTP/1.1", status: [400, 414, 431]),
    Attempt(line: "POST /chat/stream HTTP/9.9", status: [400, 505]),
    Attempt(line: "POST /chat/stream", status: [400, 505]),
    // Folded into the token.
    Attempt(headers: [open, " folded: x"], status: [400, 401]),
    Attempt(headers: [open, "No colon here"], status: [400]),
  ]

  private static let hidden: [Attempt] = [
    Attempt(line: "POST /chat/stream\0x HTTP/1.1", status: [400]),
    Attempt(line: "POST /chat/stream\0HTTP/1.1 HTTP/1.1", status: [400]),
    Attempt(line: "POST /chat/stream?prompt=a\0b HTTP/1.1", status: [400]),
    Attempt(line: "POST /chat/stream\0?prompt=a HTTP/1.1", status: [400]),
    Attempt(headers: [open + "\0junk"], status: [400, 401]),
    Attempt(headers: [open + "\0\0junk"], status: [400, 401]),
    Attempt(headers: [open, "Origin: http://127.0.0.1:1\0"], status: [400, 403]),
    Attempt(headers: [open, "X\0: y"], status: [400]),
    Attempt(headers: [open, "Authorization: Bearer x"], status: [400]),
    Attempt(headers: [open, "Origin: http://evil.example", "Origin: null"], status: [400]),
  ]

  @Test(arguments: ["127.0.0.1:PORT\0.evil", "127.0.0.1:PORT\0", "127.0.0.1:PORT\0\0x"])
  func noNameHidesBehindANul(host: String) async throws {
    let rig = try RelayRig { _ in RelayRig.answer(["ran"]) }
    let attempt = Attempt(host: host.replacing("PORT", with: "\(rig.port)"), status: [])
    let client = try SocketClient(port: rig.port)
    try await client.send(attempt.text(port: rig.port))
    #expect(try await client.readAll().hasPrefix("HTTP/1.1 400 "))
    #expect(rig.upstream.requests.isEmpty)
  }

  @Test(arguments: [
    "/chat/stream?", "/chat/stream?a", "/chat/stream?a=b&&c=%20d+e&", "/chat/stream?&&", "/chat/stream?=&=x=y",
  ])
  func plainAddressesGetThrough(path: String) async throws {
    let rig = try RelayRig { _ in RelayRig.answer(["ran"]) }
    let filler = String(repeating: "z", count: 5000)
    let headers = [Self.open, "X-Empty:", "X-Wide:   \(filler)  ", "Cookie: a=b; c=\"d\"; e", "Accept: */*"]
    let answer = try await ask(rig.port, "POST", path, headers: headers, body: Self.body)
    #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer.prefix(300))")
  }

  @Test(arguments: [
    ["Transfer-Encoding: gzip"], ["Content-Length: 2000000", "Expect: 100-continue"],
    ["Content-Length: -1", "Expect: 100-continue"],
  ])
  func aBodyThatIsNotWantedIsNotWaitedFor(headers: [String]) async throws {
    let rig = try RelayRig(limits: .init(arrival: .seconds(3600))) { _ in RelayRig.answer(["ran"]) }
    let attempt = Attempt(headers: [Self.open] + headers, body: "", hasLength: false, status: [])
    let client = try SocketClient(port: rig.port)
    try await client.send(attempt.text(port: rig.port))
    let answer = try await client.readAll()
    #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 413 "), "\(answer.prefix(300))")
  }

  private static let bodies: [Attempt] =
    [
      "", "{", "nonsense", "[]", "null", #"{"messages":null}"#, #"{"prompt":{"a":1}}"#, "\u{0}", "{\"prompt\":\"a\"}}",
      String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 10_000),
    ].map { Attempt(body: $0, status: [400]) } + [
      Attempt(body: String(repeating: "x", count: 1024 * 1024 + 1), status: [413])
    ]

  @Test(arguments: hosts + origins + tokens + paths + methods + frames + hidden + bodies)
  func nothingGetsThrough(_ attempt: Attempt) async throws {
    // What announces more than it sends ends by the clock.
    let rig = try RelayRig(limits: .init(arrival: .seconds(2))) { _ in RelayRig.answer(["ran"]) }
    let client = try SocketClient(port: rig.port)
    try await client.send(attempt.text(port: rig.port))
    let answer = try await client.readAll()
    let status = Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
    #expect(attempt.status.contains(status), "\(answer.prefix(300))")
    #expect(rig.upstream.requests.isEmpty)
    #expect(!answer.contains(RelayRig.token) && !answer.contains(RelayRig.key))
  }

  @Test func whatIsPipelinedBehindARefusalIsRefusedToo() async throws {
    let rig = try RelayRig { _ in RelayRig.answer(["ran"]) }
    let client = try SocketClient(port: rig.port)
    let bad = Attempt(headers: [], status: []).text(port: rig.port)
    try await client.send(bad.replacing("Connection: close\r\n", with: "") + bad)
    let answer = try await client.readAll()
    #expect(answer.split(separator: "HTTP/1.1 ").allSatisfy { $0.hasPrefix("401 ") } && answer.contains("401"))
    #expect(rig.upstream.requests.isEmpty)
  }

  @Test(arguments: [
    "", "POST", "POST /chat/stream HTTP/1.1\r\nHost: x\r\n",
    "POST /chat/stream HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\(open)\r\nContent-Length: 100\r\n\r\n{\"prompt\":",
  ])
  func halfARequestIsNotWaitedForLong(half: String) async throws {
    let rig = try RelayRig(limits: .init(arrival: .milliseconds(50))) { _ in RelayRig.answer(["ran"]) }
    let client = try SocketClient(port: rig.port)
    try await client.send(half.split(separator: "PORT").joined(separator: "\(rig.port)"))
    let answer = try await client.readAll()
    #expect(answer.hasPrefix("HTTP/1.1 408 ") || answer.hasPrefix("HTTP/1.1 100 "), "\(answer)")
    #expect(rig.upstream.requests.isEmpty)
  }

  @Test func aRequestByteByByteRunsOutOfTime() async throws {
    let rig = try RelayRig(limits: .init(arrival: .milliseconds(50))) { _ in RelayRig.answer(["ran"]) }
    let client = try SocketClient(port: rig.port)
    // As fast as it can, but never an end of the header.
    var answer = ""
    while answer.isEmpty {
      try await client.send("X")
      answer = try await client.readWhatIsThere()
    }
    #expect(answer.hasPrefix("HTTP/1.1 4"))
  }

  @Test func anAnswerMayTakeLongerThanARequest() async throws {
    let gate = FaultServer.Gate()
    let rig = try RelayRig(limits: .init(arrival: .milliseconds(20))) { _ in
      [.head(200), .chunk(RelayRig.chunk("one")), .wait(gate), .chunk("data: [DONE]\n\n"), .end]
    }
    let client = try await rig.client("POST", "/chat/stream", #"{"prompt":"Hi"}"#)
    _ = try await client.read(until: "one")
    // Somebody else's request runs out of time in the meanwhile.
    let other = try SocketClient(port: rig.port)
    #expect(try await other.readAll().hasPrefix("HTTP/1.1 408 "))
    gate.open()
    #expect(try await client.read(until: "[DONE]").contains("[DONE]"))
  }

  @Test func namesAndOriginsThatAreAllowed() async throws {
    let rig = try RelayRig(hosts: ["chat.example"], origins: ["https://page.example"]) { _ in RelayRig.answer(["x"]) }
    for (host, origin) in [
      ("chat.example", "https://chat.example"), ("CHAT.example:\(rig.port)", nil),
      (nil, "https://page.example"), (nil, "http://localhost:\(rig.port)"),
    ] {
      let answer = try await ask(
        rig.port, "POST", "/chat/stream", headers: [Self.open] + (origin.map { ["Origin: \($0)"] } ?? []),
        body: Self.body, host: host)
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
      let isShared = answer.contains("Access-Control-Allow-Origin: https://page.example\r\n")
      #expect(isShared == (origin == "https://page.example"))
    }
    let preflight = try await ask(rig.port, "OPTIONS", "/chat/stream", headers: ["Origin: https://page.example"])
    #expect(preflight.hasPrefix("HTTP/1.1 204 "))
    #expect(preflight.contains("Access-Control-Allow-Headers: authorization, content-type\r\n"))
    let wanted = "Access-Control-Request-Headers: authorization, x-stainless-os"
    let other = try await ask(
      rig.port, "OPTIONS", "/chat/stream", headers: ["Origin: https://page.example", wanted])
    #expect(other.contains("Access-Control-Allow-Headers: authorization, x-stainless-os\r\n"))
  }

  @Test func tokensAreRandomAndKept() throws {
    let (one, other) = (RelayToken(), RelayToken())
    #expect(one != other && one.text.count == 64 && "\(one)" == "set")
    #expect(RelayToken(one.text) == one)
    #expect(RelayToken("short") == nil && RelayToken(String(repeating: "ä", count: 40)) == nil)
    #expect(one.opens("bearer \(one.text)") && !one.opens("Bearer \(other.text)") && !one.opens(nil))
  }
}

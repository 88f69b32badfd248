import ChatWire
import Testing

@testable import ChatServer

/// The HTTP layer, with handlers of the tests' own.
@Suite(.timeLimit(.minutes(1)))
struct HTTPServerTests {
  private func plain(_ text: String) -> ServerResponse { ServerResponse(status: 200, body: .whole(Array(text.utf8))) }

  @Test func aRequestArrivesWhole() async throws {
    let server = try HTTPServer { request in
      #expect(request.header("x-TEST") == "yes")
      return ServerResponse(
        status: 201, headers: [HTTPField("X-Path", request.path)],
        body: .whole(Array(request.method.utf8) + [32] + request.body))
    }
    let answer = try await ask(server.port, "POST", "/a%20b?c=d", headers: ["X-Test: yes"], body: "body")
    #expect(answer.hasPrefix("HTTP/1.1 201 "))
    #expect(answer.contains("X-Path: /a%20b\r\n"))
    #expect(answer.hasSuffix("\r\n\r\nPOST body"))
  }

  @Test(
    arguments: [
      ("evil.example", nil), ("127.0.0.1:1", nil), ("127.0.0.1", nil), ("localhost.evil.example", nil),
      (nil, "https://evil.example"), (nil, "null"), (nil, "http://127.0.0.1:1"),
    ] as [(String?, String?)])
  func strangersAreRefused(host: String?, origin: String?) async throws {
    let server = try HTTPServer { _ in
      Issue.record("the handler ran")
      return plain("")
    }
    let answer = try await ask(
      server.port, "POST", "/", headers: origin.map { ["Origin: \($0)"] } ?? [], body: "x", host: host)
    #expect(answer.hasPrefix("HTTP/1.1 403 "))
    #expect(answer.contains(#""code":"access_denied""#))
  }

  @Test func ownNamesAreAccepted() async throws {
    let server = try HTTPServer { _ in plain("in") }
    for name in ["127.0.0.1:\(server.port)", "localhost:\(server.port)", "LOCALHOST:\(server.port)"] {
      let answer = try await ask(server.port, "GET", "/", headers: ["Origin: http://\(name)"], host: name)
      #expect(answer.hasSuffix("in"))
    }
  }

  @Test func tooMuchIsRefused() async throws {
    let server = try HTTPServer { plain("\($0.body.count)") }
    let port = server.port
    let limit = 1024 * 1024
    #expect(try await ask(port, "POST", "/", body: String(repeating: "x", count: limit)).hasSuffix("\(limit)"))
    #expect(try await ask(port, "POST", "/", body: String(repeating: "x", count: limit + 1)).hasPrefix("HTTP/1.1 413 "))
    let chunk = String(repeating: "y", count: 0x10000)
    let chunks = String(repeating: "10000\r\n\(chunk)\r\n", count: 20) + "0\r\n\r\n"
    let client = try SocketClient(port: port)
    try await client.send(
      requestText(port, "POST", "/", headers: ["Transfer-Encoding: chunked", "Connection: close"]) + chunks)
    #expect(try await client.readAll().hasPrefix("HTTP/1.1 413 "))
    let headers = ["X-Large: " + String(repeating: "z", count: 17_000)]
    #expect(try await ask(port, "GET", "/", headers: headers).hasPrefix("HTTP/1.1 431 "))
    let monstrous = ["X-Large: " + String(repeating: "z", count: 100_000)]
    #expect(try await ask(port, "GET", "/", headers: monstrous).hasPrefix("HTTP/1.1 4"))
    #expect(try await ask(port, "GET", "/").hasSuffix("0"), "the server is well")
  }

  @Test func noiseIsRefused() async throws {
    let server = try HTTPServer { _ in plain("") }
    let client = try SocketClient(port: server.port)
    try await client.send("what is this?\r\n\r\n")
    #expect(try await !client.readAll().contains(" 200 "))
  }

  @Test func aPieceGoesOutWhenItIsWritten() async throws {
    let (steps, step) = AsyncStream.makeStream(of: Void.self)
    let server = try HTTPServer { _ in
      .events { writer in
        var number = 0
        try await writer.write(Array("<first>".utf8))
        for await _ in steps {
          number += 1
          try await writer.write(Array("<\(number)>".utf8))
        }
      }
    }
    let client = try SocketClient(port: server.port)
    try await client.send(requestText(server.port, "GET", "/", headers: ["Connection: close"]))
    let head = try await client.read(until: "<first>")
    #expect(head.contains("Content-Type: text/event-stream; charset=utf-8\r\n"))
    for number in 1...3 {
      // The next is not written before this one has been read.
      step.yield()
      #expect(try await client.read(until: ">").contains("<\(number)>"))
    }
    step.finish()
    #expect(try await client.readAll().hasSuffix("0\r\n\r\n"))
  }

  @Test func aClientThatLeavesEndsItsAnswer() async throws {
    let (ends, ended) = AsyncStream.makeStream(of: Bool.self)
    let server = try HTTPServer { _ in
      .events { writer in
        try await writer.write(Array("<here>".utf8))
        await untilCancelled()
        ended.yield(Task.isCancelled)
      }
    }
    try await leaveAfterReading("<here>", port: server.port)
    for await wasCancelled in ends {
      #expect(wasCancelled)
      break
    }
  }

  private func leaveAfterReading(_ text: String, port: UInt16) async throws {
    let client = try SocketClient(port: port)
    try await client.send(requestText(port, "GET", "/"))
    _ = try await client.read(until: text)
    client.leave()
  }

  @Test func aClientThatLeavesBeforeTheHeadEndsItsAnswer() async throws {
    let (events, event) = AsyncStream.makeStream(of: String.self)
    let server = try HTTPServer { _ in
      event.yield("asked")
      await untilCancelled()
      event.yield("ended")
      return ServerResponse(status: 200, body: .whole([]))
    }
    var seen = events.makeAsyncIterator()
    let client = try SocketClient(port: server.port)
    try await client.send(requestText(server.port, "GET", "/"))
    #expect(await seen.next() == "asked")
    client.leave()
    #expect(await seen.next() == "ended")
  }

  @Test func aClientThatDoesNotReadHoldsTheWriterBack() async throws {
    let (events, event) = AsyncStream.makeStream(of: Int.self)
    let server = try HTTPServer { _ in
      .events { writer in
        var written = 0
        defer { event.yield(written) }
        let piece = [UInt8](repeating: 120, count: 16 * 1024)
        while true {
          try await writer.write(piece)
          written += piece.count
          if written == piece.count { event.yield(written) }
        }
      }
    }
    var seen = events.makeAsyncIterator()
    let client = try SocketClient(port: server.port)
    try await client.send(requestText(server.port, "GET", "/"))
    #expect(await seen.next() != nil)
    _ = try await client.read()
    client.leave()
    let written = await seen.next() ?? .max
    #expect(written < 64 * 1024 * 1024, "what the sockets' buffers hold, and no more")
  }

  @Test func stoppingCutsWhatRuns() async throws {
    let server = try HTTPServer { _ in
      .events { writer in
        try await writer.write(Array("<here>".utf8))
        await untilCancelled()
      }
    }
    let client = try SocketClient(port: server.port)
    try await client.send(requestText(server.port, "GET", "/"))
    _ = try await client.read(until: "<here>")
    let idle = try SocketClient(port: server.port)
    let started = ContinuousClock.now
    server.stop()
    #expect(ContinuousClock.now - started < .seconds(1))
    #expect(try await !client.readAll().contains("0\r\n\r\n"), "a body that is cut does not look whole")
    #expect(try await idle.readAll() == "")
    #expect(throws: SocketClient.Failure.self) { _ = try SocketClient(port: server.port) }
    server.stop()
  }

  @Test func oneTooManyIsTold() async throws {
    let (asked, note) = AsyncStream.makeStream(of: Void.self)
    let server = try HTTPServer(limits: .init(requests: 2)) { _ in
      note.yield()
      await untilCancelled()
      return ServerResponse(status: 200, body: .whole([]))
    }
    let first = try SocketClient(port: server.port)
    try await first.send(requestText(server.port, "GET", "/"))
    let second = try SocketClient(port: server.port)
    try await second.send(requestText(server.port, "GET", "/"))
    var seen = asked.makeAsyncIterator()
    _ = await seen.next()
    _ = await seen.next()
    let answer = try await ask(server.port, "GET", "/")
    #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("Retry-After: 1\r\n"))
  }

  @Test func whatHasBeenAnsweredIsForgotten() throws {
    let core = ServerCore(limits: .init()) { _ in
      ServerResponse(status: 200, body: .stream { _ in throw CancellationError() })
    }
    let request = ServerRequest(method: "GET", path: "/", headers: [], body: [])
    for _ in 0..<2000 { core.end(try #require(core.answer(request))) }
    #expect(core.runningCount == 0)
    core.stop()
    #expect(core.answer(request) == nil, "nothing begins after the stop")
  }

  @Test func aConnectionIsUsedAgain() async throws {
    let server = try HTTPServer { _ in .events { try await $0.write(Array("piece".utf8)) } }
    let client = try SocketClient(port: server.port)
    for _ in 1...3 {
      try await client.send(requestText(server.port, "GET", "/"))
      #expect(try await client.read(until: "0\r\n\r\n").contains("piece"))
    }
  }
}

/// Waits for the task's cancellation.
private func untilCancelled() async {
  let never = AsyncStream<Never> { _ in }
  for await _ in never {}
}

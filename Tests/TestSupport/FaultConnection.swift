import Glibc

/// One client of a `FaultServer`.
struct FaultConnection {
  private let socket: Int32
  private let stopping: FaultServer.Gate

  init(_ socket: Int32, _ stopping: FaultServer.Gate) {
    self.socket = socket
    self.stopping = stopping
    var on: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Serves request after request, until a step or the client ends the connection.
  func serve(
    greeting: [FaultServer.Step], _ answer: (FaultServer.Request) -> [FaultServer.Step],
    onDeparture: (ContinuousClock.Instant) -> Void
  ) {
    defer { close(socket) }
    var outcome = greeting.isEmpty ? Outcome.finished : perform(greeting)
    // A greeting that ends without an end of its own goes on to the first request.
    if outcome == .done { outcome = .finished }
    var input: [UInt8] = []
    while outcome == .finished, let request = readRequest(&input) { outcome = perform(answer(request)) }
    if outcome == .departed { onDeparture(ContinuousClock().now) }
  }

  private func perform(_ steps: [FaultServer.Step]) -> Outcome {
    var outcome = Outcome.done
    for step in steps {
      outcome = perform(step)
      if outcome == .over || outcome == .departed { break }
    }
    return outcome
  }

  private enum Outcome { case done, finished, over, departed }

  private func perform(_ step: FaultServer.Step) -> Outcome {
    switch step {
    case .head(let status, let headers):
      return write(head(status, headers + ["Transfer-Encoding: chunked"], type: "text/event-stream"))
    case .response(let status, let headers, let body):
      let lines = headers + ["Content-Length: \(body.utf8.count)"]
      return write(head(status, lines, type: "application/json") + body.utf8) == .done ? .finished : .departed
    case .chunk(let text): return write(chunk(Array(text.utf8)))
    case .chunkBytes(let bytes): return write(chunk(bytes))
    case .chunkByteByByte(let text):
      for byte in chunk(Array(text.utf8)) where write([byte]) != .done { return .departed }
      return .done
    case .halfChunk(let text): return write(Array("\(String(text.utf8.count + 100, radix: 16))\r\n\(text)".utf8))
    case .end: return write(Array("0\r\n\r\n".utf8)) == .done ? .finished : .departed
    case .raw(let text): return write(Array(text.utf8))
    case .wait(let gate): return wait(for: gate)
    case .stall: return wait(for: nil)
    case .endless(let text):
      let bytes = chunk(Array(text.utf8))
      while write(bytes) == .done {}
      return .departed
    case .reset:
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      return .over
    case .close: return .over
    case .call(let body):
      body()
      return .done
    }
  }

  private func head(_ status: Int, _ headers: [String], type: String) -> [UInt8] {
    var lines = ["HTTP/1.1 \(status) Status"] + headers
    if !headers.contains(where: { $0.lowercased().hasPrefix("content-type:") }) {
      lines.append("Content-Type: \(type)")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private func chunk(_ bytes: [UInt8]) -> [UInt8] {
    Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0d, 0x0a]
  }

  /// Waits until the gate is open, the client is gone or the server stops.
  private func wait(for gate: FaultServer.Gate?) -> Outcome {
    var polled = [
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stopping.event, events: Int16(POLLIN), revents: 0),
      pollfd(fd: gate?.event ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&polled, 3, -1) < 0 {}
    if polled[2].revents != 0 { return .done }
    if polled[1].revents != 0 { return .over }
    return .departed
  }

  /// Waits where the client reads slowly; ends when the client is gone or the server stops.
  private func write(_ bytes: [UInt8]) -> Outcome {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        send(
          socket, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count > 0 {
        sent += count
      } else if count < 0, errno == EAGAIN {
        var polled = [
          pollfd(fd: socket, events: Int16(POLLOUT), revents: 0),
          pollfd(fd: stopping.event, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&polled, 2, -1)
        if polled[1].revents != 0 { return .over }
      } else if errno != EINTR {
        return .departed
      }
    }
    return .done
  }

  private func readRequest(_ input: inout [UInt8]) -> FaultServer.Request? {
    let separator: [UInt8] = [13, 10, 13, 10]
    var searched = 0
    while true {
      let end = input.indices.dropFirst(searched).first { input[$0...].starts(with: separator) }
      if let end {
        let lines = String(decoding: input[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ").map(String.init)
        guard words.count >= 2 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
          guard let colon = line.firstIndex(of: ":") else { return nil }
          return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        var request = FaultServer.Request(method: words[0], target: words[1], headers: headers, body: [])
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        input.removeFirst(end + 4)
        while input.count < length { if !receive(&input) { return nil } }
        request.body = Array(input.prefix(length))
        input.removeFirst(length)
        return request
      }
      searched = max(0, input.count - 3)
      if !receive(&input) { return nil }
    }
  }

  /// Adds what comes; false when nothing more will.
  private func receive(_ input: inout [UInt8]) -> Bool {
    var polled = [
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stopping.event, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&polled, 2, -1) < 0 {}
    if polled[1].revents != 0 { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    input += buffer[..<count]
    return true
  }
}

import Dispatch
import Glibc

/// A client of a few lines over a plain socket, for what a real one would not send, and to see the raw bytes.
///
/// It blocks, so it does so on a thread of its own: the server's answers need the threads that tests run on.
final class SocketClient: Sendable {
  private let descriptor: CInt
  private let queue = DispatchQueue(label: "socket client")

  struct Failure: Error {
    var code = errno
  }

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    if descriptor < 0 { throw Failure() }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 { throw Failure() }
  }

  deinit { close(descriptor) }

  /// Closes the connection, as leaving does: with unread data the other end sees a reset. The descriptor's number stays
  /// taken, by another file, so that nobody else's is closed at the end.
  func leave() {
    shutdown(descriptor, CInt(SHUT_RDWR))
    let other = open("/dev/null", O_RDONLY | O_CLOEXEC)
    dup2(other, descriptor)
    close(other)
  }

  /// What has come, without waiting for more; empty where nothing has.
  func readWhatIsThere() async throws -> String {
    try await blocking { descriptor in
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT)) }
      if count == 0 { throw Failure() }
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }

  private func blocking<Value: Sendable>(_ body: @escaping @Sendable (CInt) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { [self] in continuation.resume(with: Result { try body(descriptor) }) }
    }
  }

  /// Sends all of the text; what the server no longer takes is dropped.
  func send(_ text: String) async throws {
    try await blocking { descriptor in
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
        if count < 0 { break }
        bytes = bytes.dropFirst(count)
      }
    }
  }

  /// Waits for bytes; empty at the end of the connection, however it came.
  func read() async throws -> String {
    try await blocking { descriptor in
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }

  /// Reads until the text has come, or the connection has ended.
  func read(until text: String) async throws -> String {
    var all = ""
    while !all.contains(text) {
      let more = try await read()
      if more.isEmpty { break }
      all += more
    }
    return all
  }

  /// Reads to the end of the connection.
  func readAll() async throws -> String {
    var all = ""
    while true {
      let more = try await read()
      if more.isEmpty { return all }
      all += more
    }
  }
}

/// The answer to one request on a connection of its own: the whole of what came over the socket.
func ask(
  _ port: UInt16, _ method: String, _ path: String, headers: [String] = [], body: String? = nil, host: String? = nil
) async throws -> String {
  let client = try SocketClient(port: port)
  try await client.send(
    requestText(port, method, path, headers: headers + ["Connection: close"], body: body, host: host))
  return try await client.readAll()
}

/// A request as it goes over the socket.
func requestText(
  _ port: UInt16, _ method: String, _ path: String, headers: [String] = [], body: String? = nil, host: String? = nil
) -> String {
  var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"] + headers
  if let body { lines.append("Content-Length: \(body.utf8.count)") }
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
}

/// A chat request with one user message.
func chatBody(_ prompt: String, stream: Bool = true, system: String? = nil, extra: String = "") -> String {
  let first = system.map { #"{"role":"system","content":"\#($0)"},"# } ?? ""
  return #"{"model":"eliza-demo","stream":\#(stream),"stream_options":{"include_usage":true}\#(extra),"#
    + #""messages":[\#(first){"role":"user","content":"\#(prompt)"}]}"#
}

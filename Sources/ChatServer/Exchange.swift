import CMicrohttpd
import ChatWire

/// One request on its connection, from the first header to the last byte of the answer. Used by its connection's
/// thread only.
final class Exchange {
  private let core: ServerCore
  private let connection: OpaquePointer
  private var request: ServerRequest
  /// Set as soon as it is clear that the request will not be handled.
  private var refusal: ServerResponse?
  private var bodyBytes = 0
  private var answer: RunningAnswer?

  /// Of a body that is too large, this much is read and dropped, so that the client reads the refusal rather than fails
  /// to write. Who sends more is cut off.
  private static let patience = 16 * 1024 * 1024

  /// The client is not to go on with the body: the end of it is not known, or it waits to hear whether it is wanted.
  private var isBodyUnwanted = false

  /// `isWhole`: false where a NUL hides a part of the head.
  init(core: ServerCore, connection: OpaquePointer, method: String, path: String, isWhole: Bool) {
    self.core = core
    self.connection = connection
    request = ServerRequest(
      method: method, path: path, query: fields(of: connection, .GET_ARGUMENT_KIND),
      headers: fields(of: connection, .HEADER_KIND), body: [])
    let lines = [HTTPField(method, path)] + request.query + request.headers
    let size = lines.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    if size > core.limits.headerBytes {
      refusal = .error(431, "The request's headers are larger than \(core.limits.headerBytes) bytes.")
    } else if let mistake = isWhole ? request.framingMistake : "The request's head has a NUL in it." {
      refusal = .error(400, mistake)
      isBodyUnwanted = true
    } else if let objection = core.admission(request, mhd_connection_daemon(connection).map(mhd_port) ?? 0) {
      refusal = objection
    } else if let length = request.header("Content-Length").flatMap({ Int($0) }), length > core.limits.bodyBytes {
      refusal = tooLarge
    }
    if refusal != nil, request.header("Expect")?.lowercased() == "100-continue" { isBodyUnwanted = true }
  }

  /// Refuses the request before its body, where that is not wanted. False: the connection is to be cut.
  func refuseEarly() -> Bool {
    guard isBodyUnwanted, let refusal else { return true }
    core.arrivals?.arrived(connection)
    return send(refusal)
  }

  private var tooLarge: ServerResponse {
    .error(413, "The request's body is larger than \(core.limits.bodyBytes) bytes.", code: "request_too_large")
  }

  /// Takes a piece of the body. False: the connection is to be cut.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bodyBytes += bytes.count
    if bodyBytes > core.limits.bodyBytes {
      refusal = refusal ?? tooLarge
      request.body = []
    }
    if refusal == nil { request.body += bytes }
    return bodyBytes <= Self.patience
  }

  /// The request is whole: answers it. May wait for the head of the answer. False: the connection is to be cut.
  func respond() -> Bool {
    core.arrivals?.arrived(connection)
    if let refusal { return send(refusal) }
    guard let answer = core.answer(request) else {
      let reason =
        core.isStopped
        ? "This server is stopping."
        : "This server answers \(core.limits.requests) requests at a time; that many are running."
      return send(.error(503, reason, headers: [HTTPField("Retry-After", "1"), HTTPField("Connection", "close")]))
    }
    self.answer = answer
    // An answer may be silent for longer than an idle connection may. Setting the time anew starts it anew, too.
    mhd_set_timeout(connection, 0)
    defer { mhd_set_timeout(connection, core.limits.idleSeconds) }
    guard let head = answer.pipe.awaitHead(watching: mhd_connection_socket(connection)) else { return false }
    return send(head)
  }

  /// The answer has been sent, or it was cut.
  func end() {
    if let answer { core.end(answer) }
    core.arrivals?.awaitNext(connection, idleSeconds: Int(core.limits.idleSeconds))
  }

  private func send(_ response: ServerResponse) -> Bool {
    guard let raw = rawResponse(response) else { return false }
    defer { MHD_destroy_response(raw) }  // the connection holds it as long as it needs it
    for field in response.headers where MHD_add_response_header(raw, field.name, field.value) != .YES { return false }
    return MHD_queue_response(connection, UInt32(response.status), raw) == .YES
  }

  private func rawResponse(_ response: ServerResponse) -> OpaquePointer? {
    switch response.body {
    case .whole(let bytes):
      var bytes = bytes
      return bytes.withUnsafeMutableBytes {
        MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
      }
    case .stream:
      guard let answer else { return nil }
      let source = BodySource(pipe: answer.pipe, connection: connection, idleSeconds: core.limits.idleSeconds)
      return MHD_create_response_from_callback(
        mhd_size_unknown(), 16 * 1024, bodyCallback, Unmanaged.passRetained(source).toOpaque(), releaseCallback)
    }
  }
}

/// Where a streamed body comes from; belongs to its response.
final class BodySource {
  private let pipe: ResponsePipe
  private let connection: OpaquePointer
  private let idleSeconds: UInt32

  init(pipe: ResponsePipe, connection: OpaquePointer, idleSeconds: UInt32) {
    self.pipe = pipe
    self.connection = connection
    self.idleSeconds = idleSeconds
  }

  /// Waits for more of the body and copies what fits. The wait is no idleness of the client's.
  func read(into space: UnsafeMutableRawBufferPointer) -> ResponsePipe.Portion {
    mhd_set_timeout(connection, 0)
    defer { mhd_set_timeout(connection, idleSeconds) }
    return pipe.read(into: space, watching: mhd_connection_socket(connection))
  }
}

/// All header fields, or arguments of the query, in their order.
private func fields(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> [HTTPField] {
  var fields: [HTTPField] = []
  withUnsafeMutablePointer(to: &fields) { fields in
    _ = MHD_get_connection_values(
      connection, kind,
      { context, _, name, value in
        guard let name, let fields = context?.assumingMemoryBound(to: [HTTPField].self) else { return .YES }
        fields.pointee.append(HTTPField(String(cString: name), value.map { String(cString: $0) } ?? ""))
        return .YES
      }, fields)
  }
  return fields
}

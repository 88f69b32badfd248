import ChatWire

/// What the server answers: a head, and a body that is there or comes over time.
struct ServerResponse: Sendable {
  /// Writes a body piece by piece. It may wait as long as it likes: it runs as a task of its own, which is cancelled
  /// when the client goes away or the server stops. Throwing cuts the connection, so that the client sees the body as
  /// broken.
  typealias Producer = @Sendable (ResponseWriter) async throws -> Void

  enum Body: Sendable {
    case whole([UInt8])
    /// Sent in chunks, each at once.
    case stream(Producer)
  }

  var status: Int
  var headers: [HTTPField]
  var body: Body

  init(status: Int, headers: [HTTPField] = [], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A whole JSON body.
  static func json(_ body: [UInt8], status: Int = 200, headers: [HTTPField] = []) -> ServerResponse {
    ServerResponse(
      status: status, headers: [HTTPField("Content-Type", "application/json")] + headers, body: .whole(body))
  }

  /// Server-sent events, which no cache or proxy on the way shall keep or gather.
  static func events(_ producer: @escaping Producer) -> ServerResponse {
    ServerResponse(
      status: 200,
      headers: [
        HTTPField("Content-Type", "text/event-stream; charset=utf-8"), HTTPField("Cache-Control", "no-cache"),
        HTTPField("X-Accel-Buffering", "no"),
      ],
      body: .stream(producer))
  }
}

import ChatModel
import ChatWire

/// How an answer is written to a client, piece by piece.
protocol AnswerForm: Sendable {
  /// What these events say. `raw`: the service's own chunks since the last call, in OpenAI's form; nil where it speaks
  /// another wire.
  mutating func bytes(of events: [ChatEvent], raw: [[UInt8]]?) -> [UInt8]
  /// The end of the answer, whatever it was, to the last event. `rawError`: the service's own error, in OpenAI's form.
  mutating func end(_ result: TurnResult, rawError: [UInt8]?) -> [UInt8]
}

/// The form of `/chat/stream`: `{"content":"…","finish_reason":null}`, on failure `{"error":"…"}`.
struct ChatStreamForm: AnswerForm {
  private struct Piece: Encodable {
    var content: String
    var finishReason: String?

    enum CodingKeys: CodingKey { case content, finishReason }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(content, forKey: .content)
      try container.encode(finishReason, forKey: .finishReason)  // null, rather than nothing
    }
  }
  private struct Failure: Encodable { var error: String }

  func bytes(of events: [ChatEvent], raw: [[UInt8]]?) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events {
      switch event {
      case .text(let text), .refusal(let text): bytes += serverSentEvent(encoded(Piece(content: text)))
      default: break
      }
    }
    return bytes
  }

  func end(_ result: TurnResult, rawError: [UInt8]?) -> [UInt8] {
    let last =
      if result.status == .cancelled { encoded(Failure(error: RelayTurns.stopping)) } else if let error = result.error {
        encoded(Failure(error: error.relayed.sentence))
      } else { encoded(Piece(content: "", finishReason: result.finishReason ?? "stop")) }
    return serverSentEvent(last) + doneEvent
  }
}

extension ChatError {
  /// What happened and what can be done about it, on one line.
  var sentence: String {
    guard let remedy, let last = remedy.last else { return message }
    return "\(message). \(remedy)\(".?!".contains(last) ? "" : ".")"
  }

  /// The status with which an error is passed on: the service's own, else one that says where it arose.
  var relayedStatus: Int {
    if let status, (400..<600).contains(status) { return status }
    return switch kind {
    case .badRequest, .contentFilter: 400
    case .notFound: 404
    case .rateLimit: 429
    case .network, .tls, .server, .protocolViolation, .truncated: 502
    case .timeoutConnect, .timeoutFirstChunk, .timeoutChunk, .timeoutTotal: 504
    case .auth, .config, .unexpected: 500
    }
  }

  /// The error as clients are told of it. Of a refused key the service may show a part; that it was refused says enough.
  var relayed: ChatError {
    guard kind == .auth else { return self }
    var error = self
    error.message = "The service behind this relay refused its key"
    return error
  }

  /// The error in OpenAI's form: the service's own where it has that form and may be shown.
  func body(raw: [UInt8]?) -> [UInt8] {
    if let raw, kind != .auth { return raw }
    let error = relayed
    return encoded(
      ErrorBody(
        error: .init(
          message: error.sentence, type: relayedStatus >= 500 ? "server_error" : "invalid_request_error",
          param: parameter, code: code ?? (status == nil ? kind.rawValue : nil))))
  }
}

extension ServerResponse {
  /// The service's error, passed on.
  static func failure(_ error: ChatError, raw: [UInt8]? = nil) -> ServerResponse {
    var headers: [HTTPField] = []
    if let seconds = error.retryAfter, seconds >= 0, seconds < 1e6 {
      headers.append(HTTPField("Retry-After", String(Int(seconds.rounded(.up)))))
    }
    return .json(error.body(raw: raw), status: error.relayedStatus, headers: headers)
  }
}

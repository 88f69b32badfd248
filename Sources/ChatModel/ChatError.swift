/// What went wrong, in terms that a person and a script can act on. Never contains a key.
public struct ChatError: Error, Equatable, Sendable, Codable {
  /// The kinds of the `--json` result; the raw value is the name that scripts see.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case auth, config
    case notFound = "not_found"
    case badRequest = "bad_request"
    case contentFilter = "content_filter"
    case rateLimit = "rate_limit"
    case server, network, tls
    case protocolViolation = "protocol"
    case truncated
    case timeoutConnect = "timeout_connect"
    case timeoutFirstChunk = "timeout_first_chunk"
    case timeoutChunk = "timeout_chunk"
    case timeoutTotal = "timeout_total"
    case unexpected
  }

  public var kind: Kind
  /// The HTTP status, where one came.
  public var status: Int?
  /// A sentence for the reader; what the server said, where it said something. Text from outside, not yet sanitised.
  public var message: String
  /// What the reader can do about it, for example which variable to set.
  public var remedy: String?
  /// Seconds that the server asked to wait.
  public var retryAfter: Double?
  /// The service's own code, for example `context_length_exceeded`.
  public var code: String?
  /// The request's parameter that the service complains of.
  public var parameter: String?
  /// Set where the talk was too long for the model's context.
  public var contextExcess: ContextExcess?
  /// Whether the same request may well be answered the next time, where the kind alone does not tell: true for a stream
  /// that ended before the answer began, false for a whole reply that is an error and names no status.
  public var mayPass: Bool?

  public init(
    _ kind: Kind, _ message: String, status: Int? = nil, remedy: String? = nil, retryAfter: Double? = nil,
    code: String? = nil, parameter: String? = nil, contextExcess: ContextExcess? = nil,
    mayPass: Bool? = nil
  ) {
    self.kind = kind
    self.message = message
    self.status = status
    self.remedy = remedy
    self.retryAfter = retryAfter
    self.code = code
    self.parameter = parameter
    self.contextExcess = contextExcess
    self.mayPass = mayPass
  }

  private enum CodingKeys: String, CodingKey {
    case kind, status, message, remedy, code, parameter
    case retryAfter = "retry_after"
    case contextExcess = "context_excess"
    case mayPass = "may_pass"
  }

  /// True for the kinds that our own clock raised.
  public var isTimeout: Bool {
    switch kind {
    case .timeoutConnect, .timeoutFirstChunk, .timeoutChunk, .timeoutTotal: true
    default: false
    }
  }
}

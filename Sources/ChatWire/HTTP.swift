import ChatModel

/// One header field of a request or response.
public struct HTTPField: Equatable, Sendable {
  public var name: String
  public var value: String
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A request as the transport sends it.
///
/// Headers that carry a key are kept apart, so that nothing that prints or compares `headers` can show one.
public struct HTTPRequest: Equatable, Sendable {
  /// `GET` or `POST`.
  public var method: String
  /// Absolute, already percent-encoded.
  public var url: String
  public var headers: [HTTPField]
  /// Header name and secret value, for example `api-key`.
  public var credentials: [(name: String, value: Secret)]
  public var body: [UInt8]?
  /// Whether a key may travel over plain `http` to a host that is not loopback.
  public var allowsPlainHTTP: Bool
  /// False for the embedded demo, which is on loopback and is never spoken to through a proxy.
  public var usesProxy: Bool

  public init(
    method: String, url: String, headers: [HTTPField] = [], credentials: [(name: String, value: Secret)] = [],
    body: [UInt8]? = nil, allowsPlainHTTP: Bool = false, usesProxy: Bool = true
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.credentials = credentials
    self.body = body
    self.allowsPlainHTTP = allowsPlainHTTP
    self.usesProxy = usesProxy
  }

  public static func == (left: HTTPRequest, right: HTTPRequest) -> Bool {
    left.method == right.method && left.url == right.url && left.headers == right.headers && left.body == right.body
      && left.allowsPlainHTTP == right.allowsPlainHTTP && left.usesProxy == right.usesProxy
      && left.credentials.elementsEqual(right.credentials) { $0.name == $1.name && $0.value == $1.value }
  }
}

/// The head of a response: status and headers.
public struct HTTPHead: Equatable, Sendable {
  public var status: Int
  public var headers: [HTTPField]
  /// When it came, in seconds since 1970 by our own clock; nil where nobody looked.
  public var receivedAt: Double?

  public init(status: Int, headers: [HTTPField] = [], receivedAt: Double? = nil) {
    self.status = status
    self.headers = headers
    self.receivedAt = receivedAt
  }

  /// The value of the first field of that name, compared without regard to case; nil when there is none.
  public func value(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}

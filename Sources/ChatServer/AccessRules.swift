import ChatWire

/// Who may ask a server.
///
/// Any web page that the user looks at can send requests to loopback. Its `Origin` gives it away; and where a page's
/// own name was made to point to loopback (DNS rebinding), so does `Host`.
struct AccessRules: Equatable, Sendable {
  /// The names that the server goes by, as they stand in `Host`, in small letters.
  private let names: [String]
  /// Pages of other servers that may ask, and the server's own.
  private let origins: [String]
  /// Pages of other servers that may ask.
  private let foreignOrigins: [String]

  /// - Parameters:
  ///   - port: the server's own, which belongs to the names that it goes by.
  ///   - host: the address that it listens on, as it stands in a URL, where that is not loopback's.
  ///   - hosts: further names, with the port that they are asked with where it is another.
  ///   - origins: pages of other servers that may ask, like `https://chat.example`.
  init(port: UInt16, host: String? = nil, hosts: [String] = [], origins: [String] = []) {
    let own = ["127.0.0.1", "localhost", "[::1]"] + (host.map { [$0.lowercased()] } ?? [])
    let further = hosts.map { $0.lowercased() }
    // A name of the user's may stand before a proxy, which has a port of its own.
    let usual = (own + further).map { "\($0):\(port)" } + further + (port == 80 ? own : [])
    names = usual
    foreignOrigins = origins.map { $0.lowercased() }
    let overTLS = further + further.map { "\($0):\(port)" }
    self.origins = usual.map { "http://" + $0 } + overTLS.map { "https://" + $0 } + foreignOrigins
  }

  /// Why the request is refused; nil when it is not.
  func refusal(of request: ServerRequest) -> ServerResponse? {
    objection(host: request.header("Host"), origin: request.header("Origin"))
      .map { .error(403, $0, code: "access_denied") }
  }

  /// The same in words. `host` and `origin` are the headers' values.
  func objection(host: String?, origin: String?) -> String? {
    guard let host, names.contains(host.lowercased()) else {
      return "This server does not go by the request's Host; it answers to \(names[0])."
    }
    if let origin, !origins.contains(origin.lowercased()) {
      return "Requests of web pages from elsewhere are refused."
    }
    return nil
  }

  /// The headers that let a page of another server, which may ask, read the answer.
  func sharing(with origin: String?) -> [HTTPField] {
    guard let origin, foreignOrigins.contains(origin.lowercased()) else { return [] }
    return [HTTPField("Access-Control-Allow-Origin", origin), HTTPField("Vary", "Origin")]
  }
}

import ChatModel
import ChatWire

/// Sends requests by libcurl, each on a thread of its own that lives as long as its transfer.
///
/// Redirects are not followed, no cookies and no `.netrc` are used, and the environment counts only as far as
/// `NetworkEnvironment` took it in. libcurl's own time limits are off: time is the session's affair.
public struct CurlTransport: Transport {
  private let network: NetworkEnvironment
  private let timeOfDay: @Sendable () -> Double?
  private let capacity: Int

  /// - Parameters:
  ///   - timeOfDay: seconds since 1970, which responses are marked with; nil where they need none.
  ///   - capacity: bytes of a response that may wait to be taken; then the server is made to wait. 8 MiB where nil.
  public init(
    network: NetworkEnvironment, timeOfDay: @escaping @Sendable () -> Double? = { nil }, capacity: Int? = nil
  ) {
    self.capacity = capacity ?? TransferMailbox.limit
    self.network = network
    self.timeOfDay = timeOfDay
  }

  public func open(_ request: HTTPRequest, signal: @escaping @Sendable () -> Void) -> any Transfer {
    let transfer = CurlTransfer(timeOfDay: timeOfDay, capacity: capacity, signal: signal)
    switch plan(request) {
    case .success(let plan): transfer.start(plan)
    case .failure(let error): transfer.mailbox.end(.cut(error))
    }
    return transfer
  }

  /// Why this request would not be sent: its key could be seen on the way, say. Nil where it would be.
  public func objection(to request: HTTPRequest) -> ChatError? {
    if case .failure(let error) = plan(request) { return error }
    return nil
  }

  /// Decides the way that the request takes, and refuses what must not be sent.
  func plan(_ request: HTTPRequest) -> Result<CurlPlan, ChatError> {
    guard let address = WebAddress(url: request.url), address.scheme == "http" || address.scheme == "https" else {
      return .failure(
        ChatError(
          .config, "The endpoint is no http or https URL", remedy: "Write it like https://host.example/v1"))
    }
    let proxy = request.usesProxy ? network.proxy(for: address) : nil
    let proxyAddress = proxy.flatMap { WebAddress(proxy: $0.text) }
    if let proxy, proxyAddress == nil {
      return .failure(
        ChatError(
          .config, "The proxy in \(proxy.variable) is no valid address",
          remedy: "Write it like http://host.example:3128"))
    }
    if let error = KeyPolicy.violation(of: request, to: address, through: proxyAddress) { return .failure(error) }
    return CurlPlan.headerLines(of: request).map {
      CurlPlan(
        request: request, headerLines: $0, address: address, proxy: proxy, proxyAddress: proxyAddress,
        certificates: network.certificates)
    }
  }
}

/// A request that may be sent, and the way it takes.
struct CurlPlan: Sendable {
  let request: HTTPRequest
  /// In libcurl's form, the keys included.
  let headerLines: [String]
  let address: WebAddress
  let proxy: NetworkEnvironment.Proxy?
  let proxyAddress: WebAddress?
  let certificates: NetworkEnvironment.CertificateFile?

  /// The request's header lines, its own first, then those with keys.
  ///
  /// A line break in a value, as a key read from a file may have, would start another header: it is an error.
  static func headerLines(of request: HTTPRequest) -> Result<[String], ChatError> {
    // libcurl asks leave before a large body and waits a second for it; no service here answers that.
    var lines = ["Expect:"]
    let fields =
      request.headers.map { ($0.name, $0.value) } + request.credentials.map { ($0.name, $0.value.reveal()) }
    for (name, value) in fields {
      if (name + value).utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) {
        return .failure(
          ChatError(
            .config,
            "The value of the header \(name.filter { $0.isASCII && !$0.isNewline }) has a control character in it",
            remedy: "Look for a line break at the end of the key or of the configured header"))
      }
      // An empty value wants a semicolon: with a colon libcurl would leave the header out.
      lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    return .success(lines)
  }
}

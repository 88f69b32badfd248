import ChatModel
import ChatWire

/// Says whether a request's key may leave this machine. Pure; asked before anything is sent.
///
/// Over plain `http` a key goes to loopback only, or where the provider's configuration allows it, and never through a
/// proxy that is not on loopback. Over `https` a proxy sees only the tunnel.
enum KeyPolicy {
  /// Header names that carry a key whoever set them.
  private static let secretHeaders: Set<String> = [
    "authorization", "proxy-authorization", "api-key", "x-api-key", "ocp-apim-subscription-key", "cookie",
  ]

  /// Why the request must not be made; nil when it may.
  ///
  /// - Parameters:
  ///   - address: where the request goes.
  ///   - proxy: what it would go through; nil for a direct connection.
  static func violation(of request: HTTPRequest, to address: WebAddress, through proxy: WebAddress?) -> ChatError? {
    let carriesKey =
      !request.credentials.isEmpty || address.hasUserInfo
      || request.headers.contains { secretHeaders.contains($0.name.lowercased()) }
    guard carriesKey, address.scheme != "https" else { return nil }
    if !address.isLoopback, !request.allowsPlainHTTP {
      return ChatError(
        .config, "The key was not sent: \(address.display) is reached over plain http, where others can read it",
        remedy: "Use an https endpoint, or set \"allow_plain_http\": true for this provider in the config file")
    }
    if let proxy, !proxy.isLoopback {
      return ChatError(
        .config,
        "The key was not sent: over plain http the proxy \(proxy.display) could read it on the way to "
          + "\(address.display)",
        remedy: "Add \(address.host) to no_proxy, or use an https endpoint")
    }
    return nil
  }
}

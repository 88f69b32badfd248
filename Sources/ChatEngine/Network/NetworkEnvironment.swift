/// The proxies and certificates that an environment names.
///
/// They are resolved here and given to libcurl explicitly, so that there is one source of truth: the library ignores
/// `SSL_CERT_FILE` and `CURL_CA_BUNDLE`, and what it would do with a proxy must be known before a key leaves.
public struct NetworkEnvironment: Equatable, Sendable {
  /// A file of certificates, and the variable that named it.
  struct CertificateFile: Equatable, Sendable {
    let path: String
    let variable: String
  }

  /// A proxy as it was configured. Its text may hold a password and is for libcurl only.
  struct Proxy: Equatable, Sendable {
    let text: String
    let variable: String
  }

  let certificates: CertificateFile?
  private let proxies: [String: Proxy]
  private let exceptions: String

  /// Reads `http_proxy` (lower case only: a web server sets `HTTP_PROXY` from a request's header), `https_proxy`,
  /// `all_proxy` and `no_proxy` in either case, the lower first, then `SSL_CERT_FILE` and `CURL_CA_BUNDLE`. Empty
  /// values count as unset.
  public init(_ environment: [String: String]) {
    func first(_ names: String...) -> Proxy? {
      for name in names {
        if let value = environment[name], !value.isEmpty { return Proxy(text: value, variable: name) }
      }
      return nil
    }
    let all = first("all_proxy", "ALL_PROXY")
    var proxies: [String: Proxy] = [:]
    proxies["http"] = first("http_proxy") ?? all
    proxies["https"] = first("https_proxy", "HTTPS_PROXY") ?? all
    self.proxies = proxies
    exceptions = first("no_proxy", "NO_PROXY")?.text ?? ""
    certificates = first("SSL_CERT_FILE", "CURL_CA_BUNDLE").map {
      CertificateFile(path: $0.text, variable: $0.variable)
    }
  }

  /// The proxy to reach that address through; nil means directly.
  func proxy(for address: WebAddress) -> Proxy? {
    guard let proxy = proxies[address.scheme], !NoProxyList(exceptions).contains(address) else { return nil }
    return proxy
  }
}

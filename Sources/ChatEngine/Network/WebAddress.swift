import CCurl
import Glibc

/// A URL's parts as libcurl itself reads them, so that what is judged here is what the transfer will do.
struct WebAddress: Equatable {
  /// `http` or `https`; for a proxy also `socks5` and its kin.
  let scheme: String
  /// Lower case, IPv6 without brackets; numeric IPv4 in its usual form (libcurl turns `0x7f.1` into `127.0.0.1`).
  let host: String
  /// The given port, else the scheme's own; nil where neither is known.
  let port: Int?
  let hasUserInfo: Bool

  /// Nil when libcurl would refuse the URL, or it has no scheme.
  init?(url: String) { self.init(url, flags: UInt32(CURLU_DEFAULT_PORT)) }

  /// Reads what a proxy variable holds: `host:port` and `scheme://user:password@host:port` alike.
  init?(proxy: String) {
    // Without a scheme libcurl speaks HTTP to a proxy; `GUESS_SCHEME` would take it from names such as `ftp.…`.
    let url = proxy.contains("://") ? proxy : "http://" + proxy
    self.init(url, flags: UInt32(CURLU_NON_SUPPORT_SCHEME))
  }

  private init?(_ url: String, flags: UInt32) {
    guard let parsed = curl_url() else { return nil }
    defer { curl_url_cleanup(parsed) }
    guard curl_url_set(parsed, CURLUPART_URL, url, flags & UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK else {
      return nil
    }
    func part(_ which: CURLUPart) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(parsed, which, &text, flags) == CURLUE_OK, let text else { return nil }
      defer { curl_free(text) }
      return String(cString: text)
    }
    guard let scheme = part(CURLUPART_SCHEME), var host = part(CURLUPART_HOST), !host.isEmpty else { return nil }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    self.scheme = scheme.lowercased()
    self.host = host.lowercased()
    port = part(CURLUPART_PORT).flatMap { Int($0) }
    hasUserInfo = part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
  }

  /// Host and port for messages; never what stands before an `@`.
  var display: String {
    let name = host.contains(":") ? "[\(host)]" : host
    let isUsual = (scheme == "https" && port == 443) || (scheme == "http" && port == 80)
    guard let port, !isUsual else { return name }
    return "\(name):\(port)"
  }

  /// True for `localhost`, 127.0.0.0/8 and `::1` only. Names that merely look alike are none.
  var isLoopback: Bool {
    if host == "localhost" { return true }
    guard let address = IPAddress(host) else { return false }
    return address.isLoopback
  }
}

/// A numeric address, 4 or 16 bytes.
struct IPAddress: Equatable {
  let bytes: [UInt8]

  /// Nil for anything but a strict dotted quad or IPv6 text.
  init?(_ text: String) {
    var v4 = [UInt8](repeating: 0, count: 4)
    var v6 = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &v4) == 1 {
      bytes = v4
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      bytes = v6
    } else {
      return nil
    }
  }

  var isLoopback: Bool {
    if bytes.count == 4 { return bytes[0] == 127 }
    if bytes.dropLast() == [UInt8](repeating: 0, count: 15)[...] { return bytes[15] == 1 }
    // An IPv4 address in IPv6 clothes, `::ffff:127.0.0.1`.
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    return bytes.starts(with: mapped) && bytes[12] == 127
  }

  /// True when both are of one family and agree in their first `bits` bits.
  func matches(_ network: IPAddress, bits: Int) -> Bool {
    guard bytes.count == network.bytes.count, bits >= 0, bits <= bytes.count * 8 else { return false }
    let whole = bits / 8
    guard bytes.prefix(whole) == network.bytes.prefix(whole) else { return false }
    if bits % 8 == 0 { return true }
    let mask = UInt8(truncatingIfNeeded: 0xff << (8 - bits % 8))
    return bytes[whole] & mask == network.bytes[whole] & mask
  }
}

/// The hosts of `no_proxy`, which are spoken to directly; the rules are those of curl 7.86 and later.
///
/// Entries are separated by commas or spaces. A name stands for itself and for what lies below it, with or without a
/// leading dot; a numeric address or network (`10.0.0.0/8`, `fd00::/8`) for the numeric hosts in it; `*` for all.
/// A port after an entry, `name:8080` or `[::1]:8080`, narrows it to that port.
struct NoProxyList: Equatable {
  private let entries: [String]

  init(_ text: String) {
    entries = text.split { $0 == "," || $0 == " " || $0 == "\t" }.map { $0.lowercased() }
  }

  /// True when that address is not to be reached through a proxy.
  func contains(_ address: WebAddress) -> Bool {
    entries.contains { matches($0, address) }
  }

  private func matches(_ entry: String, _ address: WebAddress) -> Bool {
    if entry == "*" { return true }
    let (pattern, port) = split(entry)
    if let port, port != address.port { return false }
    var host = address.host[...]
    if host.hasSuffix(".") { host = host.dropLast() }
    if let numeric = IPAddress(String(host)) { return matchesNetwork(pattern, numeric) }
    var name = pattern
    if name.hasSuffix(".") { name = name.dropLast() }
    if name.hasPrefix("*.") { name = name.dropFirst() }
    while name.hasPrefix(".") { name = name.dropFirst() }
    return !name.isEmpty && (host == name || host.hasSuffix("." + name))
  }

  private func matchesNetwork(_ pattern: Substring, _ host: IPAddress) -> Bool {
    let parts = pattern.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let network = parts.first.flatMap({ IPAddress(String($0)) }) else { return false }
    if parts.count == 1 { return host == network }
    guard let bits = Int(parts[1]) else { return false }
    return host.matches(network, bits: bits)
  }

  /// The entry without its port and brackets, and the port.
  private func split(_ entry: String) -> (pattern: Substring, port: Int?) {
    if entry.hasPrefix("["), let close = entry.firstIndex(of: "]") {
      let inside = entry[entry.index(after: entry.startIndex)..<close]
      return (inside, Int(entry[close...].dropFirst(2)))
    }
    // Two colons: IPv6 without brackets, so none of them begins a port.
    guard let colon = entry.firstIndex(of: ":"), colon == entry.lastIndex(of: ":"),
      let port = Int(entry[entry.index(after: colon)...])
    else { return (entry[...], nil) }
    return (entry[..<colon], port)
  }
}

/// Where a relay listens, and to whom.
public struct RelayAccess: Equatable, Sendable {
  let address: ListeningAddress
  let token: RelayToken
  let hosts: [String]
  let origins: [String]

  /// Nil where `host` is no number of an address, nor `localhost`.
  ///
  /// - Parameters:
  ///   - port: 0: any that is free.
  ///   - hosts: names that the relay goes by besides those of loopback and `host`.
  ///   - origins: pages of other servers that may ask, like `https://chat.example`.
  public init?(
    host: String = "127.0.0.1", port: UInt16 = 0, token: RelayToken, hosts: [String] = [], origins: [String] = []
  ) {
    guard let address = ListeningAddress(host: host, port: port) else { return nil }
    self.address = address
    self.token = token
    self.hosts = hosts
    self.origins = origins
  }

  /// Whether this is what browsers send as `Origin`: a scheme and a host, perhaps a port, nothing more.
  public static func isOrigin(_ text: String) -> Bool {
    let scheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }
    guard let host = scheme.map({ text.dropFirst($0.count) }), !host.isEmpty else { return false }
    return !host.contains { "/?#@*\\".contains($0) || $0.isWhitespace }
  }

  /// True where others than this machine can reach the relay.
  public var isOpenToOthers: Bool { !address.isLoopback }

  func rules(port: UInt16) -> AccessRules {
    AccessRules(
      port: port, host: address.isLoopback || address.isEvery ? nil : address.urlHost, hosts: hosts, origins: origins)
  }
}

/// What a client of the relay proves itself with.
public struct RelayToken: Equatable, Sendable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// 256 bits from the system's source of randomness.
  public init() {
    var source = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef".utf8)
    bytes = (0..<64).map { _ in digits[Int.random(in: 0..<16, using: &source)] }
  }

  /// A token that was kept. Nil where it is shorter than 32 characters, or has others than can stand in a header and in an
  /// address.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isPlain = bytes.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~+/=".utf8.contains(byte)
    }
    guard bytes.count >= 32, isPlain else { return nil }
    self.bytes = bytes
  }

  /// The token itself: it is meant to be shown to whoever started the relay.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `set`, so that no log shows it by accident.
  public var description: String { "set" }

  /// Whether an `Authorization` header holds the token. Takes the same time whichever byte is wrong.
  func opens(_ authorization: String?) -> Bool {
    guard let authorization else { return false }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
    let given = Array(parts[1].utf8)
    var difference = UInt8(given.count == bytes.count ? 0 : 1)
    for (index, byte) in bytes.enumerated() { difference |= byte ^ (index < given.count ? given[index] : 0) }
    return difference == 0
  }
}

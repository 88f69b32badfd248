/// An address that a terminal may open: http or https with a host, and nothing but printable ASCII in it.
public struct Hyperlink: Hashable, Sendable {
  /// Safe to stand in an OSC 8 sequence.
  public let address: String

  /// The longest address that terminals take (the de-facto limit of OSC 8 that VTE set).
  static let maximumLength = 2083

  /// Nil where the target is no such address.
  public init?(_ target: String) {
    let lower = target.prefix(8).lowercased()
    guard let scheme = ["http://", "https://"].first(where: { lower.hasPrefix($0) }) else { return nil }
    let bytes = target.utf8
    guard bytes.count > scheme.utf8.count, bytes.count <= Self.maximumLength else { return nil }
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    address = target
  }
}

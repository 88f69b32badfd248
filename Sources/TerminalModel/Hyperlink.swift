/// An address that a terminal may open: http or https with a host, and nothing but printable ASCII in it.
public struct Hyperlink: Hashable, Sendable {
  /// Safe to stand in an OSC 8 sequence.
  public let address: String

  /// The longest address that terminals take (the de-facto limit of OSC 8 that VTE set).
  static let maximumLength = 2083

  /// Nil where the target is no such address. After the host, blanks and what is not ASCII are percent-encoded. A host with
  /// other letters is refused: what it looks like and where it leads may differ.
  public init?(_ target: String) {
    let lower = target.prefix(8).lowercased()
    guard let scheme = ["http://", "https://"].first(where: { lower.hasPrefix($0) }) else { return nil }
    let bytes = target.utf8
    guard bytes.count > scheme.utf8.count, bytes.count <= Self.maximumLength else { return nil }
    if bytes.allSatisfy({ Self.isPlain($0) }) {
      address = target
      return
    }
    let host = bytes.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
    guard !host.isEmpty, host.allSatisfy({ Self.isPlain($0) }) else { return nil }
    guard let encoded = Self.encoded(bytes), encoded.utf8.count <= Self.maximumLength else { return nil }
    address = encoded
  }

  private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  /// Nil where there are controls, which no address has.
  private static func encoded(_ bytes: String.UTF8View) -> String? {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in bytes {
      if byte < 0x20 || byte == 0x7F { return nil }
      if isPlain(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

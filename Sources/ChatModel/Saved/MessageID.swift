/// Names a message within its saved conversation.
public struct MessageID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }

  /// A new one.
  public init(at time: Timestamp, random: inout some RandomNumberGenerator) {
    text = SortableID.make(at: time, random: &random)
  }

  /// A new one.
  public init(at time: Timestamp) {
    var random = SystemRandomNumberGenerator()
    self.init(at: time, random: &random)
  }

  public static func < (left: MessageID, right: MessageID) -> Bool { left.text < right.text }
  public var description: String { text }
}

extension MessageID: Codable {
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Names what is saved, for good; the type of what it names keeps one kind of name from being taken for another.
public struct SavedID<Subject>: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }

  /// A new one that nobody can guess.
  public init(at time: Timestamp, random: inout some RandomNumberGenerator) {
    text = SortableID.make(at: time, random: &random)
  }

  /// A new one that nobody can guess.
  public init(at time: Timestamp) {
    var random = SystemRandomNumberGenerator()
    self.init(at: time, random: &random)
  }

  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
  public var description: String { text }
}

extension SavedID: Codable {
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Names a saved conversation; the beginning of it will do where no other begins so.
public typealias ConversationID = SavedID<SavedConversation>

/// Names a message within its saved conversation.
public typealias MessageID = SavedID<SavedMessage>

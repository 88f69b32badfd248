import ChatModel

/// A case of `context-limits.json`: what a service says of a talk that is too long, and what is to be read from it.
public struct ContextSaying: Decodable, Sendable, CustomStringConvertible {
  /// Who says it, and where that is on record.
  public var source: String
  public var body: JSONValue
  public var tokens: Int?
  public var limit: Int?
  public var description: String { source }

  public static let all: [ContextSaying] = fixture("context-limits.json")
}

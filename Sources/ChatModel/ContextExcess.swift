/// That a talk is longer than the model's context holds, with the numbers that the service gave.
public struct ContextExcess: Equatable, Sendable, Codable {
  /// Tokens of what was sent, as the service counted them.
  public var tokens: Int?
  /// Tokens that the context holds.
  public var limit: Int?

  public init(tokens: Int? = nil, limit: Int? = nil) {
    self.tokens = tokens
    self.limit = limit
  }
}

/// Token counts as the service reported them; a count that it did not give is nil.
public struct Usage: Equatable, Sendable, Codable {
  public var promptTokens: Int?
  public var completionTokens: Int?
  public var totalTokens: Int?

  public init(promptTokens: Int? = nil, completionTokens: Int? = nil, totalTokens: Int? = nil) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.totalTokens = totalTokens
  }

  /// The sum of both; a count that only one of them has is that one's.
  public func adding(_ other: Usage?) -> Usage {
    guard let other else { return self }
    return Usage(
      promptTokens: Self.sum(promptTokens, other.promptTokens),
      completionTokens: Self.sum(completionTokens, other.completionTokens),
      totalTokens: Self.sum(totalTokens, other.totalTokens))
  }

  /// Whatever numbers a service tells, they are added without a trap.
  private static func sum(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return first ?? second }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? first : sum
  }

  private enum CodingKeys: String, CodingKey {
    case promptTokens = "prompt_tokens"
    case completionTokens = "completion_tokens"
    case totalTokens = "total_tokens"
  }
}

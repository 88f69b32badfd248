/// What a service takes for tokens, as the configuration says.
public struct Prices: Equatable, Sendable {
  /// For a million tokens of what is sent.
  public var input: Double
  /// For a million tokens of answers.
  public var output: Double
  /// Stands before amounts.
  public var currency: String

  public init(input: Double, output: Double, currency: String = "$") {
    self.input = input
    self.output = output
    self.currency = currency
  }

  /// What a turn cost; nil where the service did not count both sides.
  public func cost(of usage: Usage) -> Double? {
    guard let sent = usage.promptTokens, let answered = usage.completionTokens else { return nil }
    return (Double(sent) * input + Double(answered) * output) / 1_000_000
  }
}

import ChatModel
import FoundationEssentials

extension JSONValue {
  /// The value as JSON on one line, keys sorted; nil for a number that JSON cannot hold.
  func encoded() -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { Array($0) }
  }
}

extension Usage {
  /// The counts of a `usage` object, in the words of the OpenAI chat API or of its Responses API; nil where it gives none.
  init?(_ json: JSONValue?) {
    guard let json else { return nil }
    self.init(
      promptTokens: (json["prompt_tokens"] ?? json["input_tokens"])?.lenientInteger,
      completionTokens: (json["completion_tokens"] ?? json["output_tokens"])?.lenientInteger,
      totalTokens: json["total_tokens"]?.lenientInteger)
    if self == Usage() { return nil }
  }
}

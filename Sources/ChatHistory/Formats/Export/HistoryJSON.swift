import ChatModel
import FoundationEssentials

/// Values as JSON, the way history's files and commands write them: keys sorted, nothing that is absent.
public enum HistoryJSON {
  /// The name under which files of this program are known.
  static let format = "aichat-tui"
  /// The version of the form; a reader refuses a higher one.
  static let version = 1

  private static let infinity = "Infinity"
  private static let notANumber = "NaN"

  /// The value as JSON.
  ///
  /// - Parameter isPretty: on several lines, else on one.
  public static func text(_ value: some Encodable, isPretty: Bool) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isPretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: infinity, negativeInfinity: "-" + infinity, nan: notANumber)
    // Nothing is left that the encoder could refuse.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// The value that the bytes hold.
  static func value<Value: Decodable>(_ type: Value.Type, of bytes: ArraySlice<UInt8>) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinity, negativeInfinity: "-" + infinity, nan: notANumber)
    return try decoder.decode(type, from: Data(bytes))
  }
}

import ChatModel

/// Times of other programs' JSON: seconds since 1970, or ISO 8601.
enum JSONTime {
  /// The time of the first of some members that is there; nil where none is.
  static func member(_ names: [String], of json: JSONValue?) throws(ImportProblem) -> Timestamp? {
    for name in names {
      guard let value = json?[name] else { continue }
      let time: Timestamp? =
        switch value {
        case .integer(let seconds): Timestamp(seconds: Double(seconds))
        case .number(let seconds): Timestamp(seconds: seconds)
        case .string(let text): Timestamp(text)
        default: nil
        }
      if let time { return time }
      let word = value.word.map { "“\($0)” is" } ?? "is"
      throw ImportProblem("\(word) no time (seconds since 1970, or ISO 8601 with its zone)", at: name)
    }
    return nil
  }
}

import ChatModel

/// Reads the database of the command line program `llm`: the responses of its older versions, and the threads over a store of
/// messages of its newer ones. A database that was brought forward holds both.
extension ConversationImport {
  /// Reads the database at a path.
  public mutating func readDatabase(at path: String) throws(ImportProblem) {
    let database = try ForeignDatabase(path: path)
    let hasResponses = database.has("responses", "id", "prompt", "response", "conversation_id")
    let hasThreads =
      database.has("threads", "id", "tip_message_hash") && database.has("turns", "id", "tip_message_hash")
      && database.has("messages", "hash", "parent_hash", "role")
      && database.has("parts", "message_hash", "position", "type", "text", "payload")
    guard hasResponses || hasThreads else {
      throw ImportProblem("is a database, but not one of llm: it has neither its responses nor its threads")
    }
    if hasResponses { try LLMResponses(database).read(into: &self) }
    if hasThreads { try LLMThreads(database).read(into: &self) }
  }
}

/// What both forms of the database have in common.
enum LLMValues {
  /// A time as `llm` writes it, in UTC also where it does not say so.
  static func time(_ text: String?) -> Timestamp? { text.flatMap { Timestamp($0) ?? Timestamp($0 + "Z") } }

  /// The options of a request that have a name here.
  static func parameters(_ json: String?) -> Parameters {
    guard let options = json.flatMap({ JSONReader.value(of: Array($0.utf8)) }) else { return Parameters() }
    func number(_ name: String) -> Double? {
      switch options[name] {
      case .integer(let value)?: Double(value)
      case .number(let value)? where value.isFinite: value
      default: nil
      }
    }
    func integer(_ name: String) -> Int? {
      if case .integer(let value)? = options[name] { value } else { nil }
    }
    return Parameters(
      temperature: number("temperature"), topP: number("top_p"), maxTokens: integer("max_tokens"),
      seed: integer("seed"), reasoningEffort: options["reasoning_effort"]?.filledString)
  }

  static func usage(_ input: Int?, _ output: Int?) -> Usage? {
    input == nil && output == nil ? nil : Usage(promptTokens: input, completionTokens: output)
  }

  /// How an answer ended, from what the service had sent.
  static func finishReason(_ json: String?) -> String? {
    let value = json.flatMap { JSONReader.value(of: Array($0.utf8)) }
    return (value?["choices"]?.elements.first?["finish_reason"] ?? value?["finish_reason"])?.filledString
  }

  /// A mark for an attachment, whose bytes are left where they are.
  static func mark(type: String?, place: String?) -> String {
    "[attachment: \([type, place].compactMap { $0 }.joined(separator: " "))]"
  }
}

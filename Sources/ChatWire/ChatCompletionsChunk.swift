import ChatModel

/// The needed part of one `chat.completion.chunk`, or of a whole `chat.completion`, of the OpenAI chat API.
///
/// Only those fields are decoded, since this runs for each chunk; each is taken where it has the type that the API says and
/// passed over where it has not.
struct ChatCompletionsChunk: Decodable {
  var model: String?
  /// Nil where the field is missing, null, or no list.
  var choices: [Choice]?
  var usage: Usage?
  var error: JSONValue?

  enum Key: String, CodingKey { case model, choices, usage, error }

  init(from decoder: any Decoder) throws {
    // JSON that is no object says nothing.
    guard let fields = try lenientContainer(of: decoder, keyedBy: Key.self) else { return }
    model = try fields.filledString(.model)
    choices = try fields.lenient([Choice].self, .choices)
    usage = try fields.lenient(UsageFields.self, .usage)?.usage
    error = fields.contains(.error) ? try fields.anything(.error) : nil
  }

  /// One of the alternative answers; a missing index is the first.
  struct Choice: Decodable {
    var index = 0
    var delta: Delta?
    /// The whole answer, where the service did not stream.
    var message: Delta?
    var finishReason: String?
    var error: JSONValue?

    enum Key: String, CodingKey {
      case index, delta, message, error
      case finishReason = "finish_reason"
    }

    init(from decoder: any Decoder) throws {
      guard let fields = try lenientContainer(of: decoder, keyedBy: Key.self) else { return }
      index = fields.integer(.index) ?? 0
      delta = try fields.lenient(Delta.self, .delta)
      message = delta == nil ? try fields.lenient(Delta.self, .message) : nil
      finishReason = try fields.filledString(.finishReason)
      error = fields.contains(.error) ? try fields.anything(.error) : nil
    }
  }

  /// A piece of the answer, or the whole of it.
  struct Delta: Decodable {
    var content: String?
    var reasoning: String?
    var refusal: String?
    var toolCalls: [ToolCallFields] = []
    var functionCall: ToolCallFields.Function?

    enum Key: String, CodingKey {
      case content, refusal, reasoning
      case reasoningContent = "reasoning_content"
      case toolCalls = "tool_calls"
      case functionCall = "function_call"
    }

    init(from decoder: any Decoder) throws {
      guard let fields = try lenientContainer(of: decoder, keyedBy: Key.self) else { return }
      refusal = try fields.filledString(.refusal)
      // Some servers send the same piece under both names.
      reasoning = try fields.filledString(.reasoningContent) ?? fields.filledString(.reasoning)
      do {
        content = try fields.decodeIfPresent(String.self, forKey: .content)
      } catch DecodingError.typeMismatch {
        if let parts = try fields.anything(.content) { take(parts) }
      }
      guard fields.contains(.toolCalls) || fields.contains(.functionCall) else { return }
      toolCalls = try fields.lenient([ToolCallFields].self, .toolCalls) ?? []
      functionCall = try fields.lenient(ToolCallFields.Function.self, .functionCall)
    }

    /// Takes content that came as parts: `{"type":"text","text":"…"}`, `{"type":"thinking","thinking":[parts]}`,
    /// `{"type":"refusal","refusal":"…"}`, or bare strings. Parts of other types (images) are passed over.
    private mutating func take(_ parts: JSONValue) {
      for part in parts.elements.isEmpty ? [parts] : parts.elements {
        if let thought = part["thinking"] ?? (part["type"] == .string("reasoning") ? part["text"] : nil) {
          reasoning = (reasoning ?? "") + Self.text(of: thought)
        } else if let text = part["refusal"]?.filledString {
          refusal = (refusal ?? "") + text
        } else {
          content = (content ?? "") + Self.text(of: part)
        }
      }
    }

    private static func text(of part: JSONValue) -> String {
      switch part {
      case .string(let text): text
      case .array(let parts): parts.map(text).joined()
      case .object: part["text"].map { $0["value"]?.filledString ?? text(of: $0) } ?? ""
      default: ""
      }
    }
  }

  /// An element of `tool_calls`; everything in it may be missing.
  struct ToolCallFields: Decodable {
    var index: Int?
    var id: String?
    var function: Function?

    enum Key: String, CodingKey { case index, id, function }

    init(from decoder: any Decoder) throws {
      guard let fields = try lenientContainer(of: decoder, keyedBy: Key.self) else { return }
      index = fields.integer(.index)
      id = try fields.filledString(.id)
      function = try fields.lenient(Function.self, .function)
    }

    struct Function: Decodable {
      var name: String?
      var arguments = ""

      enum Key: String, CodingKey { case name, arguments }

      init(from decoder: any Decoder) throws {
        guard let fields = try lenientContainer(of: decoder, keyedBy: Key.self) else { return }
        name = try fields.filledString(.name)
        do {
          arguments = try fields.decodeIfPresent(String.self, forKey: .arguments) ?? ""
        } catch DecodingError.typeMismatch {
          // An object where a string should be: its JSON is what the string would have held.
          let json = try fields.anything(.arguments)?.encoded()
          arguments = json.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
      }
    }
  }
}

/// The `usage` object of the OpenAI chat and completions APIs.
struct UsageFields: Decodable {
  /// Nil where no count was given.
  var usage: Usage?

  enum Key: String, CodingKey {
    case prompt = "prompt_tokens"
    case completion = "completion_tokens"
    case total = "total_tokens"
  }

  init(from decoder: any Decoder) throws {
    guard let fields = try lenientContainer(of: decoder, keyedBy: Key.self) else { return }
    let counts = Usage(
      promptTokens: fields.integer(.prompt), completionTokens: fields.integer(.completion),
      totalTokens: fields.integer(.total))
    if counts != Usage() { usage = counts }
  }
}

/// The members of the object that stands here; nil where something else stands here.
func lenientContainer<Key: CodingKey>(
  of decoder: any Decoder, keyedBy type: Key.Type
) throws -> KeyedDecodingContainer<Key>? {
  do {
    return try decoder.container(keyedBy: type)
  } catch DecodingError.typeMismatch {
    return nil
  } catch DecodingError.valueNotFound {
    return nil
  }
}

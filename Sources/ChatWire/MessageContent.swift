import ChatModel

/// The `content` of a message or delta of the OpenAI chat API: a string, or parts of several types.
struct MessageContent: Equatable {
  var text = ""
  var reasoning = ""
  var refusal = ""

  /// Takes a string, one part, or a list of them: `{"type":"text","text":"…"}`, `{"type":"thinking","thinking":[parts]}`,
  /// `{"type":"refusal","refusal":"…"}`, or bare strings. Parts of other types (images) are passed over.
  init(_ json: JSONValue?) {
    switch json {
    case .string(let text)?: self.text = text
    case .array(let parts)?: for part in parts { take(part) }
    case .object?: if let json { take(json) }
    default: break
    }
  }

  private mutating func take(_ part: JSONValue) {
    if let thought = part["thinking"] ?? (part["type"] == .string("reasoning") ? part["text"] : nil) {
      reasoning += Self.text(of: thought)
    } else if let words = part["refusal"]?.filledString {
      refusal += words
    } else {
      text += Self.text(of: part)
    }
  }

  private static func text(of part: JSONValue) -> String {
    switch part {
    case .string(let text): text
    case .array(let parts): parts.map(text).joined()
    case .object: (part["text"] ?? part["value"]).map(text) ?? ""
    default: ""
    }
  }
}

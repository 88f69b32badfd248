import ChatModel

/// What a message of ChatGPT says, whatever its `content_type`.
struct ChatGPTContent {
  /// The text; empty where there is nothing to show.
  private(set) var text = ""
  /// Marks in the text for what the file only refers to.
  private(set) var marks: [String] = []
  /// Whether it is the thoughts before an answer.
  private(set) var isThoughts = false
  /// Whether it is about the page and not of the talk: what the user told about themselves, how long the thoughts took.
  private(set) var isOfThePage = false

  init(_ json: JSONValue?) {
    guard let json else { return }
    switch json["content_type"]?.filledString ?? "text" {
    case "text", "multimodal_text": text = parts(json)
    case "thoughts":
      isThoughts = true
      text = (json["thoughts"]?.elements ?? []).map { Self.joined($0, ["summary", "content"]) }
        .filter { !$0.isEmpty }.joined(separator: "\n\n")
    case "reasoning_recap", "user_editable_context", "model_editable_context": isOfThePage = true
    case "tether_quote": text = Self.joined(json, ["title", "url", "text"])
    case "tether_browsing_display": text = Self.joined(json, ["summary", "result"])
    case "system_error": text = Self.joined(json, ["name", "text"])
    case let type:
      // `code`, `execution_output`, and what there may be some day.
      text = Self.joined(json, ["text", "result", "content"])
      if text.isEmpty { text = parts(json) }
      if text.isEmpty { text = mark("[\(type)]") }
    }
  }

  private static func joined(_ json: JSONValue, _ names: [String]) -> String {
    names.compactMap { json[$0]?.filledString }.joined(separator: "\n")
  }

  private mutating func parts(_ json: JSONValue) -> String {
    var texts: [String] = []
    for part in json["parts"]?.elements ?? [] {
      switch part {
      case .string(let text): texts.append(text)
      case .object:
        if let words = part["text"]?.filledString {
          texts.append(words)
        } else {
          let type = part["content_type"]?.filledString ?? "attachment"
          let name = (part["asset_pointer"] ?? part["name"])?.filledString
          texts.append(mark(name.map { "[\(type): \($0)]" } ?? "[\(type)]", kind: "[\(type)]"))
        }
      default: break
      }
    }
    return texts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private mutating func mark(_ text: String, kind: String? = nil) -> String {
    marks.append(kind ?? text)
    return text
  }
}

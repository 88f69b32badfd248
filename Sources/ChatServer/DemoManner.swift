/// How a system prompt changes what the demo says: a little, but so that it can be seen which one is at work.
struct DemoManner: Equatable, Sendable {
  /// Who the prompt says that the assistant is, with its article: `an experienced code reviewer`.
  private(set) var role: String?
  /// Only the first sentence is said.
  private(set) var isBrief = false
  /// The start of a prompt that gives no role and is not understood otherwise.
  private(set) var order: String?

  /// Reads a prompt; an empty one, and one that asks for a plain assistant, change nothing.
  init(systemPrompt: String) {
    let text = systemPrompt.split { $0.isWhitespace }.joined(separator: " ")
    let lower = text.lowercased()
    isBrief = ["concise", "brief", "terse", "short answer"].contains { lower.contains($0) }
    role = Self.role(in: text)
    if let role, role.lowercased().hasSuffix("assistant") { self.role = nil }
    if role == nil, !isBrief, !text.isEmpty, !lower.contains("assistant") {
      order = text.count > 48 ? String(text.prefix(47)) + "…" : text
    }
  }

  /// What follows `You are` in the prompt's first sentence, or what it helps with.
  private static func role(in text: String) -> String? {
    let first = text.prefix { !".,;:!?".contains($0) }
    let lower = first.lowercased()
    for article in ["a ", "an ", "the "] where lower.hasPrefix("you are " + article) {
      let words = first.dropFirst("you are ".count).split(separator: " ")
      let role = words.prefix { !["who", "that", "which", "with", "for"].contains($0.lowercased()) }
      return role.count < 2 ? nil : role.prefix(6).joined(separator: " ")
    }
    if lower.hasPrefix("you help at ") { return "your help at " + first.dropFirst("you help at ".count) }
    if lower.hasPrefix("summarize ") { return "your summarizer" }
    return nil
  }

  /// The answer as this manner has it.
  func applied(to answer: String) -> String {
    var answer = answer
    if isBrief { answer = Self.firstSentence(of: answer) }
    if let role { answer = "Speaking as \(role): " + answer }
    if let order { answer += " (My instructions begin: “\(order)”)" }
    return answer
  }

  /// Everything up to the first full stop, question or exclamation mark that ends a word.
  static func firstSentence(of text: String) -> String {
    var end = text.startIndex
    while end < text.endIndex {
      let next = text.index(after: end)
      if ".?!".contains(text[end]), next == text.endIndex || text[next].isWhitespace {
        return String(text[..<next])
      }
      end = next
    }
    return text
  }
}

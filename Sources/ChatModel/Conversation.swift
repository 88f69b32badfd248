/// Names one turn of a session; unique within the session and rising.
public struct TurnID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int
  public init(_ number: Int) { self.number = number }
  public static func < (left: TurnID, right: TurnID) -> Bool { left.number < right.number }
  public var description: String { "turn \(number)" }
}

/// One question and its answer.
public struct Turn: Equatable, Sendable {
  public let id: TurnID
  /// What the user said.
  public var prompt: String
  /// The answer; nil while it runs.
  public var result: TurnResult?

  public init(id: TurnID, prompt: String, result: TurnResult? = nil) {
    self.id = id
    self.prompt = prompt
    self.result = result
  }
}

/// A system prompt and the turns so far.
public struct Conversation: Equatable, Sendable {
  public var systemPrompt: SystemPrompt
  public var turns: [Turn]

  public init(systemPrompt: SystemPrompt = .helpful, turns: [Turn] = []) {
    self.systemPrompt = systemPrompt
    self.turns = turns
  }

  /// The messages of a request: the system prompt, each turn that got an answer, and the running turn's question.
  ///
  /// A turn that ended without any content is left out: many chat templates refuse two questions in a row, and its
  /// question went unanswered. A partial answer is part of the talk.
  public var messages: [Message] {
    var messages: [Message] = []
    if !systemPrompt.text.isEmpty { messages.append(Message(role: .system, content: systemPrompt.text)) }
    for turn in turns {
      guard let result = turn.result else {
        messages.append(Message(role: .user, content: turn.prompt))
        continue
      }
      let answer = result.content.isEmpty ? result.refusal ?? "" : result.content
      if answer.isEmpty { continue }
      messages.append(Message(role: .user, content: turn.prompt))
      messages.append(Message(role: .assistant, content: answer))
    }
    return messages
  }
}

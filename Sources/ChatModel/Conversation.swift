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

  /// What later requests give as the answer; empty where none came that could be given.
  fileprivate var answer: String {
    guard let result else { return "" }
    return result.content.isEmpty ? result.refusal ?? "" : result.content
  }
}

/// A system prompt and the turns so far.
public struct Conversation: Equatable, Sendable {
  public var systemPrompt: SystemPrompt
  public var turns: [Turn]
  /// The thread in which the service keeps this talk (OpenAI Assistants).
  public var threadID: String?

  public init(systemPrompt: SystemPrompt = .helpful, turns: [Turn] = [], threadID: String? = nil) {
    self.systemPrompt = systemPrompt
    self.turns = turns
    self.threadID = threadID
  }

  /// The messages of a request: the system prompt, each turn that got an answer, and the running turn's question.
  ///
  /// A turn that ended without any content is left out: many chat templates refuse two questions in a row, and its
  /// question went unanswered. A partial answer is part of the talk.
  public var messages: [Message] {
    var messages: [Message] = []
    if !systemPrompt.text.isEmpty { messages.append(Message(role: .system, content: systemPrompt.text)) }
    for turn in turns {
      if turn.result != nil, turn.answer.isEmpty { continue }
      messages.append(Message(role: .user, content: turn.prompt))
      if turn.result != nil { messages.append(Message(role: .assistant, content: turn.answer)) }
    }
    return messages
  }

  /// The stored response that stands for all of `messages` but the running turn's question; nil where the last answer is
  /// not stored as it stands here.
  public var storedResponse: StoredResponse? {
    // One that asks for a tool's output cannot be continued without it, one that was cut short not by every service.
    guard let last = lastAnswered?.result, last.status == .complete, last.finishReason == "stop",
      last.toolCalls.isEmpty, let id = last.responseID
    else { return nil }
    return StoredResponse(id: id, messageCount: messages.count - turns.count { $0.result == nil })
  }

  /// The thread that holds all of `messages` but the running turn's question; nil where there is none, or turns of another
  /// service lie in between.
  public var continuedThreadID: String? {
    guard let last = lastAnswered?.result else { return threadID }
    return last.threadID == threadID ? threadID : nil
  }

  private var lastAnswered: Turn? { turns.last { !$0.answer.isEmpty } }
}

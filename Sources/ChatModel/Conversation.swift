/// Names one turn of a session; unique within the session and rising, from 1. Turns that are held beside the session, where
/// several models answer one question, count down from -1.
public struct TurnID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int
  public init(_ number: Int) { self.number = number }
  public static func < (left: TurnID, right: TurnID) -> Bool { left.number < right.number }
  public var description: String { "turn \(number)" }
  /// Whether it is held beside the session.
  public var isBeside: Bool { number < 0 }
}

/// One question and its answer.
public struct Turn: Equatable, Sendable {
  public let id: TurnID
  /// What the user said.
  public var prompt: String
  /// The files that went along with it.
  public var attachments: [Attachment]
  /// The answer; nil while it runs.
  public var result: TurnResult?
  /// The answer as far as it had come when it broke off, while it is being carried on.
  public var beginning: TurnResult?

  public init(
    id: TurnID, prompt: String, attachments: [Attachment] = [], result: TurnResult? = nil, beginning: TurnResult? = nil
  ) {
    self.id = id
    self.prompt = prompt
    self.attachments = attachments
    self.result = result
    self.beginning = beginning
  }

  /// What asks a model to carry on an answer that broke off.
  public static let carryOnInstruction = """
    Your last answer broke off. Go on exactly where it stopped: begin with the very next character, even in the middle \
    of a word. Repeat nothing of it, and say nothing about the interruption.
    """

  /// What the user said, with the files.
  var question: Message { Message(role: .user, content: prompt, attachments: attachments) }

  /// The turn in a request: nothing of one that ended without an answer.
  fileprivate var messages: [Message] {
    if let result {
      if !isAnswered { return [] }
      // Talks from elsewhere may begin with an answer.
      return (prompt.isEmpty && attachments.isEmpty ? [] : [question]) + Self.messages(of: result)
    }
    guard let beginning else { return [question] }
    let begun = [question] + Self.messages(of: beginning)
    // What broke off before the model said anything to the tools' answers goes on with these.
    if begun.last?.role == .tool { return begun }
    return begun + [Message(role: .user, content: Self.carryOnInstruction)]
  }

  /// An answer in a request, with the tools that were run for it, and the calls that nothing was run for.
  private static func messages(of result: TurnResult) -> [Message] {
    let rest = result.lastPart.content
    let last = rest.isEmpty ? result.refusal ?? "" : rest
    let before = result.rounds.flatMap(\.messages)
    let calls = result.unansweredCalls
    if !calls.isEmpty {
      return before + ToolRound(content: last, calls: calls, outputs: calls.map { _ in ToolRound.notRun }).messages
    }
    return before + (last.isEmpty ? [] : [Message(role: .assistant, content: last)])
  }

  /// Whether later requests give it: the model said something, or called tools.
  fileprivate var isAnswered: Bool { !answer.isEmpty || result?.unansweredCalls.isEmpty == false }

  /// What the model said, as later requests give it; empty where nothing came that could be given.
  var answer: String {
    guard let result else { return "" }
    return result.content.isEmpty ? result.refusal ?? "" : result.content
  }
}

/// A system prompt and the turns so far.
public struct Conversation: Equatable, Sendable {
  public var systemPrompt: SystemPrompt
  /// False while the system prompt is the default that nobody asked for.
  public var isPromptChosen: Bool
  public var turns: [Turn]
  /// The thread in which the service keeps this talk (OpenAI Assistants).
  public var threadID: String?
  /// What requests give in place of the older turns, once the talk was compacted. The turns themselves stay.
  public var summary: ConversationSummary?

  /// - Parameter isPromptChosen: nil: any but the default is.
  public init(
    systemPrompt: SystemPrompt = .helpful, isPromptChosen: Bool? = nil, turns: [Turn] = [], threadID: String? = nil,
    summary: ConversationSummary? = nil
  ) {
    self.summary = summary
    self.systemPrompt = systemPrompt
    self.isPromptChosen = isPromptChosen ?? (systemPrompt != .helpful)
    self.turns = turns
    self.threadID = threadID
  }

  /// The messages of a request: the system prompt, each turn that got an answer, and the running turn's question; of an
  /// answer that is carried on also what there is of it, and the request to go on. A summary stands for the turns that it is
  /// of; it goes with the system prompt, since many chat templates know only one message that is not of the talk.
  ///
  /// A turn that ended without any content is left out: many chat templates refuse two questions in a row, and its
  /// question went unanswered. A partial answer is part of the talk; so is a call of a tool that was not run.
  public var messages: [Message] {
    var messages: [Message] = []
    let instructions = [systemPrompt.text, summary?.instruction ?? ""].filter { !$0.isEmpty }
    if !instructions.isEmpty {
      messages.append(Message(role: .system, content: instructions.joined(separator: "\n\n")))
    }
    for turn in liveTurns { messages += turn.messages }
    return messages
  }

  /// The text of the system prompt where nobody chose it, for services that have their own manner; nil for a chosen one.
  public var untouchedPrompt: String? { isPromptChosen ? nil : systemPrompt.text }

  /// The stored response that stands for all of `messages` but the running turn's question; nil where the last answer is
  /// not stored as it stands here.
  public var storedResponse: StoredResponse? {
    // One that asks for a tool's output cannot be continued without it, one that was cut short not by every service.
    guard let last = lastAnswered?.result, last.status == .complete, last.finishReason == "stop",
      last.toolCalls.isEmpty, let id = last.responseID, isAfterSummary(lastAnswered)
    else { return nil }
    let running = liveTurns.reduce(0) { $1.result == nil ? $0 + $1.messages.count : $0 }
    return StoredResponse(id: id, messageCount: messages.count - running)
  }

  /// Has later requests give the talk whole: the service did not go on from what it had stored.
  public mutating func forgetStoredResponse() {
    guard let index = turns.lastIndex(where: \.isAnswered) else { return }
    turns[index].result?.responseID = nil
  }

  /// Takes the last turns away. A thread holds them still, so it is left; so is a summary of any of them.
  public mutating func takeBack(_ count: Int) {
    turns.removeLast(min(max(0, count), turns.count))
    threadID = nil
    if let summary, turns.last.map({ $0.id < summary.through }) ?? true { self.summary = nil }
  }

  /// The thread that holds all of `messages` but the running turn's question; nil where there is none, or turns of another
  /// service lie in between.
  public var continuedThreadID: String? {
    guard let last = lastAnswered?.result else { return threadID }
    guard isAfterSummary(lastAnswered) else { return nil }
    return last.threadID == threadID ? threadID : nil
  }

  /// The turns that no summary stands for.
  private var liveTurns: [Turn] {
    guard let summary else { return turns }
    return turns.filter { summary.through < $0.id }
  }

  /// Whether a turn was held with the summary in place: what a service keeps of an earlier one is the talk in full.
  private func isAfterSummary(_ turn: Turn?) -> Bool {
    guard let summary, let turn else { return true }
    return summary.writtenIn < turn.id
  }

  /// The older turns, which a summary can take the place of: all with an answer but the last turn, and but one more where
  /// there are many.
  var foldableTurns: [Turn] {
    let older = liveTurns.dropLast().filter { !$0.answer.isEmpty }
    return older.count > 2 ? older.dropLast() : older
  }

  private var lastAnswered: Turn? { turns.last(where: \.isAnswered) }
}

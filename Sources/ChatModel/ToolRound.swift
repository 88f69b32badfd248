/// A part of a turn: what the model said before it called tools, its calls, and what they were answered with.
public struct ToolRound: Equatable, Sendable {
  public var content: String
  public var reasoning: String?
  public var calls: [ToolCall]
  /// One for each call, in their order.
  public var outputs: [String]

  /// What later requests give as the answer to a call that nothing was run for: services want one for each.
  public static let notRun = "[Not run]"

  public init(content: String = "", reasoning: String? = nil, calls: [ToolCall], outputs: [String]) {
    self.content = content
    self.reasoning = reasoning
    self.calls = calls
    self.outputs = outputs
  }

  /// The round in a request. A call that came without an id gets one, by which its answer is known.
  public var messages: [Message] {
    let named = calls.enumerated().map { place, call in
      ToolCall(id: call.id ?? "call_\(place)", name: call.name, arguments: call.arguments)
    }
    return [Message(role: .assistant, content: content, toolCalls: named)]
      + zip(named, outputs).map { Message(role: .tool, content: $1, toolCallID: $0.id) }
  }
}

extension TurnResult {
  /// What came after the last tool was answered; the whole where none was.
  public var lastPart: TurnResult {
    if rounds.isEmpty { return self }
    var part = self
    part.rounds = []
    part.content = Self.rest(of: content, after: rounds.map(\.content)) ?? ""
    part.reasoning = Self.rest(of: reasoning, after: rounds.compactMap(\.reasoning))
    part.toolCalls = Array(toolCalls.dropFirst(rounds.reduce(0) { $0 + $1.calls.count }))
    part.chunks = part.content.isEmpty ? [] : [part.content]
    return part
  }

  private static func rest(of text: String?, after parts: [String]) -> String? {
    guard let text else { return nil }
    let bytes = text.utf8.dropFirst(parts.reduce(0) { $0 + $1.utf8.count })
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The calls that it ended in and that were answered by nothing. One that was cut short is none.
  public var unansweredCalls: [ToolCall] {
    guard status == .complete, finishReason != "length", finishReason != "content_filter" else { return [] }
    return lastPart.toolCalls.filter { $0.name != nil }
  }

  /// So often tools are run in a turn, at most.
  public static let mostToolRounds = 10

  /// What is said of a turn that ended since tools were run so often; nil for any other.
  public var toolLimitMark: String? {
    guard rounds.count >= Self.mostToolRounds, !lastPart.toolCalls.isEmpty else { return nil }
    return "[Ended: tools were run \(rounds.count) times]"
  }

  /// With what the calls of its last part were answered with: more of the answer may follow.
  public func answered(with outputs: [String]) -> TurnResult {
    let part = lastPart
    var whole = self
    whole.rounds.append(
      ToolRound(content: part.content, reasoning: part.reasoning, calls: part.toolCalls, outputs: outputs))
    return whole
  }

  /// The one result that the parts of a turn make between which tools were run.
  public func followed(by next: TurnResult) -> TurnResult {
    var whole = joined(with: next)
    whole.toolCalls = toolCalls + next.toolCalls
    return whole
  }
}

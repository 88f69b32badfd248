import ChatModel
import ChatWire

extension ChatSession {
  /// Has the model write a summary of the older turns, which stands for them in later requests; the last turn or two, and the
  /// turns themselves, stay as they are. The updates are those of a turn whose answer is the summary; `compacted` tells
  /// that it holds. Whatever else ends it leaves the talk as it was. Nil when there is nothing to fold, or a turn is running.
  public func compact() -> TurnUpdates? {
    let id = TurnID(lastTurn + 1)
    guard active == nil, let compaction = Compaction(conversation, turn: id) else { return nil }
    lastTurn += 1
    let (stream, updates) = AsyncStream<SessionUpdate>.makeStream()
    return begin(id, prompt: "", compaction: compaction, stream: stream, updates: updates)
  }

  /// Takes the reply to a request for a summary; true when the turn goes on with another request.
  func proceed(_ turn: ActiveTurn, after result: TurnResult) -> Bool {
    guard let step = turn.compaction?.take(result) else { return false }
    switch step {
    case .failed: return false
    case .finished(let summary):
      conversation.summary = summary
      // A thread holds the talk in full.
      conversation.threadID = nil
      let change = SessionUpdate.Change.compacted(
        messages: turn.compaction?.messageCount ?? 0, characters: summary.text.count)
      turn.updates.yield(SessionUpdate(turn: turn.id, change: change))
      return false
    case .ask(let messages):
      turn.machine = machine(for: summaryRequest(messages))
      perform(turn.machine.begin(now: clock.now), of: turn)
      return true
    }
  }

  /// A request for a summary: no tools, and no limit that was meant for short answers.
  func summaryRequest(_ messages: [Message]) -> ChatRequest {
    var parameters = service.parameters
    parameters.maxTokens = service.provider.summaryLimit(parameters.maxTokens)
    return ChatRequest(messages: messages, model: model, parameters: parameters, omittedFields: omittedFields)
  }
}

import ChatModel
import ChatWire

extension ChatSession {
  /// Has the tools run that the model called, and asks it to go on with what they say; true when the turn goes on so.
  func runTools(_ turn: ActiveTurn, after result: TurnResult) -> Bool {
    guard let toolRunner, turn.tools?.unanswered == nil, service.provider.kind.takesToolAnswers,
      turn.tools?.wantsAnswers(result) == true, toolRunner.takes(result.toolCalls)
    else { return false }
    turn.tools?.unanswered = result
    turn.transfer?.cancel()
    turn.transfer = nil
    turn.running = Task {
      let outputs = await toolRunner.answer(result.toolCalls)
      guard active === turn, let round = turn.tools?.take(outputs), let tools = turn.tools else { return }
      turn.updates.yield(SessionUpdate(turn: turn.id, change: .toolsAnswered(round)))
      turn.machine = machine(for: tools.request(model: model, omitting: omittedFields), of: tools.provider)
      perform(turn.machine.begin(now: clock.now), of: turn)
      if active === turn { turn.pulse.arm(turn.machine.nextDeadline) }
    }
    return true
  }
}

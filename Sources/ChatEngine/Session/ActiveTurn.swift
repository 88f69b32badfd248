import ChatModel

/// A turn under way, as the session holds it.
final class ActiveTurn {
  let id: TurnID
  let pulse: Pulse
  let updates: AsyncStream<SessionUpdate>.Continuation
  var machine: TurnStateMachine
  var transfer: (any Transfer)?
  /// Gets the credential that the next request waits for.
  var authorization: Task<Void, Never>?
  /// Runs the tools that were called.
  var running: Task<Void, Never>?
  /// How many requests were made.
  var attempt = 0
  /// What the turn is for where it is not a question.
  var compaction: Compaction?
  /// A turn of the talk, whose calls of tools are answered where that can be done.
  var tools: ToolTurn?

  init(
    id: TurnID, pulse: Pulse, updates: AsyncStream<SessionUpdate>.Continuation, machine: TurnStateMachine
  ) {
    self.id = id
    self.pulse = pulse
    self.updates = updates
    self.machine = machine
  }
}

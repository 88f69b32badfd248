import ChatModel
import ChatWire

/// The running turn: at each beat all that there is goes to its machine, and what the machine says is done.
extension ChatSession {
  /// Bytes that are decoded in one go: some 5 ms of work, so that a burst does not keep a cancel waiting.
  private static let slice = 128 << 10

  /// Runs a turn to its end.
  func run(_ id: TurnID) async {
    guard let turn = active, turn.id == id else { return }
    for await _ in turn.pulse.beats {
      guard active === turn else { return }
      await look(at: turn)
      guard active === turn else { return }
      if let due = turn.machine.nextDeadline, due <= clock.now {
        // What lies in the socket came in time, whoever was slow to read it.
        await turn.transfer?.settle()
        await look(at: turn)
        guard active === turn else { return }
        perform(turn.machine.judge(now: clock.now), of: turn)
      }
      guard active === turn else { return }
      turn.pulse.arm(turn.machine.nextDeadline)
    }
  }

  /// Gives all that came to the machine, in slices between which others get at the session.
  private func look(at turn: ActiveTurn) async {
    guard active === turn, let transfer = turn.transfer else { return }
    let attempt = turn.attempt
    let batch = transfer.take()
    var start = 0
    repeat {
      let end = min(start + Self.slice, batch.bytes.count)
      let isLast = end == batch.bytes.count
      let part = TransferBatch(
        isConnected: batch.isConnected, head: start == 0 ? batch.head : nil,
        bytes: start == 0 && isLast ? batch.bytes : Array(batch.bytes[start..<end]), end: isLast ? batch.end : nil)
      perform(turn.machine.receive(part, now: clock.now), of: turn)
      if isLast { break }
      start = end
      await Task.yield()
    } while active === turn && turn.attempt == attempt
    if let gathering, turn.machine.hasPiece { turn.transfer?.gather(for: gathering) }
  }

  /// Does what the machine of a turn said, in order.
  func perform(_ actions: [TurnStateMachine.Action], of turn: ActiveTurn) {
    for action in actions {
      switch action {
      case .open(let request):
        turn.transfer?.cancel()
        turn.attempt += 1
        turn.transfer = transport.open(request, signal: turn.pulse.signal)
      case .authorize(let refused): authorize(turn, insteadOf: refused)
      case .tell(let change): turn.updates.yield(SessionUpdate(turn: turn.id, change: change))
      case .learnModel(let name): model = name
      case .learnOmitted(let names): omittedFields = names
      case .forgetStored: conversation.forgetStoredResponse()
      // A summary is written in a thread of its own.
      case .learnThread(let id): if turn.compaction == nil { conversation.threadID = id }
      case .sayFarewell(let request): sayFarewell(request)
      case .finish(let result): finish(turn, with: result)
      }
    }
  }

  /// Asks for the credential; the answer comes back as long as the turn runs, whose end ends the asking.
  private func authorize(_ turn: ActiveTurn, insteadOf refused: Credential?) {
    turn.transfer?.cancel()
    turn.transfer = nil
    turn.authorization = Task { [credentials = service.credentials] in
      guard let outcome = await credentials?.outcome(insteadOf: refused), active === turn else { return }
      perform(turn.machine.authorized(outcome, now: clock.now), of: turn)
      if active === turn { turn.pulse.arm(turn.machine.nextDeadline) }
    }
  }

  private func sayFarewell(_ words: RunFarewell) {
    farewellCount += 1
    let number = farewellCount
    farewells[number] = Task { [transport, clock] in
      await Farewell.say(words, over: transport, clock: clock)
      farewells[number] = nil
    }
  }

  /// Ends the running turn with that result, unless it goes on with another request.
  func finish(_ turn: ActiveTurn, with result: TurnResult) {
    if proceed(turn, after: result) || runTools(turn, after: result) { return }
    active = nil
    turn.running?.cancel()
    turn.authorization?.cancel()
    turn.transfer?.cancel()
    turn.pulse.stop()
    var result = turn.tools?.whole(endingWith: result) ?? result
    if let index = conversation.turns.lastIndex(where: { $0.id == turn.id }) {
      if let beginning = conversation.turns[index].beginning {
        result = beginning.joined(with: result)
        conversation.turns[index].beginning = nil
      }
      conversation.turns[index].result = result
    }
    turn.updates.yield(SessionUpdate(turn: turn.id, change: .finished(result)))
    turn.updates.finish()
  }
}

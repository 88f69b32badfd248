import ChatModel
import ChatWire

/// What is done after a failure: another way, the stream taken up again, another attempt, or the end.
extension TurnStateMachine {
  /// Seconds that a run which is being ended may hold its thread.
  private static let longestWaitForThread = 10

  /// The service reported an error or the stream broke off: where the plan has another way, it is gone at once.
  mutating func failed(_ error: ChatError, now: Duration) -> [Action] {
    if let actions = takeUp(after: error, now: now) { return actions }
    // That a stream could not be taken up says less than why it broke off.
    if let interruption, decoder == nil || isRefused { return fail(interruption.error, now: now) }
    let before = plan.request
    guard firstPiece == nil, plan.revise(after: error) else {
      return waitForThread(after: error, now: now) ?? fail(error, now: now)
    }
    var actions: [Action] = []
    if plan.request.continued != before.continued { actions.append(.forgetStored) }
    if plan.request.omittedFields != before.omittedFields { actions.append(.learnOmitted(plan.request.omittedFields)) }
    if plan.request.threadID != before.threadID { actions.append(.learnThread(plan.request.threadID)) }
    let delay = Duration.seconds(bounded: error.retryAfter ?? 0)
    if delay == .zero {
      return actions + [.tell(.retrying(reason: provider.withoutKey(error), after: .zero))] + proceed(now: now)
    }
    // A server that asks for time gets it, whatever it is asked next.
    guard delay <= RetryPolicy.longestWait, mayWait(delay, now: now) else { return actions + fail(error, now: now) }
    return actions + wait(delay, because: error, now: now)
  }

  /// The stream broke off, or could not be taken up at once: what the service goes on with in the background is asked for
  /// after a while. Nil where it does not, or was asked often enough.
  private mutating func takeUp(after error: ChatError, now: Duration) -> [Action]? {
    let broken = isRefused ? nil : decoder.map { Interruption(decoder: $0, error: error) }
    guard let interrupted = broken ?? interruption, let position = interrupted.decoder.position else { return nil }
    var error = error
    if broken != nil {
      guard Interruption.isBreak(error) else { return nil }
      error.mayPass = true
    }
    guard let wait = retries.wait(after: error, failures: failures + 1, chance: chance()), mayWait(wait, now: now),
      plan.takeUp(at: position)
    else { return nil }
    failures += 1
    interruption = interrupted
    return self.wait(wait, because: error, now: now)
  }

  /// A run that is being ended still holds the thread: it is asked again every second, so long as that can be expected to
  /// help. Nil where it is something else, or has taken too long.
  private mutating func waitForThread(after error: ChatError, now: Duration) -> [Action]? {
    guard firstPiece == nil, plan.isHeld(by: error), waitsForThread < Self.longestWaitForThread,
      mayWait(.seconds(1), now: now)
    else { return nil }
    waitsForThread += 1
    return wait(.seconds(1), because: error, now: now)
  }

  private mutating func wait(_ delay: Duration, because error: ChatError, now: Duration) -> [Action] {
    phase = .waiting(until: now + delay)
    return [.tell(.retrying(reason: provider.withoutKey(error), after: delay))]
  }

  /// True where the total leaves time for something after that wait.
  private func mayWait(_ delay: Duration, now: Duration) -> Bool { deadlines.end.map { now + delay < $0 } ?? true }

  /// The request failed: it is made again after a while where that may help, else the turn is over.
  mutating func fail(_ error: ChatError, now: Duration) -> [Action] {
    if error.status == 401, firstPiece == nil, refusal == nil, asksForCredential, let refused = provider.credential {
      refusal = error
      phase = .authorizing(insteadOf: refused)
      return [.tell(.retrying(reason: provider.withoutKey(error), after: .zero)), .authorize(insteadOf: refused)]
    }
    if firstPiece == nil, let wait = retries.wait(after: error, failures: failures + 1, chance: chance()),
      mayWait(wait, now: now)
    {
      failures += 1
      let farewell = error.mayLeaveRun ? farewell(of: accumulator.result) : []
      plan.repeats()
      return farewell + self.wait(wait, because: error, now: now)
    }
    let advised = error.isTimeout ? error : provider.advised(error)
    // What somebody else wrote is not ours to measure.
    let isOurs = plan.request.given == nil
    accumulator.add(.failed(isOurs ? provider.measured(advised, sent: plan.request.messages) : advised))
    return finish(now: now)
  }
}

extension ChatError {
  /// True where the service may not know that its answer was lost.
  var mayLeaveRun: Bool { kind == .network || kind == .tls || mayPass == true }
}

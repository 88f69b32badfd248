import ChatModel
import ChatWire

/// When a limit runs out, and when the reader hears that nothing comes.
extension TurnStateMachine {
  /// When the session should look again even if nothing comes; nil when no limit is set.
  var nextDeadline: Duration? {
    let deadline: Duration? =
      switch phase {
      case .waiting(let time): time
      case .authorizing: deadlines.end
      case .listing, .preparing, .answering, .over: running?.next?.at
      }
    return [deadline, nextWarning].compactMap { $0 }.min()
  }

  /// The limits of the request that runs.
  var running: Deadlines? {
    switch phase {
    case .listing: listing?.deadlines
    case .preparing: preparation?.deadlines
    case .answering: deadlines
    case .waiting, .authorizing, .over: nil
    }
  }

  /// Ends the turn when a limit ran out. Everything that came by that time must have been given to `receive` before.
  mutating func judge(now: Duration) -> [Action] {
    let verdict = verdict(now: now)
    guard verdict.isEmpty, let warning = nextWarning, warning <= now else { return verdict }
    return announce(now: now)
  }

  /// When the reader is to hear that nothing comes; nil where that was told, or is not wanted.
  private var nextWarning: Duration? {
    guard announcesSilence, let running, running.next?.at != announced else { return nil }
    return running.warning
  }

  private mutating func announce(now: Duration) -> [Action] {
    guard announcesSilence, let end = running?.next?.at else { return [] }
    announced = end
    return [.tell(.silent(left: end - now))]
  }

  /// Waits longer for what is waited for.
  mutating func extend(by time: Duration, now: Duration) -> [Action] {
    deadlines.extend(by: time)
    listing?.deadlines.extend(by: time)
    preparation?.deadlines.extend(by: time)
    return announce(now: now)
  }

  private mutating func verdict(now: Duration) -> [Action] {
    switch phase {
    case .listing: return listed(listing?.judge(now: now), now: now)
    case .preparing: return prepared(preparation?.judge(now: now), now: now)
    case .waiting(let time): return time <= now ? proceed(now: now) : []
    case .over: return []
    case .authorizing:
      // How long the request takes is not yet the question.
      guard let end = deadlines.end, end <= now else { return [] }
      accumulator.end(as: .timedOut, error: provider.timeout(.total, of: deadlines.lengthened))
      return finish(now: now)
    case .answering:
      guard let limit = deadlines.passed(now: now) else { return [] }
      // The answer is whole, or the error is known: a connection that stays open takes nothing away from it.
      if deadlines.isLingering { return take(decoder?.finish(.closed) ?? [], hadBytes: false, now: now) }
      accumulator.end(as: .timedOut, error: provider.timeout(limit, of: deadlines.lengthened))
      return finish(now: now)
    }
  }
}

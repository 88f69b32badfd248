import ChatModel
import ChatWire

/// Asks a service for the list of its models, outside of any turn but within the limits of one.
struct ModelInquiry {
  let provider: Provider
  let transport: any Transport
  let clock: TurnClock
  let timeouts: Timeouts
  let credentials: (any CredentialSource)?

  /// The models in the service's order. A credential that the service refuses is renewed once where it can be. A
  /// cancelled task ends it.
  func models() async throws(ChatError) -> [String] {
    guard try provider.modelsRequest() != nil else {
      throw ChatError(
        .config, "The services behind \(provider.kind.rawValue) do not list their models", remedy: provider.modelRemedy)
    }
    let deadlines = Deadlines(timeouts, now: clock.now)
    guard credentials != nil else { return try await list(provider, deadlines) }
    var authorized = provider
    authorized.credential = try await credential(insteadOf: nil, deadlines)
    do throws(ChatError) {
      return try await list(authorized, deadlines)
    } catch {
      guard error.status == 401, let refused = authorized.credential else { throw error }
      authorized.credential = try await credential(insteadOf: refused, deadlines)
      if authorized.credential == refused { throw error }
      return try await list(authorized, deadlines)
    }
  }

  private func credential(insteadOf refused: Credential?, _ deadlines: Deadlines) async throws(ChatError) -> Credential?
  {
    guard let credentials else { return nil }
    let outcome = await withTaskGroup(of: Result<Credential, ChatError>?.self) { group in
      group.addTask { await credentials.outcome(insteadOf: refused) }
      if let end = deadlines.end {
        let timeout = provider.timeout(.total, of: timeouts)
        group.addTask { [clock] in
          do { try await clock.sleep(until: end) } catch { return nil }
          return .failure(timeout)
        }
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
    guard let outcome else { throw Self.stopped }
    return try outcome.get()
  }

  private func list(_ provider: Provider, _ deadlines: Deadlines) async throws(ChatError) -> [String] {
    guard let request = try provider.modelsRequest() else { return [] }
    let pulse = Pulse(clock: clock)
    var deadlines = deadlines
    deadlines.beginAttempt(now: clock.now)
    var listing = ModelListing(provider: provider, deadlines: deadlines, isForTurn: false)
    let transfer = transport.open(request, signal: pulse.signal)
    defer {
      transfer.cancel()
      pulse.stop()
    }
    pulse.arm(listing.deadlines.next?.at)
    for await _ in pulse.beats {
      if let outcome = listing.receive(transfer.take(), now: clock.now) { return try outcome.get() }
      if let due = listing.deadlines.next?.at, due <= clock.now {
        await transfer.settle()
        if let outcome = listing.receive(transfer.take(), now: clock.now) { return try outcome.get() }
        if let outcome = listing.judge(now: clock.now) { return try outcome.get() }
      }
      pulse.arm(listing.deadlines.next?.at)
    }
    throw Self.stopped
  }

  private static let stopped = ChatError(.unexpected, "The listing of the models was stopped")
}

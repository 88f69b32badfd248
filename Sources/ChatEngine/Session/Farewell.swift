import ChatModel
import ChatWire

/// Tells a service that something it still does for us is of no use any more. Nobody waits for it, and nothing depends on
/// it.
struct Farewell {
  /// How long all of it may take.
  static let limit = Duration.seconds(3)

  private let transport: any Transport
  private let clock: TurnClock
  private let deadline: Duration

  /// Makes the requests one after the other, and returns when the last is answered, or they have taken too long.
  static func say(_ words: RunFarewell, over transport: any Transport, clock: TurnClock) async {
    let farewell = Farewell(transport: transport, clock: clock, deadline: clock.now + limit)
    var words = words
    while let request = words.next, let reply = await farewell.reply(to: request) { words.take(reply) }
  }

  /// The reply's body; nil when it did not come whole, or in time.
  private func reply(to request: HTTPRequest) async -> [UInt8]? {
    let pulse = Pulse(clock: clock)
    let transfer = transport.open(request, signal: pulse.signal)
    defer {
      transfer.cancel()
      pulse.stop()
    }
    pulse.arm(deadline)
    var body: [UInt8] = []
    for await _ in pulse.beats {
      let batch = transfer.take()
      body += batch.bytes
      if let end = batch.end { return end == .closed ? body : nil }
      if clock.now >= deadline || body.count > WholeReply.limit { return nil }
      pulse.arm(deadline)
    }
    return nil
  }
}

import ChatModel
import ChatWire

/// Tells a service that something it still does for us is of no use any more. Nobody waits for the reply, and nothing
/// depends on it.
enum Farewell {
  /// How long the request may take.
  static let limit = Duration.seconds(3)

  /// Makes the request and returns when it is answered, or has taken too long.
  static func say(_ request: HTTPRequest, over transport: any Transport, clock: TurnClock) async {
    let pulse = Pulse(clock: clock)
    let deadline = clock.now + limit
    let transfer = transport.open(request, signal: pulse.signal)
    pulse.arm(deadline)
    for await _ in pulse.beats {
      if transfer.take().end != nil || clock.now >= deadline { break }
      pulse.arm(deadline)
    }
    transfer.cancel()
    pulse.stop()
  }
}

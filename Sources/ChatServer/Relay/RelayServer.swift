import ChatEngine
import Glibc

/// An HTTP server that passes questions on to a configured service and streams the answers back: for scripts, for clients
/// of OpenAI's API, and for the browser.
public final class RelayServer: Sendable {
  private let server: HTTPServer
  private let relay: Relay
  private let access: RelayAccess
  private let clock: PausableClock

  private init(server: HTTPServer, relay: Relay, access: RelayAccess, clock: PausableClock) {
    self.server = server
    self.relay = relay
    self.access = access
    self.clock = clock
  }

  /// Starts; when it returns, requests are answered. Throws an error whose description says why it cannot listen there.
  public static func start(
    _ offer: RelayService, access: RelayAccess, clock: PausableClock
  ) throws -> RelayServer {
    try start(offer, access: access, clock: clock, limits: .init(), keepAlive: Relay.keepAlive)
  }

  /// The same with other limits, and another time between two signs of life.
  static func start(
    _ offer: RelayService, access: RelayAccess, clock: PausableClock, limits: HTTPServer.Limits, keepAlive: Duration
  ) throws -> RelayServer {
    let relay = Relay(offer, access: access, clock: clock, keepAlive: keepAlive, date: { Int(time(nil)) })
    let server = try HTTPServer(
      address: access.address, limits: limits, arrivalClock: clock, admission: relay.admit
    ) { await relay.answer($0) }
    return RelayServer(server: server, relay: relay, access: access, clock: clock)
  }

  /// The port that it listens on.
  public var port: UInt16 { server.port }

  /// The address of the page, with the token behind `#`, which browsers keep to themselves.
  public var address: String {
    let host = access.address.isEvery ? "127.0.0.1" : access.address.urlHost
    return "http://\(host):\(port)/#\(access.token.text)"
  }

  /// Begins no more answers and returns when those that run have ended. What still runs after `limit` is cut off and says
  /// so in its stream.
  public func finish(within limit: Duration) async {
    server.quiesce()
    if await !isIdle(within: limit) {
      relay.turns.cutOff()
      _ = await isIdle(within: .seconds(1))
    }
    stop()
    await relay.turns.finishFarewells()
  }

  private func isIdle(within limit: Duration) async -> Bool {
    let due = clock.now.advanced(by: limit)
    return await withTaskGroup(of: Bool.self) { [server, clock] group in
      group.addTask {
        await server.untilIdle()
        return !Task.isCancelled
      }
      group.addTask {
        try? await clock.sleep(until: due, tolerance: nil)
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
  }

  /// Cuts what runs and frees the port. May be called more than once.
  public func stop() { server.stop() }
}

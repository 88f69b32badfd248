import Glibc

/// The built-in demo: a small ELIZA behind an OpenAI-compatible server on a loopback port of its own.
///
/// It needs no network and no key, and is spoken to over the same wire as any other service. A few words bring answers
/// that show the program off; see `DemoAnswers`. Whoever starts it stops it; when the value goes away, it stops too.
public final class DemoServer: Sendable {
  private let server: HTTPServer

  private init(server: HTTPServer) { self.server = server }

  /// Starts on a free port. Throws an error whose description says why there is none.
  public static func start() throws -> DemoServer {
    try start(clock: ContinuousClock())
  }

  /// Starts with answers that are paced by the given clock.
  public static func start(clock: any Clock<Duration>) throws -> DemoServer {
    let provider = DemoProvider(clock: clock, date: { Int(time(nil)) })
    // Many more than one chat needs: nobody is to be turned away by the demo.
    let server = try HTTPServer(limits: .init(requests: 256)) { provider.answer($0) }
    return DemoServer(server: server)
  }

  /// The base URL, `http://127.0.0.1:PORT/v1`.
  public var endpoint: String { "http://127.0.0.1:\(server.port)/v1" }

  /// Cuts the answers that are running, and stops. May be called more than once.
  public func stop() { server.stop() }
}

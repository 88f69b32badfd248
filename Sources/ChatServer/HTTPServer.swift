import CMicrohttpd
import Glibc
import Synchronization

/// HTTP on a loopback port, over libmicrohttpd: requests in, as values; answers out, at once or bit by bit.
///
/// **Why a thread for each connection.** An answer that is being streamed spends its life waiting: for the next piece,
/// for the client to leave, or for the server to stop. libmicrohttpd's suspended connections wait for free, but their
/// sockets are not watched, so a client that leaves in a silence goes unseen. A connection's own thread can sleep in
/// one `poll` over its socket and the producer's signal: a piece goes out when it is there, a client's leaving shows at
/// once, and no one else is held up. Nobody wakes up to look. The threads' number is bounded by `Limits.requests`;
/// their stacks are small.
final class HTTPServer: Sendable {
  /// Answers a request. Runs as a task, which is cancelled when the client goes away or the server stops.
  typealias Handler = @Sendable (ServerRequest) async -> ServerResponse

  /// Looks at a request once its headers are there, before its body: an answer that needs no handler, a refusal mostly, or nil
  /// for one that is to be handled. Also told the server's port.
  typealias Admission = @Sendable (ServerRequest, UInt16) -> ServerResponse?

  struct Limits: Equatable, Sendable {
    /// Answered at the same time; one more gets a 503.
    var requests = 64
    /// All of a request's header fields together.
    var headerBytes = 16 * 1024
    var bodyBytes = 1024 * 1024
    /// A connection on which nothing moves is closed after this time: nothing is asked, or nothing of an answer is taken.
    var idleSeconds: UInt32 = 30
    /// A request must have arrived within this time.
    var arrival = Duration.seconds(15)
  }

  /// Why a server could not be started.
  struct StartFailure: Error, CustomStringConvertible {
    var code: CInt
    var description: String { "no HTTP server: \(String(cString: strerror(code)))" }
  }

  /// The port that was free.
  let port: UInt16
  private let core: ServerCore
  private let daemon: Mutex<Daemon?>

  // Unchecked: the pointer never changes, and libmicrohttpd itself locks what is behind it.
  private struct Daemon: @unchecked Sendable {
    var pointer: OpaquePointer
  }

  /// Starts to listen; when it returns, connections are accepted.
  ///
  /// - Parameters:
  ///   - address: by itself a free port of 127.0.0.1.
  ///   - arrivalClock: measures how long requests take to arrive; nil: they may take for ever.
  ///   - admission: by itself who asks for a loopback name of this server and is no other server's page.
  init(
    address: ListeningAddress = ListeningAddress(), limits: Limits = Limits(),
    arrivalClock: (any Clock<Duration>)? = nil,
    admission: @escaping Admission = { AccessRules(port: $1).refusal(of: $0) }, handler: @escaping Handler
  ) throws(StartFailure) {
    let core = ServerCore(limits: limits, arrivalClock: arrivalClock, admission: admission, handler: handler)
    var address = address.storage
    let sizes = mhd_limits(
      // Some more than are answered at a time, so that those too many can be told so.
      connections: UInt32(limits.requests * 4), idle_seconds: limits.idleSeconds,
      // Headers are read into half of it; somewhat more than allowed, so that it is we who say what is wrong.
      memory: limits.headerBytes * 4)
    // The core outlives the daemon: it is released with the server, which stops the daemon first.
    let context = Unmanaged.passUnretained(core).toOpaque()
    guard
      let pointer = mhd_start(&address, sizes, serverCallback, completedCallback, connectionCallback, context)
    else { throw StartFailure(code: errno) }
    self.core = core
    port = mhd_port(pointer)
    daemon = Mutex(Daemon(pointer: pointer))
  }

  deinit { stop() }

  /// Accepts no more connections and begins no more answers; those that run go on.
  func quiesce() {
    core.quiesce()
    daemon.withLock { daemon in
      guard let daemon else { return }
      let socket = MHD_quiesce_daemon(daemon.pointer)
      if socket >= 0 { close(socket) }
    }
  }

  /// Returns when no answer is running, or the task is cancelled.
  func untilIdle() async { await core.untilIdle() }

  /// Cuts the answers that are running and frees the port. Returns when all connections' threads have ended, which
  /// takes about a millisecond: each sleeps on its socket or its signal, and both are closed. May be called more than
  /// once.
  func stop() {
    guard let daemon = daemon.withLock({ $0.take() }) else { return }
    core.stop()
    MHD_stop_daemon(daemon.pointer)
  }
}

import Glibc
import Synchronization

/// Ends connections whose requests do not arrive in time, however often a byte of them comes.
///
/// One task sleeps until the first of the limits; it ends when no connection is waited for.
final class ArrivalWatch: Sendable {
  private struct Entry {
    var socket: CInt
    /// Seconds of the watch's clock; nil while the request is being answered.
    var due: Duration?
    /// Nothing was asked on this connection before.
    var isFirst = true
  }

  private struct State {
    /// By the connection's address, which is but a name here.
    var entries: [UInt: Entry] = [:]
    var isWatching = false
  }

  private let limit: Duration
  private let now: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private let state = Mutex(State())

  init(clock: some Clock<Duration>, limit: Duration) {
    self.limit = limit
    let start = clock.now
    now = { start.duration(to: clock.now) }
    sleep = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
  }

  /// A connection stands; its first request is due.
  func begin(_ connection: OpaquePointer, socket: CInt) {
    watch { $0[UInt(bitPattern: connection)] = Entry(socket: socket, due: now() + limit) }
  }

  /// The request is whole.
  func arrived(_ connection: OpaquePointer) {
    state.withLock { $0.entries[UInt(bitPattern: connection)]?.due = nil }
  }

  /// The request has been answered; another one may come, after a while.
  func awaitNext(_ connection: OpaquePointer, idleSeconds: Int) {
    watch { entries in
      entries[UInt(bitPattern: connection)]?.isFirst = false
      entries[UInt(bitPattern: connection)]?.due = now() + .seconds(idleSeconds) + limit
    }
  }

  /// The connection has ended; its socket is another's from now on.
  func end(_ connection: OpaquePointer) {
    state.withLock { $0.entries[UInt(bitPattern: connection)] = nil }
  }

  private func watch(_ change: (inout [UInt: Entry]) -> Void) {
    let begins = state.withLock { state in
      change(&state.entries)
      defer { state.isWatching = true }
      return !state.isWatching
    }
    guard begins else { return }
    Task { [weak self, sleep] in
      while let due = self?.next(), (try? await sleep(due)) != nil { self?.sweep() }
    }
  }

  /// When to look again; nil when there is nothing to wait for.
  private func next() -> Duration? {
    state.withLock { state in
      let due = state.entries.values.lazy.compactMap(\.due).min()
      state.isWatching = due != nil
      return due
    }
  }

  private func sweep() {
    let now = now()
    // Under the lock: a connection that ends meanwhile waits for it, before its socket is closed.
    state.withLock { state in
      for (connection, entry) in state.entries {
        guard let due = entry.due, due <= now else { continue }
        state.entries[connection]?.due = nil
        // Between two requests nobody expects an answer.
        if entry.isFirst { Self.refuse(entry.socket) }
        shutdown(entry.socket, CInt(SHUT_RDWR))
      }
    }
  }

  /// Says why, past libmicrohttpd, which has nothing to send before the request is whole.
  private static func refuse(_ socket: CInt) {
    let body = encoded(
      ErrorBody(
        error: .init(message: "The request did not arrive in time.", type: "invalid_request_error")))
    let head = """
      HTTP/1.1 408 Request Timeout\r
      Content-Type: application/json\r
      Content-Length: \(body.count)\r
      Connection: close\r
      \r

      """
    let bytes = Array(head.utf8) + body
    _ = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)) }
  }
}

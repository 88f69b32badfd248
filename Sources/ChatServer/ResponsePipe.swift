import CMicrohttpd
import Synchronization

/// Carries one response from the task that makes it to the thread of its connection.
///
/// The task never blocks a thread and the thread never polls: it sleeps until there is something to send or the client
/// has gone, whichever is first. Both ends may be closed at any time, from anywhere.
final class ResponsePipe: Sendable {
  /// What the connection's thread gets when it asks for more of the body.
  enum Portion: Equatable {
    case bytes(Int)
    case end, cut
  }

  private typealias Writer = CheckedContinuation<Void, any Error>

  private struct State {
    var head: ServerResponse?
    var buffer: [UInt8] = []
    /// What of `buffer` has been taken.
    var taken = 0
    var isFinished = false
    /// Cut by the producer, once what is in the buffer has been sent.
    var isCut = false
    /// Nobody listens any more, or nobody shall.
    var isClosed = false
    var writers: [Int: CheckedContinuation<Void, any Error>] = [:]
    /// Called once there is room again.
    var onRoom: (@Sendable () -> Void)?
    var nextWriter = 0

    var waiting: Int { buffer.count - taken }
  }

  /// Bytes that may wait for the client before writers are made to wait.
  static let capacity = 64 * 1024

  private let state = Mutex(State())
  private let wake: CInt

  /// Nil when the process has no descriptor left.
  init?() {
    wake = mhd_wake_open()
    if wake < 0 { return nil }
  }

  deinit { close(wake) }

  // MARK: The task's end

  /// Gives the head, which must come before anything is written.
  func begin(_ head: ServerResponse) {
    state.withLock { $0.head = head }
    mhd_wake_signal(wake)
  }

  /// Appends to the body; see `ResponseWriter.write`.
  func write(_ bytes: [UInt8]) async throws {
    try Task.checkCancellation()
    let (wasEmpty, isFull) = try state.withLock { state in
      if state.isClosed { throw CancellationError() }
      let wasEmpty = state.waiting == 0
      state.buffer += bytes
      return (wasEmpty, state.waiting > Self.capacity)
    }
    // What is there already has been signalled; a second signal would only wake the thread twice.
    if wasEmpty { mhd_wake_signal(wake) }
    if isFull { try await waitForRoom() }
  }

  /// False while the client is far behind.
  var hasRoom: Bool { state.withLock { $0.waiting <= Self.capacity } }

  /// Appends to the body without waiting; see `ResponseWriter.offer`.
  func offer(_ bytes: [UInt8], whenRoom: @escaping @Sendable () -> Void) throws -> Bool {
    try Task.checkCancellation()
    let (wasEmpty, isFull) = try state.withLock { state in
      if state.isClosed { throw CancellationError() }
      let wasEmpty = state.waiting == 0
      state.buffer += bytes
      let isFull = state.waiting > Self.capacity
      if isFull { state.onRoom = whenRoom }
      return (wasEmpty, isFull)
    }
    if wasEmpty { mhd_wake_signal(wake) }
    return !isFull
  }

  private func waitForRoom() async throws {
    let writer = state.withLock { state in
      state.nextWriter += 1
      return state.nextWriter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let mayGoOn = state.withLock { state -> Bool? in
          if state.isClosed || Task.isCancelled { return false }
          if state.waiting <= Self.capacity { return true }
          state.writers[writer] = continuation
          return nil
        }
        switch mayGoOn {
        case true?: continuation.resume()
        case false?: continuation.resume(throwing: CancellationError())
        case nil: break
        }
      }
    } onCancel: {
      state.withLock { $0.writers.removeValue(forKey: writer) }?.resume(throwing: CancellationError())
    }
  }

  /// Ends the body: regularly, or so that the client sees that it broke off.
  func finish(isCut: Bool) {
    state.withLock { state in
      state.isFinished = true
      state.isCut = isCut
    }
    mhd_wake_signal(wake)
  }

  // MARK: The connection's end

  /// Waits for the head. Nil once the client has gone or the pipe is closed.
  func awaitHead(watching socket: CInt) -> ServerResponse? {
    while true {
      let (head, isClosed) = state.withLock { ($0.head, $0.isClosed) }
      if isClosed { return nil }
      if let head { return head }
      if mhd_wake_wait(wake, socket) == 0 { shut() }
    }
  }

  /// Waits for more of the body and copies what fits. Never returns `.bytes(0)`, on which libmicrohttpd would spin.
  func read(into space: UnsafeMutableRawBufferPointer, watching socket: CInt) -> Portion {
    while true {
      if let portion = take(into: space) { return portion }
      if mhd_wake_wait(wake, socket) == 0 { shut() }
    }
  }

  private func take(into space: UnsafeMutableRawBufferPointer) -> Portion? {
    let (portion, writers, onRoom) = state.withLock { state -> (Portion?, [Writer], (@Sendable () -> Void)?) in
      if state.isClosed { return (.cut, [], nil) }
      if state.waiting == 0 { return (state.isFinished ? (state.isCut ? .cut : .end) : nil, [], nil) }
      let count = min(space.count, state.waiting)
      space.copyBytes(from: state.buffer[state.taken..<state.taken + count])
      state.taken += count
      if state.waiting == 0 {
        state.buffer.removeAll(keepingCapacity: true)
        state.taken = 0
      } else if state.taken > Self.capacity {  // a reader that never quite catches up
        state.buffer.removeFirst(state.taken)
        state.taken = 0
      }
      if state.waiting > Self.capacity { return (.bytes(count), [], nil) }
      defer {
        state.writers.removeAll()
        state.onRoom = nil
      }
      return (.bytes(count), Array(state.writers.values), state.onRoom)
    }
    for writer in writers { writer.resume() }
    onRoom?()
    return portion
  }

  /// Closes both ends. Who waits at either is woken; what was not yet sent is dropped.
  func shut() {
    let writers = state.withLock { state in
      state.isClosed = true
      state.onRoom = nil
      defer { state.writers.removeAll() }
      return Array(state.writers.values)
    }
    for writer in writers { writer.resume(throwing: CancellationError()) }
    mhd_wake_signal(wake)
  }
}

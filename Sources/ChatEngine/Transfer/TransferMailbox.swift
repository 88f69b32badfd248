import ChatModel
import ChatWire
import Synchronization

/// Where a transfer's thread puts what came, and the session takes it from.
///
/// The thread adds to one buffer and signals once for each time that it is emptied: 200,000 small events cost a few
/// hundred wake-ups. Bytes are signalled when the thread has read what there is (`tell`), not piece by piece: libcurl hands
/// over each chunk of the body on its own, and who is woken for the first would be faster than the next. Above `capacity` bytes the thread is told to pause until the next `take()`.
final class TransferMailbox: Sendable {
  /// What the thread shall do next.
  enum Order: Equatable {
    /// Wait for news. Where some have just come, let further ones gather for a while first.
    case wait(gathering: Duration?)
    case settle, resume, stop
  }

  /// Bytes that may wait to be taken before the transfer is paused, where nothing else is said.
  static let limit = 8 << 20
  /// Bytes that are signalled while more may be there to be read.
  private static let much = 32 << 10

  private struct State {
    var batch = TransferBatch()
    var isSignalled = false
    /// Bytes came and are not signalled yet.
    var isUntold = false
    var isPaused = false
    var wantsResume = false
    var isCancelled = false
    var gathering: Duration?
    /// Nothing more will come: the thread is done or was never started.
    var isOver = false
    var settlers: [CheckedContinuation<Void, Never>] = []
    /// Makes the thread look at its orders; nil while it has no ear for it.
    var waker: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let timeOfDay: @Sendable () -> Double?
  private let signal: @Sendable () -> Void
  private let capacity: Int

  /// - Parameter timeOfDay: what the head is marked with.
  init(
    timeOfDay: @escaping @Sendable () -> Double? = { nil }, capacity: Int = limit,
    signal: @escaping @Sendable () -> Void
  ) {
    self.capacity = capacity
    self.timeOfDay = timeOfDay
    self.signal = signal
  }

  // MARK: The thread's side

  /// Sets what wakes the thread. Called with nil before the thing that it wakes is freed; since calls of the waker are
  /// made under the same lock, none is under way afterwards.
  func setWaker(_ waker: (@Sendable () -> Void)?) { state.withLock { $0.waker = waker } }

  func connected() {
    add { $0.isConnected = true }
  }

  func receive(_ head: HTTPHead) {
    var head = head
    head.receivedAt = timeOfDay()
    add { [head] batch in
      batch.isConnected = true
      batch.head = head
    }
  }

  /// Takes the bytes in; false when they must be offered again after a pause. `tell` is to follow.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let mayAdd = state.withLock { state in
      if state.batch.bytes.count + bytes.count <= capacity || state.batch.bytes.isEmpty { return true }
      state.isPaused = true
      return false
    }
    if mayAdd {
      let isMuch = state.withLock { state in
        state.batch.bytes.append(contentsOf: bytes)
        state.isUntold = true
        return state.batch.bytes.count >= Self.much
      }
      // Whoever decodes it may begin while more is read.
      if isMuch { tell() }
    }
    return mayAdd
  }

  /// Signals the bytes that came, if there are any that nobody was told of.
  func tell() {
    if state.withLock({ $0.isUntold }) { add { _ in } }
  }

  /// The transfer is over; the last that is heard of it.
  func end(_ end: StreamEnd) {
    add { $0.end = end }
    let settlers = state.withLock { state in
      state.isOver = true
      return Self.emptied(&state.settlers)
    }
    for settler in settlers { settler.resume() }
  }

  /// The most urgent order.
  func order() -> Order {
    state.withLock { state in
      if state.isCancelled { return .stop }
      if state.wantsResume {
        state.wantsResume = false
        return .resume
      }
      return state.settlers.isEmpty ? .wait(gathering: state.gathering) : .settle
    }
  }

  /// What lay in the socket has been read.
  func settled() {
    let settlers = state.withLock { Self.emptied(&$0.settlers) }
    for settler in settlers { settler.resume() }
  }

  private func add(_ change: (inout TransferBatch) -> Void) {
    let isNews = state.withLock { state in
      change(&state.batch)
      state.isUntold = false
      if state.isCancelled || state.isSignalled { return false }
      state.isSignalled = true
      return true
    }
    if isNews { signal() }
  }

  // MARK: The session's side

  func take() -> TransferBatch {
    state.withLock { state in
      state.isSignalled = false
      state.isUntold = false
      if state.isPaused {
        state.isPaused = false
        state.wantsResume = true
        state.waker?()
      }
      let batch = state.batch
      state.batch = TransferBatch(isConnected: batch.isConnected)
      return batch
    }
  }

  func settle() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.isOver || state.isCancelled { return true }
        state.settlers.append(continuation)
        state.waker?()
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  func gather(for time: Duration) { state.withLock { $0.gathering = time } }

  func cancel() {
    let settlers = state.withLock { state in
      state.isCancelled = true
      state.waker?()
      return Self.emptied(&state.settlers)
    }
    for settler in settlers { settler.resume() }
  }

  private static func emptied(
    _ settlers: inout [CheckedContinuation<Void, Never>]
  ) -> [CheckedContinuation<Void, Never>] {
    defer { settlers = [] }
    return settlers
  }
}

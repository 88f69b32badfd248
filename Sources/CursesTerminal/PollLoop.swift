import CNcursesw
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What runs on the terminal's loop, which is the main thread: no two of its jobs run at once, and none beside a key.
@globalActor public actor TerminalActor {
  public static let shared = TerminalActor()
  public nonisolated let loop = PollLoop()
  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Runs `body` at once. To be called on the main thread only; anywhere else it traps.
  public static func assumeIsolated<Result>(_ body: @TerminalActor () throws -> Result) rethrows -> Result {
    TerminalActor.shared.loop.checkIsolated()
    // The isolation that the type demands has just been checked; without it the function is an ordinary one.
    // `MainActor.assumeIsolated` does the same.
    return try withoutActuallyEscaping(body) { body in
      try unsafeBitCast(body, to: (() throws -> Result).self)()
    }
  }
}

/// The program's main loop, and the executor of `TerminalActor`: it waits for the terminal's input, for signals, for jobs
/// and for one deadline in a single `poll`. With nothing to do it makes no system call.
public final class PollLoop: SerialExecutor {
  private enum Job {
    /// Of a task.
    case task(UnownedJob)
    case call(@TerminalActor @Sendable () -> Void)
  }

  private struct State {
    var jobs: [Job] = []
    var isWaiting = false
    var isStopped = false
    var hasInputEnded = false
  }

  private let state = Mutex(State())
  /// Wakes the wait from other threads: reading end, writing end.
  private let wake: (reading: Int32, writing: Int32)

  /// While another program reads the terminal, its input is not ours to take.
  @TerminalActor var isInputPaused = false

  init() {
    var ends: [Int32] = [-1, -1]
    // Without a pipe a job waits for the next key or deadline; there is nobody to tell at this point.
    _ = pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    wake = (ends[0], ends[1])
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { $0.jobs.append(.task(job)) }
  }

  /// Has `body` run on the loop, after what was posted before; any thread. Costs less than a task.
  public func post(_ body: @escaping @TerminalActor @Sendable () -> Void) {
    change { $0.jobs.append(.call(body)) }
  }

  public func checkIsolated() {
    precondition(cnc_is_main_thread() != 0, "the terminal belongs to the main thread")
  }

  /// Ends `run` after the batch at hand; any thread.
  public func stop() {
    change { $0.isStopped = true }
  }

  /// The terminal has no more input and will not have any: `run` reports `.hangup`.
  func endInput() {
    change { $0.hasInputEnded = true }
  }

  private func change(_ body: (inout sending State) -> Void) {
    let isWaiting = state.withLock { state in
      body(&state)
      defer { state.isWaiting = false }
      return state.isWaiting
    }
    var byte: UInt8 = 0
    if isWaiting { _ = write(wake.writing, &byte, 1) }
  }

  /// Runs until `stop()`.
  ///
  /// - Parameters:
  ///   - input: the descriptor to wait for, as a rule standard input.
  ///   - onInput: it can be read now.
  ///   - onSignal: a signal came; `.hangup` also when the terminal is gone.
  ///   - afterBatch: all that had come is done: the time to paint. It tells how long the loop may sleep when nothing
  ///     comes; nil for as long as it takes. Called once before the first wait.
  @TerminalActor public func run(
    input: Int32 = STDIN_FILENO, signals: SignalPipe, onInput: @TerminalActor () -> Void,
    onSignal: @TerminalActor (Signal) -> Void, afterBatch: @TerminalActor () -> Duration?
  ) {
    var descriptors = [wake.reading, signals.descriptor, input].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var sleep = afterBatch()
    var isAtEnd = false
    while !isStopped {
      // A descriptor at its end is always ready; waiting for it would spin.
      descriptors[2].fd = isAtEnd || isInputPaused ? -1 : input
      wait(&descriptors, atMost: sleep)
      if descriptors[0].revents != 0 { drainWake() }
      if descriptors[1].revents != 0 { signals.take().forEach(onSignal) }
      if descriptors[2].revents & Int16(POLLIN) != 0 { onInput() }
      if descriptors[2].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { endInput() }
      if !isAtEnd, state.withLock({ $0.hasInputEnded }) {
        isAtEnd = true
        onSignal(.hangup)
      }
      runJob()
      sleep = afterBatch()
    }
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  private func wait(_ descriptors: inout [pollfd], atMost sleep: Duration?) {
    let isIdle = state.withLock { state in
      state.isWaiting = state.jobs.isEmpty && !state.isStopped
      return state.isWaiting
    }
    let timeout = isIdle ? Self.milliseconds(sleep) : 0
    if poll(&descriptors, nfds_t(descriptors.count), timeout) <= 0 {
      // Interrupted, or nothing came: what an earlier wait left must not be taken for news.
      for index in descriptors.indices { descriptors[index].revents = 0 }
    }
    state.withLock { $0.isWaiting = false }
  }

  /// Rounded up, so that a deadline has passed when the wait ends.
  private static func milliseconds(_ sleep: Duration?) -> Int32 {
    guard let sleep else { return -1 }
    let (seconds, attoseconds) = sleep.components
    if seconds < 0 || sleep <= .zero { return 0 }
    if seconds > 1_000_000 { return 1_000_000_000 }
    return Int32(seconds * 1000) + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  private func drainWake() {
    var bytes = [UInt8](repeating: 0, count: 16)
    _ = read(wake.reading, &bytes, bytes.count)
  }

  /// One job, the oldest: however many there are, input is looked at between any two.
  @TerminalActor private func runJob() {
    switch state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }) {
    case nil: break
    case .task(let job): job.runSynchronously(on: asUnownedSerialExecutor())
    case .call(let body): body()
    }
  }
}

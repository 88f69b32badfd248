import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Wakes sleepers at their times, from one thread that sleeps in the kernel until the earliest is due, and for ever when
/// there is none. The thread begins with the first sleeper and ends with the timer.
///
/// `ContinuousClock.sleep` would start libdispatch, whose own timer ticks every second from then on.
final class WakeTimer: Sendable {
  private typealias Instant = ContinuousClock.Instant
  private typealias Continuation = CheckedContinuation<Void, any Error>

  /// What the thread and its owner share.
  private final class Core: Sendable {
    struct State {
      var sleepers: [Int: (deadline: Instant, continuation: Continuation)] = [:]
      var lastNumber = 0
      /// When the thread wakes of itself; nil while it sleeps for ever.
      var alarm: Instant?
      var isRunning = false
      var isStopped = false
    }

    let state = Mutex(State())
    /// Ends the thread's wait: reading end, writing end.
    let wake: (reading: Int32, writing: Int32)

    init() {
      var ends: [Int32] = [-1, -1]
      // Without a pipe a sleeper would oversleep; there is no system without eight descriptors left that could go on.
      _ = pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      wake = (ends[0], ends[1])
    }

    deinit {
      close(wake.reading)
      close(wake.writing)
    }

    func nudge() {
      var byte: UInt8 = 0
      _ = write(wake.writing, &byte, 1)
    }

    func run() {
      let clock = ContinuousClock()
      while true {
        let (due, rest) = state.withLock { state in
          let now = clock.now
          // In the order of their times, also where this thread comes late.
          let due = state.sleepers.filter { $0.value.deadline <= now }
            .sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
          for (number, _) in due { state.sleepers[number] = nil }
          state.alarm = state.sleepers.values.lazy.map(\.deadline).min()
          return (due.map(\.value.continuation), state.alarm.map { now.duration(to: $0) })
        }
        for continuation in due { continuation.resume() }
        if state.withLock({ $0.isStopped }) { return }
        var descriptor = pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, Self.milliseconds(rest)) > 0 else { continue }
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = read(wake.reading, &bytes, bytes.count)
      }
    }

    /// Rounded up, so that who waits that long does not come too early.
    private static func milliseconds(_ rest: Duration?) -> Int32 {
      guard let rest else { return -1 }
      let (seconds, attoseconds) = rest.components
      if seconds > 1_000_000 { return 1_000_000_000 }
      return Int32(seconds * 1000) + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
  }

  private let core = Core()

  deinit {
    core.state.withLock { $0.isStopped = true }
    core.nudge()
  }

  /// Returns at `deadline`, at most a millisecond late. Throws `CancellationError` when the task is cancelled.
  func sleep(until deadline: ContinuousClock.Instant) async throws {
    let core = core
    let number = core.state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = core.state.withLock { state in
          // Read under the lock that `onCancel` takes: a cancel comes either before this, or finds the sleeper.
          if Task.isCancelled { return true }
          state.sleepers[number] = (deadline, continuation)
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) } else { Self.rouse(core, for: deadline) }
      }
    } onCancel: {
      // The alarm stays set: it wakes the thread once at most for nobody.
      let sleeper = core.state.withLock { $0.sleepers.removeValue(forKey: number) }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Sees to it that the thread wakes in time.
  private static func rouse(_ core: Core, for deadline: Instant) {
    let (mustStart, mustNudge) = core.state.withLock { state in
      let mustStart = !state.isRunning
      state.isRunning = true
      return (mustStart, !mustStart && state.alarm.map { deadline < $0 } ?? true)
    }
    if mustStart {
      if DetachedThread.start(stackSize: 256 << 10, { core.run() }) != 0 {
        core.state.withLock { $0.isRunning = false }
      }
    } else if mustNudge {
      core.nudge()
    }
  }
}

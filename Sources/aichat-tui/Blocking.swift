import ChatEngine
import Dispatch
import Synchronization

/// Bridges from the main thread of a command line program to asynchronous work.
enum Blocking {
  private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }

  /// Runs the work on other threads and waits for it. Only for the main thread, which has nothing else to do then.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let outcome = Outcome<Value>()
    Task.detached {
      let value = await work()
      outcome.value.withLock { $0 = value }
      outcome.isThere.signal()
    }
    while true {
      outcome.isThere.wait()
      if let value = outcome.value.withLock({ $0 }) { return value }
    }
  }

  /// Runs work that waits in system calls where it holds up nobody.
  static func call<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      let status = DetachedThread.start { continuation.resume(returning: work()) }
      // Without a thread to be had it holds up a task's, which is better than never.
      if status != 0 { continuation.resume(returning: work()) }
    }
  }
}

import Dispatch

/// Runs tasks one after the other, in the order in which they become ready, off the pool; they may block it.
public final class TestThread: TaskExecutor {
  private let queue = DispatchQueue(label: "test")

  public init() {}

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

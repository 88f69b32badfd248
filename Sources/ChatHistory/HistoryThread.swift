import Glibc

/// A thread for what waits for the disk: the executor of `HistoryStore`.
///
/// It begins with the first job, sleeps on a condition while there is none, and ends with its owner: an idle program makes
/// no system call, and libdispatch is not woken.
final class HistoryThread: SerialExecutor {
  /// What the thread and its owner share.
  // Unchecked: all that changes is used under the lock, whose address never does.
  private final class Queue: @unchecked Sendable {
    let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// Each with the executor, which must live for as long as its job runs.
    var jobs: [(job: UnownedJob, executor: HistoryThread)] = []
    var isRunning = false
    var isStopped = false

    init() {
      pthread_mutex_init(lock, nil)
      pthread_cond_init(work, nil)
    }

    deinit {
      pthread_cond_destroy(work)
      pthread_mutex_destroy(lock)
      work.deallocate()
      lock.deallocate()
    }

    /// Runs jobs until it is stopped, or, when `isEndless` is false, until there are none.
    func run(isEndless: Bool) {
      pthread_mutex_lock(lock)
      while true {
        while isEndless, jobs.isEmpty, !isStopped { pthread_cond_wait(work, lock) }
        if jobs.isEmpty { break }
        do {
          // Gone before the lock is taken again: the last job may end its executor, whose end takes the lock too.
          let batch = jobs
          jobs = []
          pthread_mutex_unlock(lock)
          for (job, executor) in batch { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
        }
        pthread_mutex_lock(lock)
      }
      isRunning = false
      pthread_mutex_unlock(lock)
    }
  }

  private let queue = Queue()

  deinit {
    pthread_mutex_lock(queue.lock)
    queue.isStopped = true
    pthread_cond_signal(queue.work)
    pthread_mutex_unlock(queue.lock)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    pthread_mutex_lock(queue.lock)
    queue.jobs.append((job, self))
    let mustStart = !queue.isRunning
    queue.isRunning = true
    pthread_cond_signal(queue.work)
    pthread_mutex_unlock(queue.lock)
    // Without a thread to be had the caller does the work, which is better than never.
    if mustStart, !Self.start(queue) { queue.run(isEndless: false) }
  }

  /// Starts the thread, to which no signal is delivered; false when there is none to be had.
  private static func start(_ queue: Queue) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    let errand = Unmanaged.passRetained(queue)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { errand in
        if let errand { Unmanaged<Queue>.fromOpaque(errand).takeRetainedValue().run(isEndless: true) }
        return nil
      }, errand.toOpaque())
    if status != 0 { errand.release() }
    return status == 0
  }
}

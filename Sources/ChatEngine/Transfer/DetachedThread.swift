#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A thread for what blocks in the system and so has no place among Swift's tasks.
public enum DetachedThread {
  private final class Errand {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on a thread of its own, to which no signal is delivered: the program's handlers run elsewhere, and a
  /// write to a closed socket is an error there, not a SIGPIPE.
  ///
  /// - Parameter stackSize: in bytes.
  /// - Returns: 0, or the system's error number when there is no thread to be had; `body` is not run then.
  @discardableResult
  public static func start(stackSize: Int = 512 << 10, _ body: @escaping @Sendable () -> Void) -> Int32 {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackSize)
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    let errand = Unmanaged.passRetained(Errand(body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(
        &thread, &attributes,
        { errand in
          Unmanaged<Errand>.fromOpaque(errand).takeRetainedValue().body()
          return nil
        }, errand.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(
        &thread, &attributes,
        { errand in
          if let errand { Unmanaged<Errand>.fromOpaque(errand).takeRetainedValue().body() }
          return nil
        }, errand.toOpaque())
    #endif
    if status != 0 { errand.release() }
    return status
  }
}

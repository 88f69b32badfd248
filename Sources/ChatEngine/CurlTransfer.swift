import CCurl
import ChatModel
import Glibc

/// A transfer by libcurl, seen from the session: a mailbox, and a thread that fills it.
final class CurlTransfer: Transfer {
  let mailbox: TransferMailbox

  init(signal: @escaping @Sendable () -> Void) { mailbox = TransferMailbox(signal: signal) }

  func take() -> TransferBatch { mailbox.take() }
  func settle() async { await mailbox.settle() }
  func cancel() { mailbox.cancel() }

  /// Starts the thread; a failure to do so is the transfer's end.
  func start(_ plan: CurlPlan) {
    let errand = Unmanaged.passRetained(Errand(plan: plan, mailbox: mailbox))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // libcurl and OpenSSL need some 100 KiB.
    pthread_attr_setstacksize(&attributes, 512 << 10)
    // The thread inherits a mask that blocks every signal: the program's handlers run elsewhere, and a write by OpenSSL
    // to a closed socket is an error here, not a SIGPIPE that ends the program.
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { errand in
        guard let errand else { return nil }
        Unmanaged<Errand>.fromOpaque(errand).takeRetainedValue().run()
        return nil
      }, errand.toOpaque())
    pthread_sigmask(SIG_SETMASK, &previous, nil)
    if status != 0 {
      errand.release()
      mailbox.end(.cut(ChatError(.unexpected, "No thread could be started for the request (error \(status))")))
    }
  }

  /// What the thread is given.
  private final class Errand: Sendable {
    let plan: CurlPlan
    let mailbox: TransferMailbox

    init(plan: CurlPlan, mailbox: TransferMailbox) {
      self.plan = plan
      self.mailbox = mailbox
    }

    func run() {
      // Once for the whole process, by whichever transfer is first: it costs some milliseconds, and not on a thread
      // that paints.
      guard CurlLibrary.status == CURLE_OK, let exchange = CurlExchange(plan: plan, mailbox: mailbox) else {
        mailbox.end(.cut(ChatError(.unexpected, "libcurl could not be started")))
        return
      }
      exchange.run()
    }
  }
}

/// libcurl's global state.
enum CurlLibrary {
  /// The outcome of `curl_global_init`, which the first look at it calls, once, whatever the threads.
  static let status = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}

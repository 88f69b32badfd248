import CCurl
import ChatModel

/// A transfer by libcurl, seen from the session: a mailbox, and a thread that fills it.
final class CurlTransfer: Transfer {
  let mailbox: TransferMailbox

  init(timeOfDay: @escaping @Sendable () -> Double?, capacity: Int, signal: @escaping @Sendable () -> Void) {
    mailbox = TransferMailbox(timeOfDay: timeOfDay, capacity: capacity, signal: signal)
  }

  func take() -> TransferBatch { mailbox.take() }
  func settle() async { await mailbox.settle() }
  func gather(for time: Duration) { mailbox.gather(for: time) }
  func cancel() { mailbox.cancel() }

  /// Starts the thread; a failure to do so is the transfer's end.
  func start(_ plan: CurlPlan) {
    let status = DetachedThread.start { [mailbox] in Self.run(plan, mailbox) }
    if status != 0 {
      mailbox.end(.cut(ChatError(.unexpected, "No thread could be started for the request (error \(status))")))
    }
  }

  /// What the thread does.
  private static func run(_ plan: CurlPlan, _ mailbox: TransferMailbox) {
    // Once for the whole process, by whichever transfer is first: it costs some milliseconds, and not on a thread
    // that paints.
    guard CurlLibrary.status == CURLE_OK, let exchange = CurlExchange(plan: plan, mailbox: mailbox) else {
      mailbox.end(.cut(ChatError(.unexpected, "libcurl could not be started")))
      return
    }
    exchange.run()
  }
}

/// libcurl's global state.
enum CurlLibrary {
  /// The outcome of `curl_global_init`, which the first look at it calls, once, whatever the threads.
  static let status = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}

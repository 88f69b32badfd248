import CCurl
import ChatModel
import ChatWire
import Glibc

/// One request and its response on libcurl's multi interface. It belongs to one thread, and `run()` is that thread.
///
/// libcurl's multi handle sleeps in `curl_multi_poll`, which `curl_multi_wakeup` ends from any thread: a cancelled
/// transfer is gone within a millisecond even when its server is silent.
final class CurlExchange {
  /// What the waker may touch of this thread's things.
  // Unchecked: curl_multi_wakeup is the one call that libcurl allows from other threads, and the mailbox lets go of the
  // waker, under its lock, before the handle is freed.
  private struct WakeHandle: @unchecked Sendable {
    let multi: UnsafeMutableRawPointer
  }

  /// Bytes that are not left lying to gather more: what libcurl reads in one go.
  private static let gathered: Int32 = 16 << 10

  private let plan: CurlPlan
  private let mailbox: TransferMailbox
  private let multi: UnsafeMutableRawPointer
  private let easy: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?
  /// Where libcurl writes its words on a failure.
  private let detail: UnsafeMutablePointer<CChar>
  private var heads = ResponseHeadReader()
  private var isConnected = false
  /// Something of the body came since the last wait.
  private var hasNews = false

  /// Nil when libcurl has no memory for it.
  init?(plan: CurlPlan, mailbox: TransferMailbox) {
    guard let multi = curl_multi_init() else { return nil }
    guard let easy = curl_easy_init() else {
      curl_multi_cleanup(multi)
      return nil
    }
    self.plan = plan
    self.mailbox = mailbox
    self.multi = multi
    self.easy = easy
    detail = .allocate(capacity: Int(CURL_ERROR_SIZE))
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    mailbox.setWaker(nil)
    // Order matters: the easy handle out of the multi, which closes an unfinished connection, then each freed.
    curl_multi_remove_handle(multi, easy)
    curl_easy_cleanup(easy)
    curl_multi_cleanup(multi)
    curl_slist_free_all(headerList)
    detail.deallocate()
  }

  /// Makes the exchange; returns when it ended or was cancelled.
  func run() {
    configure()
    let handle = WakeHandle(multi: multi)
    mailbox.setWaker { curl_multi_wakeup(handle.multi) }
    curl_multi_add_handle(multi, easy)
    var settleRounds = 0
    while true {
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      mailbox.tell()
      var code = CURLE_OK
      if ccurl_multi_ended(multi, &code) != 0 {
        mailbox.end(code == CURLE_OK ? .closed : .cut(failure(code).error))
        return
      }
      switch mailbox.order() {
      case .stop: return
      case .resume: curl_easy_pause(easy, CURLPAUSE_CONT)
      case .settle:
        settleRounds += 1
        // A server that never stops sending must not hold up the judgement for ever.
        if isQuiet() || settleRounds >= 4096 {
          settleRounds = 0
          mailbox.settled()
        }
      case .wait(let gathering): wait(gathering: gathering)
      }
    }
  }

  /// Sleeps until there is something to do; after news of the body, at most for as long as it may be gathered.
  ///
  /// libcurl's own timers (name lookup, the second address family) shorten the wait; it has no other.
  private func wait(gathering: Duration?) {
    let socket = ccurl_reading_socket(multi)
    guard hasNews, let gathering, socket >= 0 else {
      hasNews = false
      curl_multi_poll(multi, nil, 0, 3_600_000, nil)
      return
    }
    hasNews = false
    // The kernel gathers: the socket counts as readable only with so much in it, or at its end. Before libcurl looks at it
    // again that must be undone, since it reads nothing from a socket that is not readable.
    ccurl_set_low_water(socket, Self.gathered)
    curl_multi_poll(multi, nil, 0, Self.milliseconds(gathering), nil)
    ccurl_set_low_water(socket, 1)
  }

  private static func milliseconds(_ time: Duration) -> Int32 {
    let (seconds, attoseconds) = time.components
    return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// True when there is nothing that libcurl could do at once.
  private func isQuiet() -> Bool {
    var ready: Int32 = 0
    curl_multi_poll(multi, nil, 0, 0, &ready)
    var timeout = 0
    curl_multi_timeout(multi, &timeout)
    return ready == 0 && timeout != 0
  }

  private func configure() {
    let request = plan.request
    ccurl_set_string(easy, CURLOPT_URL, request.url)
    ccurl_restrict_protocols(easy)
    if let body = request.body {
      body.withUnsafeBytes {
        _ = ccurl_set_body(easy, $0.baseAddress ?? UnsafeRawPointer(detail), curl_off_t($0.count))
      }
    } else if request.method == "GET" {
      ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
    }
    if request.method != "GET", request.method != "POST" {
      ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
    }
    for line in plan.headerLines { headerList = curl_slist_append(headerList, line) }
    ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    // The headers are the server's, a proxy's CONNECT gets none of them.
    ccurl_set_long(easy, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
    ccurl_set_string(easy, CURLOPT_USERAGENT, "aichat-tui")
    ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
    configureConnection()
    configureCallbacks()
  }

  private func configureConnection() {
    ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    ccurl_set_long(easy, CURLOPT_TCP_NODELAY, 1)
    ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    // 0 would mean libcurl's own 300 s; the session has a clock for this.
    ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, 30 * 86_400_000)
    ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // Always set, so that libcurl does not look into the environment; "" is a direct connection.
    ccurl_set_string(easy, CURLOPT_PROXY, plan.proxy?.text ?? "")
    ccurl_set_string(easy, CURLOPT_NOPROXY, "")
    // An editor or tool that is started meanwhile must not hold the connection open.
    ccurl_set_socket(easy) { _, socket, _ in
      _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
      return CURL_SOCKOPT_OK
    }
    if let certificates = plan.certificates {
      ccurl_set_string(easy, CURLOPT_CAINFO, certificates.path)
      ccurl_set_string(easy, CURLOPT_PROXY_CAINFO, certificates.path)
    }
  }

  private func configureCallbacks() {
    // Unretained: libcurl calls back only from within `run()`, while the exchange is alive.
    let context = Unmanaged.passUnretained(self).toOpaque()
    ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, detail)
    ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
    ccurl_set_write(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().header(line) ? line.count : 0
    }
    ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
    ccurl_set_write(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
      let exchange = Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
      return exchange.receive(piece) ? piece.count : Int(CURL_WRITEFUNC_PAUSE)
    }
    ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context)
    ccurl_set_prereq(easy) { context, _, _, _, _ in
      guard let context else { return CURL_PREREQFUNC_ABORT }
      Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().connected()
      return CURL_PREREQFUNC_OK
    }
  }

  private func connected() {
    isConnected = true
    mailbox.connected()
  }

  /// Takes a piece of the body; false when it must come again after a pause.
  private func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    hasNews = mailbox.receive(piece)
    return hasNews
  }

  /// Takes one header line; false when the head grows out of all measure.
  private func header(_ line: UnsafeRawBufferPointer) -> Bool {
    if let head = heads.consume(line) { mailbox.receive(head) }
    return !heads.isTooLarge
  }

  private func failure(_ code: CURLcode) -> CurlFailure {
    var systemError = 0
    var connectStatus = 0
    ccurl_get_long(easy, CURLINFO_OS_ERRNO, &systemError)
    ccurl_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &connectStatus)
    let words = detail[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: detail)
    var proxy: (address: WebAddress, variable: String)?
    if let address = plan.proxyAddress, let variable = plan.proxy?.variable { proxy = (address, variable) }
    return CurlFailure(
      code: code, detail: words, systemError: Int32(truncatingIfNeeded: systemError), connectStatus: connectStatus,
      isConnected: isConnected, address: plan.address, proxy: proxy, certificates: plan.certificates)
  }
}

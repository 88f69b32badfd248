import ChatEngine
import ChatModel
import ChatWire
import Synchronization

/// A transport without a network: a test takes each request as it is opened and plays the server by hand.
///
///     let transport = ScriptedTransport()
///     let updates = await session.send("hi")
///     let transfer = await transport.next()
///     transfer.answer()
///     transfer.send("data: [DONE]\n\n")
///
/// Or it says beforehand what each request gets, so that a request which never comes holds nothing up.
public final class ScriptedTransport: Transport {
  private let opened = Inbox<ScriptedTransfer>()
  private let made = Mutex<[HTTPRequest]>([])
  private let script: [Reply]?

  /// Plays the server's side of one request.
  public typealias Reply = @Sendable (ScriptedTransfer) -> Void

  public init() { script = nil }

  /// Plays one reply for each request; those after the last fail.
  public init(playing script: [Reply]) { self.script = script }

  public func open(_ request: HTTPRequest, signal: @escaping @Sendable () -> Void) -> any Transfer {
    let number = made.withLock { made in
      made.append(request)
      return made.count
    }
    let transfer = ScriptedTransfer(request: request, signal: signal)
    guard let script else {
      opened.put(transfer)
      return transfer
    }
    if number <= script.count {
      script[number - 1](transfer)
    } else {
      transfer.end(.cut(ChatError(.unexpected, "The script has no reply to this request")))
    }
    return transfer
  }

  /// The requests so far.
  public var requests: [HTTPRequest] { made.withLock { $0 } }

  /// How many requests were made so far.
  public var requestCount: Int { requests.count }

  /// The next request; waits until it is made.
  public func next() async -> ScriptedTransfer { await opened.next() }
}

/// One request of a `ScriptedTransport`, and the server's side of its response.
public final class ScriptedTransfer: Transfer {
  private struct State {
    var batch = TransferBatch()
    /// What has reached the machine but was not read yet; `settle()` brings it in.
    var socket: [UInt8] = []
    var isCancelled = false
    var settleCount = 0
  }

  public let request: HTTPRequest
  private let signal: @Sendable () -> Void
  private let state = Mutex(State())
  private let cancelled = Inbox<Void>()
  private let taken = Inbox<Void>()

  init(request: HTTPRequest, signal: @escaping @Sendable () -> Void) {
    self.request = request
    self.signal = signal
  }

  // MARK: The server's side

  /// The request's body.
  public var bodyText: String { String(decoding: request.body ?? [], as: UTF8.self) }

  /// The connection stands, nothing more.
  public func connect() { change { $0.batch.isConnected = true } }

  /// The response's head comes, and the connection stands if it did not.
  public func answer(status: Int = 200, headers: [HTTPField] = [HTTPField("content-type", "text/event-stream")]) {
    change {
      $0.batch.isConnected = true
      $0.batch.head = HTTPHead(status: status, headers: headers)
    }
  }

  /// Bytes of the body come.
  public func send(_ text: String) { send(bytes: Array(text.utf8)) }

  /// Bytes of the body come, which need not be whole characters.
  public func send(bytes: [UInt8]) { change { $0.batch.bytes += bytes } }

  /// Bytes reach the socket, but nobody has read them yet.
  public func layInSocket(_ text: String) { state.withLock { $0.socket += Array(text.utf8) } }

  /// The response ends.
  public func end(_ end: StreamEnd = .closed) { change { $0.batch.end = end } }

  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Returns once the session has cancelled the transfer.
  public func waitForCancel() async { await cancelled.next() }

  /// How often the session asked for what lies in the socket.
  public var settleCount: Int { state.withLock { $0.settleCount } }

  /// Returns once the session has looked, and found something new; each such look counts for one call.
  public func waitForTake() async { await taken.next() }

  private func change(_ change: (inout State) -> Void) {
    state.withLock { change(&$0) }
    signal()
  }

  // MARK: The session's side

  public func take() -> TransferBatch {
    let (batch, isNews) = state.withLock { state in
      let batch = state.batch
      state.batch = TransferBatch(isConnected: batch.isConnected)
      return (batch, batch != state.batch)
    }
    if isNews { taken.put(()) }
    return batch
  }

  public func settle() async {
    state.withLock { state in
      state.settleCount += 1
      state.batch.bytes += state.socket
      state.socket = []
    }
  }

  public func cancel() {
    let isFirst = state.withLock { state in
      defer { state.isCancelled = true }
      return !state.isCancelled
    }
    if isFirst { cancelled.put(()) }
  }
}

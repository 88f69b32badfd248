import ChatModel
import ChatWire

/// Sends requests. Implemented by `CurlTransport` on sockets and by a scripted one in tests.
public protocol Transport: Sendable {
  /// Starts the request and returns at once; nothing here blocks or fails, a failure comes as the transfer's end.
  ///
  /// `signal` means "look again with `take()`". It may be called from any thread, once or oftener for each thing that
  /// happened, and not again before the next `take()`.
  func open(_ request: HTTPRequest, signal: @escaping @Sendable () -> Void) -> any Transfer
}

/// One request under way and its response.
public protocol Transfer: Sendable {
  /// Everything that came since the last call; never blocks.
  func take() -> TransferBatch
  /// Returns once all that lies in the socket at this moment has been read, for the next `take()` to deliver. Called
  /// before a deadline is judged.
  func settle() async
  /// From now on what comes may be gathered for so long before it is signalled. Little by little costs a wake-up each time;
  /// much at once, the end, `settle` and `cancel` do not wait.
  func gather(for time: Duration)
  /// Ends the transfer and closes its connection; from any thread, any number of times. Nothing is signalled after it.
  func cancel()
}

extension Transfer {
  /// A transfer may signal at once all the same.
  public func gather(for time: Duration) {}
}

/// What came of a response since the last look.
public struct TransferBatch: Equatable, Sendable {
  /// The connection stands: TCP and TLS, through a proxy where there is one. Stays true once it was.
  public var isConnected: Bool
  /// The final response's status and headers, in the batch in which they came.
  public var head: HTTPHead?
  /// The next bytes of the body, with content encodings undone.
  public var bytes: [UInt8]
  /// The end of the transfer, in the last batch.
  public var end: StreamEnd?

  public init(isConnected: Bool = false, head: HTTPHead? = nil, bytes: [UInt8] = [], end: StreamEnd? = nil) {
    self.isConnected = isConnected
    self.head = head
    self.bytes = bytes
    self.end = end
  }
}

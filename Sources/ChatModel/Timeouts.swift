/// The four limits of a turn; nil turns one off.
public struct Timeouts: Equatable, Sendable {
  /// From the start of an attempt to an established connection (TCP and TLS, through a proxy where there is one).
  public var connect: Duration?
  /// From the start of an attempt to the first piece of the answer.
  public var firstChunk: Duration?
  /// Between two pieces. Comments and keep-alives are no pieces.
  public var chunk: Duration?
  /// One turn with its retries.
  public var total: Duration?

  public init(
    connect: Duration? = .seconds(10), firstChunk: Duration? = .seconds(120), chunk: Duration? = .seconds(30),
    total: Duration? = .seconds(300)
  ) {
    self.connect = connect
    self.firstChunk = firstChunk
    self.chunk = chunk
    self.total = total
  }
}

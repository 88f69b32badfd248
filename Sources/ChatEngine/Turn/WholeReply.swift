import ChatModel
import ChatWire

/// Reads a response that is one document, not a stream, within the same limits as an answer. Pure: bytes and time come in.
struct WholeReply {
  /// Bytes that a document may have; the longest public lists of models have some 100 KiB.
  static let limit = 16 << 20

  private let provider: Provider
  var deadlines: Deadlines
  private var head: HTTPHead?
  private var body: [UInt8] = []

  init(provider: Provider, deadlines: Deadlines) {
    self.provider = provider
    self.deadlines = deadlines
  }

  /// Takes what came; returns the document or the error once it is over.
  mutating func receive(_ batch: TransferBatch, now: Duration) -> Result<[UInt8], ChatError>? {
    if batch.isConnected { deadlines.connected() }
    if let head = batch.head { self.head = head }
    if !batch.bytes.isEmpty {
      body += batch.bytes
      if isRefused { deadlines.linger(now: now) } else { deadlines.piece(now: now) }
    }
    switch batch.end {
    case .cut(let error): return .failure(error)
    case .closed: return outcome
    case nil: return body.count > Self.limit ? outcome : nil
    }
  }

  /// Called when a deadline may have passed: the timeout, or nil when there is time left.
  mutating func judge(now: Duration) -> Result<[UInt8], ChatError>? {
    guard let limit = deadlines.passed(now: now) else { return nil }
    return deadlines.isLingering ? outcome : .failure(provider.timeout(limit, of: deadlines.lengthened))
  }

  private var isRefused: Bool {
    guard let head else { return false }
    return !(200..<300).contains(head.status)
  }

  private var outcome: Result<[UInt8], ChatError> {
    guard let head, isRefused else { return .success(body) }
    var decoder = ResponseDecoder(kind: provider.kind, head: head)
    for case .failed(let error) in decoder.consume(body) + decoder.finish(.closed) { return .failure(error) }
    return .failure(ChatError(.protocolViolation, "\(provider.displayHost) gave no answer"))
  }
}

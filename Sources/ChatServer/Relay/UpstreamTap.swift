import ChatEngine
import ChatModel
import ChatWire
import Synchronization

/// The transport of one turn, through which what the service says is also seen as it came, and can be held back.
///
/// A client of the OpenAI chat API gets the chunks of a service that speaks it as they are, with all that no other wire has a
/// word for. What they mean, and when the turn is over, is the session's affair all the same.
final class UpstreamTap: Transport {
  /// What the service was heard to say and the client was not told yet.
  private struct Backlog {
    /// The client does not read.
    var isHeld = false
    /// Events that wait to be written.
    var events = 0
    /// There were too many of them.
    var isLong = false

    var stops: Bool { isHeld || isLong }
  }

  private struct State {
    var backlog = Backlog()
    var signal: (@Sendable () -> Void)?
    /// What the credentials of the request consist of.
    var keys: [Secret] = []
    var status: Int?
    var parser = SSEParser()
    /// Nil until the first byte that says what follows.
    var isStream: Bool?
    /// The chunks that nobody has taken yet.
    var chunks: [[UInt8]] = []
    /// A reply in one piece, or that of a refusal.
    var body: [UInt8] = []
    /// An error in OpenAI's form that the stream told of.
    var streamedError: [UInt8]?
    /// Nothing that comes in the stream counts any more.
    var isOver = false
  }

  /// So many events may wait before no more are taken, until so few are left.
  private static let longest = 4096, short = 1024
  /// Bytes of a refusal that are looked at.
  private static let refusalLimit = 64 << 10

  private let base: any Transport
  private let keepsChunks: Bool
  private let state = Mutex(State())

  init(_ base: any Transport, keepsChunks: Bool) {
    self.base = base
    self.keepsChunks = keepsChunks
  }

  func open(_ request: HTTPRequest, signal: @escaping @Sendable () -> Void) -> any Transfer {
    let keys = request.credentials.map { field in
      let value = field.value.reveal()
      return Secret(value.hasPrefix("Bearer ") ? String(value.dropFirst(7)) : value)
    }
    state.withLock { state in
      state = State(backlog: state.backlog, signal: signal, keys: keys)
    }
    return TappedTransfer(base: base.open(request, signal: signal), tap: self)
  }

  // MARK: Holding

  /// Nothing more is taken of the response until `resume`.
  func hold() { state.withLock { $0.backlog.isHeld = true } }

  /// Lets the session look again.
  func resume() { change { $0.isHeld = false } }

  /// Notes events that wait to be written.
  func note(waiting events: Int) {
    change { backlog in
      backlog.events += events
      if backlog.events > Self.longest { backlog.isLong = true }
    }
  }

  /// Notes events that were written.
  func note(written events: Int) {
    change { backlog in
      backlog.events -= events
      if backlog.events < Self.short { backlog.isLong = false }
    }
  }

  /// Has the session look again where nothing stops it any more.
  private func change(_ change: (inout Backlog) -> Void) {
    let signal = state.withLock { state in
      let stopped = state.backlog.stops
      change(&state.backlog)
      return stopped && !state.backlog.stops ? state.signal : nil
    }
    signal?()
  }

  fileprivate var isHeld: Bool { state.withLock { $0.backlog.stops } }

  // MARK: What came

  fileprivate func note(_ batch: TransferBatch) {
    state.withLock { state in
      if let head = batch.head { state.status = head.status }
      guard !batch.bytes.isEmpty else { return }
      if let status = state.status, !(200..<300).contains(status) {
        state.body += batch.bytes.prefix(Self.refusalLimit - state.body.count)
      } else if keepsChunks {
        Self.read(batch.bytes, into: &state)
      }
    }
  }

  private static func read(_ bytes: [UInt8], into state: inout State) {
    if state.isStream == nil, let first = bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      state.isStream = first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
    }
    guard state.isStream == true else {
      state.body += bytes
      return
    }
    for event in state.parser.consume(bytes) where !state.isOver { take(event, into: &state) }
  }

  /// Keeps what is a part of the answer; errors, pings and the end are told in other ways.
  private static func take(_ event: ServerSentEvent, into state: inout State) {
    guard let json = JSONReader.value(of: event.data) else {
      // The end, or what the session stumbles over. Relays send other events, which are no JSON, for their own ends.
      state.isOver = event.event == nil || event.event == "message"
      return
    }
    if json["error"]?.isTruthy == true || event.event == "error" {
      state.isOver = true
      if isOpenAIError(json) { state.streamedError = event.data }
      return
    }
    switch (json["choices"], json["usage"]) {
    case (.array?, _), (_, .object?): state.chunks.append(event.data)
    default: break
    }
  }

  private static func isOpenAIError(_ json: JSONValue) -> Bool { json["error"]?["message"]?.filledString != nil }

  /// The chunks that came since the last call, as they came; nil where they are not kept, or the service did not stream.
  func takeChunks() -> [[UInt8]]? {
    state.withLock { state in
      guard keepsChunks, state.isStream != false else { return nil }
      defer { state.chunks = [] }
      return state.chunks
    }
  }

  /// A reply in one piece, as it came; nil where there is none.
  var body: [UInt8]? {
    state.withLock { state in
      keepsChunks && state.isStream == false && state.status.map { (200..<300).contains($0) } == true ? state.body : nil
    }
  }

  /// The error that the service refused the request with, or broke off its stream, as it came; nil where that is not
  /// OpenAI's form.
  var error: [UInt8]? {
    let (body, streamed) = state.withLock { state in
      (state.status.map { $0 >= 300 } == true ? state.body : [], state.streamedError)
    }
    if let streamed { return streamed }
    return JSONReader.value(of: body).map(Self.isOpenAIError) == true ? body : nil
  }

  /// The bytes without any key of ours that the service may have repeated.
  func withoutKeys(_ bytes: [UInt8]) -> [UInt8] {
    let keys = state.withLock { $0.keys }
    guard keys.contains(where: { bytes.contains($0.reveal().utf8) }) else { return bytes }
    return Array(keys.reduce(String(decoding: bytes, as: UTF8.self)) { $1.blotted(in: $0) }.utf8)
  }
}

extension [UInt8] {
  /// Whether these bytes stand somewhere in it; never for none.
  fileprivate func contains(_ other: String.UTF8View) -> Bool {
    let wanted = Array(other)
    guard let first = wanted.first, count >= wanted.count else { return false }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first), found + wanted.count <= count {
      if self[found..<(found + wanted.count)].elementsEqual(wanted) { return true }
      start = found + 1
    }
    return false
  }
}

/// A transfer whose batches pass by the tap.
private struct TappedTransfer: Transfer {
  let base: any Transfer
  let tap: UpstreamTap

  func take() -> TransferBatch {
    if tap.isHeld { return TransferBatch(isConnected: true) }
    let batch = base.take()
    tap.note(batch)
    return batch
  }

  func settle() async { await base.settle() }
  func gather(for time: Duration) { base.gather(for: time) }
  func cancel() { base.cancel() }
}

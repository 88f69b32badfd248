import ChatModel

/// Turns one response into chat events: an event stream, a plain JSON answer, an error body of any shape, or nothing.
///
/// Over its life exactly one `.completed` or `.failed` comes, last of all; `finish` brings it where `consume` has not. What
/// the response is, is read from its first bytes: content types are often wrong, and a line of an event stream never begins
/// with `{`, `[` or `<`.
///
/// ```swift
/// var decoder = ResponseDecoder(kind: .openai, head: head)
/// for piece in pieces { events += decoder.consume(piece) }
/// events += decoder.finish(.closed)
/// ```
public struct ResponseDecoder: Sendable {
  private enum Framing {
    /// A good status, and nothing but white space yet.
    case undecided
    case events
    /// A reply in one piece, looked at when it ends.
    case whole
    /// The body of a status that is not 2xx.
    case refused
  }

  /// Bytes of an error body that are kept.
  static let errorLimit = 64 << 10
  /// Bytes of a single event, and of a reply in one piece.
  static let replyLimit = 16 << 20

  private var head: HTTPHead?
  private var framing: Framing
  private var parser = SSEParser()
  private var wire: WireDecoder
  /// Events taken out of the parser so far.
  private var taken = 0
  private var body: [UInt8] = []
  /// True once anything came that a reader would want to keep.
  private var hasContent = false
  private var isOver = false

  /// A decoder for one response; without a head (raw bytes of a stream), status 200 is assumed.
  public init(kind: ProviderKind, head: HTTPHead?) {
    self.head = head
    wire = WireDecoder(kind: kind)
    framing = head.map { (200..<300).contains($0.status) } ?? true ? .undecided : .refused
  }

  /// How far the stream was read, where the service may go on from there.
  public var position: StreamPosition? { wire.position }

  /// The decoder of the response that goes on where this one broke off: what was read already does not come a second time.
  public func takenUp(head: HTTPHead) -> ResponseDecoder {
    var next = self
    next.head = head
    // A reply in one piece would not say which part of it is new.
    next.framing = .events
    next.parser = SSEParser()
    next.taken = 0
    next.body = []
    next.isOver = false
    next.wire.takeUp()
    return next
  }

  /// Takes the next bytes of the body and returns what they say. After the last event nothing more comes.
  public mutating func consume(_ bytes: [UInt8]) -> [ChatEvent] {
    if isOver { return [] }
    var bytes = bytes
    if framing == .undecided {
      body += bytes
      guard let start = Self.firstMark(in: body) else { return [] }
      if [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")].contains(start) {
        framing = .whole
        return body.count > Self.replyLimit ? end(tooLong) : []
      }
      framing = .events
      bytes = body
      body = []
    }
    switch framing {
    case .undecided: return []
    case .events: return decode(bytes)
    case .whole:
      body += bytes
      return body.count > Self.replyLimit ? end(tooLong) : []
    case .refused:
      body += bytes.prefix(Self.errorLimit - body.count)
      return []
    }
  }

  /// Ends the response and returns what is left to say; `.completed` or `.failed` is last, unless it came before.
  public mutating func finish(_ end: StreamEnd) -> [ChatEvent] {
    if isOver { return [] }
    switch framing {
    case .refused: return self.end(.failed(refusal))
    case .whole: return finishWhole(end)
    case .undecided: return self.end(outcome(of: end))
    case .events: return finishEvents(end)
    }
  }

  /// The first byte that says what follows, past white space and a byte order mark.
  private static func firstMark(in bytes: [UInt8]) -> UInt8? {
    bytes.first { byte in
      ![.space, .lineFeed, .carriageReturn, UInt8(ascii: "\t"), 0xEF, 0xBB, 0xBF].contains(byte)
    }
  }

  // MARK: An event stream

  private mutating func decode(_ bytes: [UInt8]) -> [ChatEvent] {
    var events: [ChatEvent] = []
    for event in parser.consume(bytes) {
      if let stray = parser.strayError, stray.position <= taken { break }
      taken += 1
      decode(event, into: &events)
      if isOver { return events }
    }
    if let stray = parser.strayError {
      events += end(.failed(strayError(stray.value)))
    } else if parser.pendingCount > Self.replyLimit {
      events += end(tooLong)
    }
    return events
  }

  private mutating func decode(_ event: ServerSentEvent, into events: inout [ChatEvent]) {
    if event.isDone {
      events += end(.completed)
      return
    }
    if event.event == "error" {
      events += end(.failed(strayError(event.data)))
      return
    }
    guard let json = JSONReader.value(of: event.data) else {
      events += end(afterBadChunk(event))
      return
    }
    let before = events.count
    let said = wire.decode(json, named: event.event, into: &events)
    if !hasContent { hasContent = events[before...].contains(where: \.isPiece) }
    if let said {
      events += end(.failed(ErrorClassifier.error(said, head: head)))
    } else if wire.endsAtOnce, wire.isFinished {
      events += end(.completed)
    }
  }

  /// What a chunk that is no JSON means: nothing where the answer is whole already or the event is not the wire's own, the
  /// end where it stands in the middle of an answer.
  private func afterBadChunk(_ event: ServerSentEvent) -> ChatEvent? {
    if wire.isFinished { return .completed }
    if !wire.isOwn(event.event ?? "message") { return nil }
    if event.data.allSatisfy({ $0 == .space || $0 == .lineFeed }) { return nil }
    return .failed(ChatError(.protocolViolation, "The stream holds a chunk that is not valid JSON"))
  }

  /// The error of an `error` line or event: JSON of any shape, or plain text.
  private func strayError(_ bytes: [UInt8]) -> ChatError {
    let value = JSONReader.value(of: bytes) ?? .string(String(decoding: bytes, as: UTF8.self))
    let said = ServiceError(telling: value)
    return said.map { ErrorClassifier.error($0, head: head) }
      ?? ChatError(.server, "The service reported an error without a message")
  }

  private mutating func finishEvents(_ end: StreamEnd) -> [ChatEvent] {
    // The rules of event streams drop what no blank line ended; a last word and an error still count here.
    let rest = parser.finish()
    if let stray = parser.strayError { return self.end(.failed(strayError(stray.value))) }
    if let rest {
      if rest.isDone { return self.end(.completed) }
      if let value = JSONReader.value(of: rest.data) {
        let said = rest.event == "error" ? ServiceError(telling: value) : ServiceError(markedIn: value)
        if let said { return self.end(.failed(ErrorClassifier.error(said, head: head))) }
      }
    }
    return self.end(outcome(of: end))
  }

  // MARK: A reply in one piece

  private mutating func finishWhole(_ end: StreamEnd) -> [ChatEvent] {
    var events: [ChatEvent] = []
    let text = Array(body.drop { [0xEF, 0xBB, 0xBF].contains($0) })
    if let value = JSONReader.value(of: text) {
      let reply = value.elements.count == 1 ? value.elements[0] : value
      if let said = wire.decode(reply, named: nil, into: &events) {
        var error = ErrorClassifier.error(said, head: head)
        // A service that made up its mind says the same again, unless it says that it is busy or not ready.
        if said.ownStatus == nil && error.kind != .rateLimit { error.mayPass = false }
        return events + self.end(.failed(error))
      }
      if wire.isFinished || events.contains(where: \.isPiece) { return events + self.end(.completed) }
      return self.end(.failed(ChatError(.protocolViolation, "The server answered with JSON that holds no answer")))
    }
    if case .cut(let error) = end { return self.end(.failed(error)) }
    if let title = ReadableText.pageTitle(String(decoding: text, as: UTF8.self)) {
      let name = title.isEmpty ? "" : " (\(title))"
      return self.end(
        .failed(
          ChatError(
            .protocolViolation, "The server answered with a web page\(name), not with a stream",
            remedy: "Check the endpoint: it may lack its path, for example /v1")))
    }
    return self.end(.failed(ChatError(.protocolViolation, "The server answered with something that is not valid JSON")))
  }

  // MARK: Ends

  private var refusal: ChatError {
    ErrorClassifier.error(head: head ?? HTTPHead(status: 500), body: body)
  }

  private var tooLong: ChatEvent {
    .failed(ChatError(.protocolViolation, "The server sent more than 16 MiB without an end"))
  }

  /// How a stream that did not say its last word ended.
  private func outcome(of end: StreamEnd) -> ChatEvent {
    if wire.isFinished { return .completed }
    switch end {
    case .closed:
      if hasContent {
        return .failed(ChatError(.truncated, "The server closed the stream before the answer was complete"))
      }
      return .failed(
        ChatError(
          .protocolViolation, "The server closed the stream without an answer\(contentType)", mayPass: true))
    case .cut(let error):
      if !hasContent || error.isTimeout { return .failed(error) }
      return .failed(ChatError(.truncated, "The connection broke off: \(error.message)", remedy: error.remedy))
    }
  }

  /// A word on the content type where it is not that of an event stream.
  private var contentType: String {
    guard let type = head?.value("content-type"), !type.lowercased().hasPrefix("text/event-stream") else { return "" }
    return " (it sent \(ReadableText.line(type)))"
  }

  private mutating func end(_ event: ChatEvent?) -> [ChatEvent] {
    guard let event else { return [] }
    isOver = true
    body = []
    return [event]
  }
}

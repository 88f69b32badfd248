/// Cuts the bytes of an event stream into events, by the rules of WHATWG HTML, "Interpreting an event stream".
///
/// It works on bytes, since `"\r\n"` is one `Character`, and so is a colon with a combining mark behind it. Each byte is
/// looked at once, however the stream is cut into pieces; an event is given out with the byte that completes it.
///
/// ```swift
/// var parser = SSEParser()
/// parser.consume(Array("data: a\n\nda".utf8))  // one event, "a"
/// parser.consume(Array("ta: b\r\r".utf8))      // one event, "b"
/// ```
public struct SSEParser: Sendable {
  /// An `error: …` line, which older llama.cpp servers send, or a bare JSON error in the middle of a stream. The rules
  /// ignore such a line, but whoever reads an answer must not.
  struct StrayError: Equatable, Sendable {
    var value: [UInt8]
    /// How many events had been given out before the line.
    var position: Int
  }

  /// The last valid `retry` field, in milliseconds.
  public private(set) var retry: Int?
  private(set) var strayError: StrayError?
  /// How many events have been given out.
  private(set) var dispatched = 0

  /// The line that has not ended yet, as far as it came in earlier pieces.
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var name = ""
  private var lastID = ""
  /// The piece before ended in CR: an LF that comes next belongs to the same line end.
  private var skipsLineFeed = false
  private var isFirstLine = true

  public init() {}

  /// Bytes held for an event that is not complete yet.
  var pendingCount: Int { line.count + data.count }

  /// Takes the next piece and returns the events that it completes, in order.
  public mutating func consume(_ bytes: [UInt8]) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    bytes.withUnsafeBufferPointer { scan($0, into: &events) }
    return events
  }

  /// The event that the end of the input left incomplete, nil where there is none. The rules drop it; a decoder looks
  /// whether it is a `[DONE]`.
  public mutating func finish() -> ServerSentEvent? {
    let rest = line
    line = []
    if !rest.isEmpty { rest.withUnsafeBufferPointer { endLine($0[...]) } }
    return takeEvent()
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]) {
    var start = 0
    var position = 0
    if skipsLineFeed, let first = bytes.first {
      skipsLineFeed = false
      if first == .lineFeed {
        start = 1
        position = 1
      }
    }
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == .lineFeed || byte == .carriageReturn else {
        position += 1
        continue
      }
      let isBlank = line.isEmpty && start == position
      if line.isEmpty {
        endLine(bytes[start..<position])
      } else {
        line.append(contentsOf: bytes[start..<position])
        let whole = line
        line = []
        whole.withUnsafeBufferPointer { endLine($0[...]) }
      }
      if isBlank, let event = takeEvent() {
        dispatched += 1
        events.append(event)
      }
      position += 1
      if byte == .carriageReturn {
        if position == bytes.count {
          skipsLineFeed = true
        } else if bytes[position] == .lineFeed {
          position += 1
        }
      }
      start = position
    }
    if start < bytes.count { line.append(contentsOf: bytes[start...]) }
  }

  /// Dispatch: what the fields have set becomes an event, where there was a `data` field; the name never outlives it.
  private mutating func takeEvent() -> ServerSentEvent? {
    defer { name = "" }
    guard hasData else { return nil }
    let event = ServerSentEvent(event: name.isEmpty ? nil : name, data: data, id: lastID)
    data = []
    hasData = false
    return event
  }

  private mutating func endLine(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    var bytes = bytes
    if isFirstLine {
      isFirstLine = false
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    }
    guard let first = bytes.first, first != .colon else { return }
    let colon = bytes.firstIndex(of: .colon) ?? bytes.endIndex
    let field = bytes[..<colon]
    var value = bytes[min(colon + 1, bytes.endIndex)...]
    if value.first == .space { value = value.dropFirst() }
    take(field: field, value: value, line: bytes)
  }

  private mutating func take(
    field: Slice<UnsafeBufferPointer<UInt8>>, value: Slice<UnsafeBufferPointer<UInt8>>,
    line: Slice<UnsafeBufferPointer<UInt8>>
  ) {
    if field.elementsEqual("data".utf8) {
      if hasData { data.append(.lineFeed) }
      hasData = true
      data.append(contentsOf: value)
    } else if field.elementsEqual("event".utf8) {
      name = String(decoding: value, as: UTF8.self)
    } else if field.elementsEqual("id".utf8) {
      if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
    } else if field.elementsEqual("retry".utf8) {
      let isNumber = !value.isEmpty && value.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      if isNumber, let milliseconds = Int(String(decoding: value, as: UTF8.self)) { retry = milliseconds }
    } else if strayError == nil {
      if field.elementsEqual("error".utf8) {
        strayError = StrayError(value: Array(value), position: dispatched)
      } else if line.starts(with: #"{"error""#.utf8) {
        strayError = StrayError(value: Array(line), position: dispatched)
      }
    }
  }
}

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let colon = UInt8(ascii: ":")
  static let space = UInt8(ascii: " ")
}

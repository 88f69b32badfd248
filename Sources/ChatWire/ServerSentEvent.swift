/// One dispatched event of an event stream (WHATWG HTML, "Server-sent events").
public struct ServerSentEvent: Equatable, Sendable {
  /// The event's name; nil for the default, `message`.
  public var event: String?
  /// The `data` lines joined with LF, as they came: UTF-8 in intent, not yet checked.
  public var data: [UInt8]
  /// The last event id, which stays from event to event; empty where none was set.
  public var id: String

  public init(event: String? = nil, data: [UInt8], id: String = "") {
    self.event = event
    self.data = data
    self.id = id
  }

  /// `data` as text; what is not UTF-8 becomes U+FFFD.
  public var text: String { String(decoding: data, as: UTF8.self) }

  /// True for the word with which OpenAI's wires end a stream: exactly `[DONE]`.
  var isDone: Bool { data == Self.done }
  private static let done = Array("[DONE]".utf8)
}

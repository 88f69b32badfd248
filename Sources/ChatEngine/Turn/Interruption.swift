import ChatModel
import ChatWire

/// A stream that broke off before the answer was whole.
struct Interruption {
  /// Knows what of the answer has come.
  let decoder: ResponseDecoder
  /// How it broke off.
  let error: ChatError

  /// True for an error that tells of the stream's end, not of the answer's.
  static func isBreak(_ error: ChatError) -> Bool {
    switch error.kind {
    case .truncated, .network, .tls: true
    case .protocolViolation: error.mayPass == true
    default: false
    }
  }
}

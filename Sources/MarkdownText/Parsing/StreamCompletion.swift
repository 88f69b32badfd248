/// Completes the unfinished end of a text that is still being written, so that it can be parsed as what it is going to be.
enum StreamCompletion {
  /// The text, with what is half there completed or held back.
  static func complete(_ tail: [UInt8]) -> [UInt8] { tail }
}

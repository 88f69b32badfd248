import ChatModel

/// How the bytes of a response ended.
public enum StreamEnd: Equatable, Sendable {
  /// As the transfer said that it would.
  case closed
  /// Before that; with the network's error, of kind `network` or `tls`.
  case cut(ChatError)
}

import ChatModel

/// What became of a file that was to go along with a message.
public enum AttachOutcome: Equatable, Sendable {
  case read(Attachment)
  /// There is no such file.
  case missing(path: String)
  /// It cannot go along; the reason goes on after its name.
  case refused(path: String, reason: String)
}

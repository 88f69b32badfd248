/// What became of a text that was to be written to a file.
public enum SaveOutcome: Equatable, Sendable {
  case written(path: String)
  /// There is such a file, which is left as it is; a like name that is free, where there is one.
  case exists(path: String, free: String?)
  /// The reason is in the system's words.
  case failed(path: String, reason: String)
}

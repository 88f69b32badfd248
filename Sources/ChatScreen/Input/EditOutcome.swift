/// What became of a text that was given to the user's editor.
public enum EditOutcome: Equatable, Sendable {
  case text(String)
  /// It stays as it was; why, in words.
  case failed(String)
}

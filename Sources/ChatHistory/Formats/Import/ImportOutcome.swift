/// What became of a conversation of a file.
public enum ImportOutcome: Equatable, Sendable {
  /// It was not here.
  case imported
  /// Something of it was new.
  case updated
  /// It is here as it is in the file.
  case unchanged
  /// It went on here; the file has nothing that is new.
  case kept
  /// It had been deleted here, and is back as it was, with what the file has beside.
  case restored
}

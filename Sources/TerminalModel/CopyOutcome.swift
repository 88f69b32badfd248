/// What became of a text that was to be copied.
public enum CopyOutcome: Equatable, Sendable {
  /// The terminal was asked to take it; whether it did, it does not tell.
  case sent
  /// The command took it and ended well.
  case taken(command: String)
  /// More bytes than terminals take.
  case tooLong(limit: Int)
  /// The terminal has no way to a clipboard.
  case unsupported
  /// The command failed; why, in words that go on after its name.
  case failed(command: String, reason: String)
}

/// What came of a command that was typed after a `!`.
public struct CommandOutcome: Equatable, Sendable {
  /// What it printed, without what speaks to terminals.
  public var output: String
  /// Whether it printed more than is kept.
  public var isCut: Bool
  /// How it ended, where it did not end well: `exit code 2`, `stopped after 60 s`.
  public var ending: String?

  public init(output: String, isCut: Bool = false, ending: String? = nil) {
    self.output = output
    self.isCut = isCut
    self.ending = ending
  }
}

/// A command that was typed: whether it is to be run is asked first.
enum TypedCommand: Equatable, Sendable {
  case asked
  case running(ticket: Int, command: String)
}

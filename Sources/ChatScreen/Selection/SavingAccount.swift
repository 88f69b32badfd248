/// What is being written to a file, and by which command.
struct SavingAccount: Equatable, Sendable {
  /// In words: `the answer`, `12 lines of code`.
  var what: String
  /// The command's words before the file's name.
  var command = ["/save"]

  /// How the command overwrites a file that there is.
  var overwriting: String { (["\(command[0])!"] + command.dropFirst()).joined(separator: " ") }
  /// How it is typed.
  var typed: String { command.joined(separator: " ") }
}

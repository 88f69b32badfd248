import ChatModel
import ChatWire

/// A `key_command` or `token_command` as it is configured.
struct CredentialCommand: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// Prints a key.
    case key
    /// Prints an OAuth access token.
    case token
  }

  var kind: Kind
  var command: SecretCommand
  /// The configuration's key, for messages: `providers.work.token_command`.
  var name: String

  /// Runs it. Blocks; `now`, in seconds since 1970, is what a life in seconds counts from.
  func run(
    now: Double, until interruption: CommandInterruption = CommandInterruption()
  ) throws(ChatError) -> PrintedCredential {
    do throws(SecretCommandError) {
      return try PrintedCredential.read(try command.run(until: interruption), kind, now: now)
    } catch {
      throw ChatError(
        .config, "The command of \(name) \(error.reason)",
        remedy: "Run it in a shell to see what is wrong, or set \(name) anew")
    }
  }
}

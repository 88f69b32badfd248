import ChatModel
import ChatWire

/// Gives credentials that are not known beforehand, or expire: what a command prints, say. A session asks before each
/// request, so a source keeps what is still good.
public protocol CredentialSource: Sendable {
  /// The credential to send now. Cancelling the task ends the waiting at once. The error is shown as the turn's.
  ///
  /// - Parameter refused: what the service has just refused with a 401; it is not to be given again from memory.
  func credential(insteadOf refused: Credential?) async throws(ChatError) -> Credential
}

extension CredentialSource {
  /// The same, as a value.
  public func outcome(insteadOf refused: Credential?) async -> Result<Credential, ChatError> {
    do throws(ChatError) { return .success(try await credential(insteadOf: refused)) } catch { return .failure(error) }
  }
}

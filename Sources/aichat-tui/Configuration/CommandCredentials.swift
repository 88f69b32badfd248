import ChatEngine
import ChatModel
import ChatWire
import Synchronization

/// Gives what a configured command prints, and keeps it until a minute before its end.
///
/// The command runs on a thread of its own when a request first needs it. Several that need it at once share one run, which
/// ends with the last of them.
final class CommandCredentials: CredentialSource {
  /// Seconds before its end from which a token is not used any more.
  private static let margin = 60.0

  private final class Run: Sendable {
    let interruption = CommandInterruption()
    let outcome: Task<Result<PrintedCredential, ChatError>, Never>

    init(_ command: CredentialCommand, now: Double) {
      outcome = Task.detached { [interruption] in
        await Blocking.call {
          do throws(ChatError) { return .success(try command.run(now: now, until: interruption)) } catch {
            return .failure(error)
          }
        }
      }
    }
  }

  private struct State {
    var held: PrintedCredential?
    var run: Run?
    var waiting = 0
  }

  private let command: CredentialCommand
  private let now: @Sendable () -> Double
  private let state = Mutex(State())

  /// - Parameter now: the time of day, in seconds since 1970.
  init(_ command: CredentialCommand, now: @escaping @Sendable () -> Double) {
    self.command = command
    self.now = now
  }

  func credential(insteadOf refused: Credential?) async throws(ChatError) -> Credential {
    let run: Run
    switch state.withLock({ next(&$0, insteadOf: refused, now: now()) }) {
    case .use(let credential): return credential
    case .await(let running): run = running
    }
    let outcome = await withTaskCancellationHandler {
      await run.outcome.value
    } onCancel: {
      leave(run)
    }
    state.withLock { state in
      guard state.run === run else { return }
      state.run = nil
      state.waiting = 0
      state.held = try? outcome.get()
    }
    return try outcome.get().credential
  }

  private enum Step {
    case use(Credential)
    case `await`(Run)
  }

  private func next(_ state: inout State, insteadOf refused: Credential?, now: Double) -> Step {
    if let held = state.held, held.credential != refused, held.expiry.map({ now < $0 - Self.margin }) ?? true {
      return .use(held.credential)
    }
    let run = state.run ?? Run(command, now: now)
    state.run = run
    state.waiting += 1
    return .await(run)
  }

  private func leave(_ run: Run) {
    let isLast = state.withLock { state in
      guard state.run === run else { return false }
      state.waiting -= 1
      guard state.waiting <= 0 else { return false }
      // Who comes next does not want what is being ended.
      state.run = nil
      return true
    }
    if isLast { run.interruption.raise() }
  }
}

import ChatEngine
import ChatModel
import ChatServer
import ChatWire
import FoundationEssentials

/// A session with the configured service; the embedded demo runs behind it where it is the service.
struct ChatConnection: Sendable {
  let session: ChatSession
  /// What the session measures its timeouts with; to be paused while the program is stopped.
  let clock: PausableClock
  private let demo: DemoServer?
  /// The service as it is spoken to.
  let provider: Provider

  /// Starts the demo where it is asked for; no request is made yet.
  ///
  /// `gathering`: as `ChatSession` takes it.
  init(
    _ configuration: Configuration, clock: PausableClock, gathering: Duration? = nil
  ) throws(CommandFailure) {
    var provider = configuration.provider
    if provider.kind == .demo {
      do { demo = try DemoServer.start(clock: clock) } catch {
        throw CommandFailure(code: .unexpected, message: "the demo could not be started: \(error)")
      }
      provider.endpoint = demo?.endpoint ?? ""
    } else {
      demo = nil
    }
    self.provider = provider
    self.clock = clock
    session = ChatSession(
      provider: provider,
      transport: CurlTransport(network: NetworkEnvironment(configuration.environment)) {
        Date().timeIntervalSince1970
      },
      clock: TurnClock(clock), timeouts: configuration.timeouts, retries: configuration.retries,
      parameters: configuration.parameters,
      tools: configuration.tools,
      conversation: Conversation(
        systemPrompt: configuration.systemPrompt, isPromptChosen: configuration.isPromptChosen),
      credentials: configuration.credentialCommand.map {
        CommandCredentials($0) { Date().timeIntervalSince1970 }
      }, gathering: gathering)
  }

  /// Ends the demo where it runs.
  func close() { demo?.stop() }
}

import ChatEngine
import ChatModel
import ChatServer
import ChatWire
import FoundationEssentials
import Synchronization

/// A session with the configured service; the embedded demo runs behind it where it is the service.
struct ChatConnection: Sendable {
  let session: ChatSession
  /// What the session measures its timeouts with; to be paused while the program is stopped.
  let clock: PausableClock
  private let services: Services
  /// How services are reached.
  let transport: any Transport
  /// The service as it is spoken to, at first.
  let provider: Provider

  /// Starts the demo where it is asked for; no request is made yet.
  ///
  /// `tools`: runs those that the model calls. `gathering` and `announcesSilence`: as `ChatSession` takes them. `capacity`: as
  /// `CurlTransport` does.
  init(
    _ configuration: Configuration, clock: PausableClock, tools: (any ToolRunner)? = nil, gathering: Duration? = nil,
    announcesSilence: Bool = false,
    capacity: Int? = nil
  ) throws(CommandFailure) {
    let transport = CurlTransport(
      network: NetworkEnvironment(configuration.environment), timeOfDay: { Date().timeIntervalSince1970 },
      capacity: capacity)
    try self.init(configuration, Services(clock: clock), clock, transport, tools, gathering, announcesSilence)
  }

  /// A further session, which shares with another what lives as long as the program; that one is to be closed, not this.
  ///
  /// `gathering` and `announcesSilence`: as `ChatSession` takes them.
  init(
    beside other: ChatConnection, _ configuration: Configuration, gathering: Duration? = nil,
    announcesSilence: Bool = false
  ) throws(CommandFailure) {
    try self.init(
      configuration, other.services, other.clock, other.transport, AllowedTools(configuration.runnableTools), gathering,
      announcesSilence)
  }

  /// A session whose service could not be set up: what is saved can be read, and another service chosen.
  init(unreachable configuration: Configuration, clock: PausableClock, tools: (any ToolRunner)?, gathering: Duration) {
    let transport = CurlTransport(
      network: NetworkEnvironment(configuration.environment), timeOfDay: { Date().timeIntervalSince1970 })
    let service = ChatService(
      provider: configuration.provider, credentials: nil, timeouts: configuration.timeouts,
      retries: configuration.retries, parameters: configuration.parameters)
    self.init(configuration, service, Services(clock: clock), clock, transport, tools, gathering, true)
  }

  private init(
    _ configuration: Configuration, _ services: Services, _ clock: PausableClock, _ transport: any Transport,
    _ tools: (any ToolRunner)?, _ gathering: Duration? = nil, _ announcesSilence: Bool = false
  ) throws(CommandFailure) {
    self.init(
      configuration, try services.service(for: configuration), services, clock, transport, tools, gathering,
      announcesSilence)
  }

  private init(
    _ configuration: Configuration, _ service: ChatService, _ services: Services, _ clock: PausableClock,
    _ transport: any Transport, _ tools: (any ToolRunner)?, _ gathering: Duration?, _ announcesSilence: Bool
  ) {
    provider = service.provider
    self.services = services
    self.clock = clock
    self.transport = transport
    session = ChatSession(
      provider: provider, transport: transport, clock: TurnClock(clock), timeouts: service.timeouts,
      retries: service.retries, parameters: service.parameters, tools: configuration.tools, toolRunner: tools,
      conversation: Conversation(
        systemPrompt: configuration.systemPrompt, isPromptChosen: configuration.isPromptChosen),
      credentials: service.credentials, gathering: gathering, announcesSilence: announcesSilence)
  }

  /// The service that a configuration is of; the demo is started where it is the one.
  func service(for configuration: Configuration) throws(CommandFailure) -> ChatService {
    try services.service(for: configuration)
  }

  /// Ends the demo where it runs.
  func close() { services.close() }
}

extension ChatConnection {
  /// What services need that lives as long as the program: the demo, and what the commands for credentials printed.
  private final class Services: Sendable {
    private struct State {
      var demo: DemoServer?
      var credentials: [(command: CredentialCommand, source: CommandCredentials)] = []
    }
    private let clock: PausableClock
    private let state = Mutex(State())

    init(clock: PausableClock) { self.clock = clock }

    func service(for configuration: Configuration) throws(CommandFailure) -> ChatService {
      var provider = configuration.provider
      if provider.kind == .demo { provider.endpoint = try demoEndpoint() }
      return ChatService(
        provider: provider, credentials: configuration.credentialCommand.map(credentials),
        timeouts: configuration.timeouts, retries: configuration.retries, parameters: configuration.parameters)
    }

    private func demoEndpoint() throws(CommandFailure) -> String {
      let started = state.withLock { state in
        Result {
          if state.demo == nil { state.demo = try DemoServer.start(clock: clock) }
          return state.demo?.endpoint ?? ""
        }
      }
      do { return try started.get() } catch {
        throw CommandFailure(code: .unexpected, message: "the demo could not be started: \(error)")
      }
    }

    /// The same command is not run anew because something else about the service changed.
    private func credentials(_ command: CredentialCommand) -> CommandCredentials {
      state.withLock { state in
        if let known = state.credentials.first(where: { $0.command == command }) { return known.source }
        let source = CommandCredentials(command) { Date().timeIntervalSince1970 }
        state.credentials.append((command, source))
        return source
      }
    }

    func close() { state.withLock { $0.demo }?.stop() }
  }
}

import ChatEngine
import ChatModel

/// The service that a relay passes questions on to, and what it adds to them.
public struct RelayService: Sendable {
  /// Its parameters count where a request says nothing else.
  public var service: ChatService
  public var transport: any Transport
  /// Told to the model where a request brings no tools of its own.
  public var tools: [JSONValue]
  /// What `/chat/stream` begins with where a request has no system message.
  public var systemPrompt: SystemPrompt
  /// False where nobody asked for that prompt: it is the default.
  public var isPromptChosen: Bool
  /// What the page offers.
  public var prompts: [SystemPrompt]

  public init(
    _ service: ChatService, transport: any Transport, tools: [JSONValue] = [], systemPrompt: SystemPrompt = .helpful,
    isPromptChosen: Bool = false, prompts: [SystemPrompt] = SystemPrompt.builtIn
  ) {
    self.service = service
    self.transport = transport
    self.tools = tools
    self.systemPrompt = systemPrompt
    self.isPromptChosen = isPromptChosen
    self.prompts = prompts
  }

  /// A session for one turn, over that transport.
  func session(over transport: any Transport, clock: PausableClock, isWhole: Bool) -> ChatSession {
    // An answer in one piece has no first piece that could come early.
    var timeouts = service.timeouts
    if isWhole { timeouts.firstChunk = nil }
    return ChatSession(
      provider: service.provider, transport: transport, clock: TurnClock(clock), timeouts: timeouts,
      retries: service.retries, credentials: service.credentials)
  }
}

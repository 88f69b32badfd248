import ChatEngine
import ChatModel
import ChatWire

/// What a run works with, everything settled.
struct Configuration: Equatable, Sendable {
  /// What a command needs of the configuration.
  enum Need: Equatable, Sendable {
    /// A turn, without anybody to choose anything later.
    case turn
    /// A chat: as a turn, but with nothing configured the demo stands in.
    case chat
    /// The service only, no model.
    case service
  }

  var provider: Provider
  /// True when nothing is configured and the demo stands in, which the screen says.
  var isFallback: Bool
  var parameters: Parameters
  var timeouts: Timeouts
  /// Further attempts, at most.
  var retries: Int
  var systemPrompt: SystemPrompt
  /// False where nobody asked for the system prompt: it is the default.
  var isPromptChosen = true
  /// True where an option of this run asked for the system prompt: it counts for a chat that is taken up, too.
  var isPromptOption = false
  /// True where an option of this run says who answers.
  var isServiceOption = false
  var library: PromptLibrary
  /// Tool definitions, passed on as they are.
  var tools: [JSONValue]
  /// The tools that this run may run: of `ask` and `--plain` those that were allowed.
  var runnableTools: [RunnableTool] = []
  /// The names of those that need no question.
  var allowedTools: [String] = []
  /// All variables that the run sees, for the proxies and certificates.
  var environment: [String: String]
  /// What prints the provider's credential, when the first request needs it; nil where there is no such command.
  var credentialCommand: CredentialCommand?
  /// What is known of the model.
  var account = ModelAccount()
  var screen = ScreenOptions()
  /// Whether what is said is written to disk.
  var keepsHistory = true
  /// The saved chat to take up.
  var resumption: Options.Resumption?

  /// Settles everything. The failure is the first mistake found.
  init(_ sources: ConfigurationSources, need: Need) throws(CommandFailure) {
    var resolver = ConfigurationResolver(sources, need: need)
    guard let resolved = resolver.resolve() else {
      throw resolver.problems.first ?? .configuration(ProviderChoice.nothingConfigured)
    }
    self = resolved
  }

  /// Puts one together from its parts; the provider's name and the rest are taken as they are.
  init(
    provider: Provider, isFallback: Bool, parameters: Parameters, timeouts: Timeouts, retries: Int,
    systemPrompt: SystemPrompt, library: PromptLibrary, tools: [JSONValue], environment: [String: String],
    credentialCommand: CredentialCommand? = nil
  ) {
    self.provider = provider
    self.isFallback = isFallback
    self.parameters = parameters
    self.timeouts = timeouts
    self.retries = retries
    self.systemPrompt = systemPrompt
    self.library = library
    self.tools = tools
    self.environment = environment
    self.credentialCommand = credentialCommand
  }
}

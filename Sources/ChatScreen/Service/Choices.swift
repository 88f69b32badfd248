import ChatModel

/// What was chosen in the program, over what the run began with; nil leaves it to options, environment and configuration.
public struct Choices: Equatable, Sendable {
  /// The configured provider, by its name.
  public var provider: String?
  /// The model, of that provider.
  public var model: String?
  /// What was set by hand.
  public var settings: [SettingName: SettingValue] = [:]
  /// What the system prompt asks for beside; it counts over the rest as long as that prompt does.
  public var wishes = SystemPrompt.Wishes()

  public init() {}
}

/// The service that the next message goes to, as far as the screen tells of it.
public struct ServiceFacts: Equatable, Sendable {
  /// The provider's label.
  public var provider: String
  /// Nil where the service decides.
  public var model: String?
  public var parameters: Parameters
  public var timeouts: Timeouts
  /// Further attempts, at most.
  public var retries: Int
  /// Tokens that the model takes at a time, where that is known.
  public var context: Int?
  public var prices: Prices?

  public init(
    provider: String, model: String? = nil, parameters: Parameters = Parameters(), timeouts: Timeouts = Timeouts(),
    retries: Int = 2
  ) {
    self.provider = provider
    self.model = model
    self.parameters = parameters
    self.timeouts = timeouts
    self.retries = retries
  }
}

/// A provider that can be switched to.
public struct ProviderOffer: Equatable, Sendable {
  public var name: String
  /// What it is, for people: its kind and where it is.
  public var account: String
  /// The model that it is asked for unless another is chosen; nil where it decides.
  public var model: String?
  /// The models that the configuration names.
  public var models: [String]
  /// Why it cannot be used as it is configured; nil where it can.
  public var problem: String?
  /// Whether it may be asked for its models though it is not in use: nothing has to be started or unlocked for that.
  public var canBeAsked: Bool

  public init(
    name: String, account: String, model: String? = nil, models: [String] = [], problem: String? = nil,
    canBeAsked: Bool = true
  ) {
    self.canBeAsked = canBeAsked
    self.name = name
    self.account = account
    self.model = model
    self.models = models
    self.problem = problem
  }
}

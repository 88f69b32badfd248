import ChatModel
import ChatWire

/// Who answers, and how it is asked: what a turn begins with, and keeps until its end.
public struct ChatService: Sendable {
  public var provider: Provider
  /// Asked before each request; nil where the provider has its credential, or needs none.
  public var credentials: (any CredentialSource)?
  public var timeouts: Timeouts
  /// How often a request that failed before any content, in a way that may pass, is made again.
  public var retries: Int
  public var parameters: Parameters

  public init(
    provider: Provider, credentials: (any CredentialSource)? = nil, timeouts: Timeouts = Timeouts(), retries: Int = 2,
    parameters: Parameters = Parameters()
  ) {
    self.provider = provider
    self.credentials = credentials
    self.timeouts = timeouts
    self.retries = retries
    self.parameters = parameters
  }
}

extension Provider {
  /// Whether what the other keeps of a talk, responses or a thread, can be relied on here.
  public func sharesStore(with other: Provider) -> Bool {
    name == other.name && kind == other.kind && endpoint == other.endpoint && organization == other.organization
      && project == other.project && assistantID == other.assistantID
  }
}

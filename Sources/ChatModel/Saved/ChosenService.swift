/// Who is to answer in a chat: what was chosen for it last.
public struct ChosenService: Equatable, Sendable, Codable {
  /// The configured provider's name.
  public var provider: String
  /// The model as it is asked for, on Azure the deployment; nil where the service decides.
  public var model: String?

  public init(provider: String, model: String? = nil) {
    self.provider = provider
    self.model = model
  }
}

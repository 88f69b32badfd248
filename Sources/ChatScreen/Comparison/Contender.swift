import ChatModel

/// A model that is asked along with others.
public struct Contender: Equatable, Sendable {
  /// Names its turn in all that is told of it.
  public let turn: TurnID
  /// The provider and the model, over what holds for the chat.
  public let choices: Choices
}

/// A model, and the provider that has it.
struct ModelChoice: Equatable, Sendable {
  var provider: String
  /// Nil: the one that the provider takes.
  var model: String?

  /// `provider/model`.
  var name: String { model.map { "\(provider)/\($0)" } ?? provider }

  /// Reads `model`, of the present provider, or `provider/model`, or the name of a provider. A model's own name may have
  /// slashes: only what is the name of a provider counts as one.
  init(_ word: String, among providers: [String], current: String) {
    let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
    if providers.contains(word) {
      self.init(provider: word)
    } else if parts.count == 2, providers.contains(parts[0]) {
      self.init(provider: parts[0], model: parts[1])
    } else {
      self.init(provider: current, model: word)
    }
  }

  init(provider: String, model: String? = nil) {
    self.provider = provider
    self.model = model
  }

  /// What the chat has chosen, with this provider and model in their place; as it is where these are the present ones.
  func choices(over held: Choices, present: ModelChoice) -> Choices {
    if self == present { return held }
    var choices = held
    choices.provider = provider
    choices.model = model
    choices.wishes.provider = nil
    choices.wishes.model = nil
    return choices
  }
}

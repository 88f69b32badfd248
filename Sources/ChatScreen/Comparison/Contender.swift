import ChatModel

/// A model that is asked along with others.
public struct Contender: Equatable, Sendable {
  /// Names its turn in all that is told of it.
  public let turn: TurnID
  /// The provider and the model, over what holds for the chat.
  public let choices: Choices
}

/// A model, and the provider that has it.
struct ModelChoice: Hashable, Sendable {
  var provider: String
  /// Nil: the one that the provider takes.
  var model: String?

  /// `provider/model`; a model whose own name has slashes stands apart from its provider.
  var name: String {
    guard let model else { return provider }
    return provider + (model.contains("/") ? ": " : "/") + model
  }

  /// What the chat has chosen, with this provider and model in their place; as it is where these are the present ones.
  func choices(over held: Choices, present: ModelChoice) -> Choices {
    self == present ? held : held.choosing(self)
  }
}

extension Choices {
  /// The same with another provider and model; what the system prompt asked for of these counts no longer.
  func choosing(_ choice: ModelChoice) -> Choices {
    var choices = self
    choices.provider = choice.provider
    choices.model = choice.model
    choices.wishes.provider = nil
    choices.wishes.model = nil
    return choices
  }
}

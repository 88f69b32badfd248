import ChatModel

/// What a word of `/compare` names: a model, or nothing, and why.
enum NamedModel: Equatable, Sendable {
  case model(ModelChoice)
  case mistake(Hint)
}

extension ServiceState {
  /// Reads `model`, of the present provider, or `provider/model`, or the name of a provider, which stands for the model that
  /// it takes. A model's own name may have slashes: only what is the name of a provider counts as one.
  func model(named word: String, current: String) -> NamedModel {
    if word.contains(",") {
      let apart = word.split(separator: ",").joined(separator: " ")
      return .mistake(Hint(text: "Names stand apart by blanks: /compare \(apart)", shorter: ["Blanks between names"]))
    }
    if let offer = offers.first(where: { $0.name == word }) {
      return .model(ModelChoice(provider: word, model: offer.model))
    }
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return .model(ModelChoice(provider: current, model: word)) }
    if parts[0].isEmpty || parts[1].isEmpty {
      let missing = parts[0].isEmpty ? "provider" : "model"
      return .mistake(
        Hint(
          text: "\(word) names no \(missing): provider/model, or a model alone",
          shorter: ["\(word) names no \(missing)"]))
    }
    if offers.contains(where: { $0.name == parts[0] }) {
      return .model(ModelChoice(provider: parts[0], model: parts[1]))
    }
    // Whether it is a model's own name is known where the provider has listed its models.
    if case .listed(let names)? = listings[current], !(names + configuredModels(of: current)).contains(word) {
      let providers = offers.map(\.name).joined(separator: ", ")
      return .mistake(
        Hint(
          text: "No provider \(parts[0]), and \(current) lists no \(word). Providers: \(providers)",
          shorter: ["No provider \(parts[0]). There are: \(providers)", "There are: \(providers)"]))
    }
    return .model(ModelChoice(provider: current, model: word))
  }

  private func configuredModels(of provider: String) -> [String] {
    offers.first { $0.name == provider }.map { $0.models + [$0.model].compactMap { $0 } } ?? []
  }
}

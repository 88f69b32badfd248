import ChatModel

/// The name of a model or a provider that is being typed behind a command, with the cursor at its end.
struct BegunModelName: Equatable, Sendable {
  let command: SlashCommand.Name
  /// What stands before the name.
  let before: String
  let name: String

  /// Nil where none is being typed.
  init?(_ input: InputEditor) {
    guard input.content.lines.count == 1, input.isAtEnd, case let text = input.content.lines[0].text,
      let end = text.lastIndex(where: \.isWhitespace),
      case .command(let command, _)? = SlashCommand.parse(text),
      [.model, .provider, .compare, .retry].contains(command)
    else { return nil }
    self.command = command
    before = String(text[...end])
    name = String(text[text.index(after: end)...])
    // All of them but this one take a single name.
    if command != .compare, before.split(whereSeparator: \.isWhitespace).count > 1 { return nil }
  }
}

/// Completing names of models and providers, as far as they are configured or were listed.
extension AppState {
  /// Completes the one that is being typed; nil where none is. A provider that has not been asked yet is.
  mutating func completeModelName() -> [Effect]? {
    guard let begun = BegunModelName(input) else { return nil }
    let names = service.names(for: begun.command, provider: provider, model: model)
    let found = names.filter { $0.hasPrefix(begun.name) }
    if let common = found.commonBeginning, common != begun.name { input.setText(begun.before + common) }
    let asked = providerToAsk(for: begun)
    let effects = asked.map { service.listings[$0] == nil ? askForModels(of: $0) : [] } ?? []
    switch found.count {
    case 0: sayThatNoneBeginsSo(begun.name, asked)
    case 1: if begun.command == .compare { input.insert(" ") }
    default: hint = Hint(text: found.joined(separator: "  "))
    }
    return effects
  }

  private mutating func sayThatNoneBeginsSo(_ name: String, _ asked: String?) {
    if let asked, case .pending? = service.listings[asked] {
      hint = Hint(
        text: "\(asked) is asked for its models" + keys.aside(.complete, "completes then"),
        shorter: ["\(asked) is asked"])
    } else {
      hint = Hint(
        text: name.isEmpty ? "No names are known" : "No name begins with \(name)", shorter: ["None begins so"])
    }
  }

  /// Whose models may be meant; nil where providers are.
  private func providerToAsk(for begun: BegunModelName) -> String? {
    if begun.command == .provider { return nil }
    let named = begun.command == .compare ? begun.name.split(separator: "/").first.map(String.init) : nil
    return service.offers.first { $0.name == named && $0.canBeAsked && $0.problem == nil }?.name ?? provider
  }
}

extension ServiceState {
  /// What may be typed behind a command.
  fileprivate func names(for command: SlashCommand.Name, provider current: String, model: String?) -> [String] {
    if command == .provider { return offers.map(\.name) }
    let models = rows(provider: current, model: model).compactMap { row -> (provider: String, name: String)? in
      if case .model(let name, let provider) = row { (provider, name) } else { nil }
    }
    let own = models.filter { $0.provider == current }.map(\.name)
    if command != .compare { return own }
    return own + offers.map(\.name) + models.map { "\($0.provider)/\($0.name)" }
  }
}

extension [String] {
  /// What all of them begin with; nil where there is none.
  var commonBeginning: String? {
    first.map { first in dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) } }
  }
}

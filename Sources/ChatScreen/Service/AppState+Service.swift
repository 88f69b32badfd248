import ChatModel

/// Models and providers: their menu, and switching them.
extension AppState {
  var modelEntries: [MenuEntry] { service.entries(provider: provider, model: model) }

  /// Opens the menu of models, or closes it; the provider is asked what it has.
  mutating func toggleModels(filter: String = "") -> [Effect] {
    if case .menu(let menu) = overlay, menu.kind == .models {
      overlay = nil
      return []
    }
    var effects = askForModels(of: provider)
    for offer in service.offers where offer.name != provider && offer.canBeAsked && offer.problem == nil {
      if case .listed = service.listings[offer.name] { continue }
      effects += askForModels(of: offer.name)
    }
    openMenu(.models, filter: filter)
    return effects
  }

  /// Asks a provider for its list, unless it is being asked.
  mutating func askForModels(of provider: String) -> [Effect] {
    guard availability != .starting else { return [] }
    // What it said before stands until it answers.
    switch service.listings[provider] {
    case .pending: return []
    case .listed: break
    case .failed, nil: service.listings[provider] = .pending
    }
    return [.listModels(provider: provider)]
  }

  /// Takes in what a provider says of its models.
  mutating func take(_ models: Result<[String], ChatError>, of provider: String) -> [Effect] {
    switch models {
    case .success(let names): service.listings[provider] = .listed(names)
    case .failure(let error):
      // A list that was got before is worth more than a mishap.
      if case .listed = service.listings[provider] { break }
      service.listings[provider] = .failed(error)
    }
    refreshMenu(.models)
    return []
  }

  /// Switches to what the row of that place in the menu stands for.
  mutating func chooseModel(_ index: Int) -> [Effect] {
    let rows = service.rows(provider: provider, model: model)
    guard rows.indices.contains(index) else { return [] }
    switch rows[index] {
    case .model(let name, let provider): return use(provider: provider, model: name)
    case .provider(let name): return use(provider: name, model: nil)
    case .note(_, let provider):
      let effects = askForModels(of: provider)
      openMenu(.models)
      return effects
    }
  }

  /// Switches to the model of that name, `provider/model` for another provider's, or the only one of the provider's that
  /// matches it; where several match, opens the menu with what was typed. A name that is on no list is taken as it is: not
  /// every service lists all that it has.
  mutating func openModels(named name: String) -> [Effect] {
    if name.isEmpty { return toggleModels() }
    let names = service.rows(provider: provider, model: model).compactMap { row in
      if case .model(let name, provider) = row { name } else { nil }
    }
    if names.contains(name) { return use(provider: provider, model: name) }
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    if parts.count == 2, service.offers.contains(where: { $0.name == parts[0] }) {
      return use(provider: parts[0], model: parts[1])
    }
    let matching = names.filter { MenuFilter.rank(title: $0, detail: "", filter: name) != nil }
    switch matching.count {
    case 0: return use(provider: provider, model: name)
    case 1: return use(provider: provider, model: matching[0])
    default: return toggleModels(filter: name)
    }
  }

  /// Switches to the provider of that name, with the model that it takes; opens the menu where there is none.
  mutating func openProviders(named name: String) -> [Effect] {
    if name.isEmpty { return toggleModels() }
    let wanted = name.lowercased()
    let matching = service.offers.filter { $0.name.lowercased().hasPrefix(wanted) }
    if let offer = matching.first(where: { $0.name.lowercased() == wanted })
      ?? (matching.count == 1 ? matching[0] : nil)
    {
      return use(provider: offer.name, model: nil)
    }
    let names = service.offers.map(\.name).joined(separator: ", ")
    hint = Hint(text: "No provider \(name). There are: \(names)", shorter: ["There are: \(names)"])
    return []
  }

  /// Has the next message go to a provider and a model; what the system prompt asked for of these counts no longer.
  mutating func use(provider name: String, model: String?) -> [Effect] {
    if name == provider, let model, model == self.model {
      hint = Hint(text: "The model is \(model) already")
      return []
    }
    service.asked = service.asked.choosing(ModelChoice(provider: name, model: model))
    return [.adopt(service.asked)]
  }

  /// What a system prompt asks for beside counts, and no longer what the one before it asked for.
  mutating func followWishes(of prompt: SystemPrompt) -> [Effect] {
    guard prompt.wishes != service.asked.wishes else { return [] }
    service.asked.wishes = prompt.wishes
    return [.adopt(service.asked)]
  }

  /// The next message goes there.
  mutating func adopted(_ choices: Choices, _ facts: ServiceFacts) -> [Effect] {
    let before = (provider, model)
    _ = service.takeLeft()
    service.held = choices
    service.take(facts)
    provider = facts.provider
    model = facts.model
    turn?.isOfEarlierService = true
    if availability == .unavailable {
      availability = .ready
      if turn == nil { status.state = idleState }
    }
    if before != (provider, model) {
      let name = model.map { "\($0) · \(provider)" } ?? "\(provider), with the model that it takes"
      transcript.add { .notice(id: $0, text: "Model: \(name) · from the next message on") }
    }
    saySetting()
    refreshMenu(.models)
    return []
  }

  /// What was chosen cannot be; all stays as it was.
  mutating func notAdopted(_ choices: Choices, _ error: ChatError, at now: Duration) -> [Effect] {
    let isLast = service.asked == choices
    if isLast { service.giveUp() }
    var effects: [Effect] = []
    if let left = service.takeLeft() {
      // What was asked since is asked of another one than the screen said.
      effects = stop(at: now)
      provider = left.provider
      model = left.model
      service.take(left)
    }
    transcript.add { .problem(id: $0, error) }
    if isLast, choices.wishes != service.held.wishes, choices.wishes.withoutService != choices.wishes {
      // The system prompt is another one all the same, and what else it asks for counts.
      service.asked.wishes = choices.wishes.withoutService
      hint = Hint(text: "The prompt is switched; who answers is not: \(provider), as before")
      return effects + [.adopt(service.asked)]
    }
    hint = Hint(text: "Nothing is switched: \(provider) answers as before")
    return effects
  }
}

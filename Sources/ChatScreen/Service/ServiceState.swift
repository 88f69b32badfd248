import ChatModel

/// What the screen knows of the services that can be talked to, and which one was chosen.
struct ServiceState: Equatable, Sendable {
  /// What a provider says of its models.
  enum Listing: Equatable, Sendable {
    case pending
    case listed([String])
    case failed(ChatError)
  }

  var offers: [ProviderOffer] = []
  /// By the provider's name; those that were asked.
  var listings: [String: Listing] = [:]
  /// What holds, and what was asked for last, which is the same once it was answered.
  var held = Choices()
  var asked = Choices()
  /// What holds of it, where the next message goes.
  var parameters = Parameters()
  var timeouts = Timeouts()
  var retries = 2
  var context: Int?
  var prices: Prices?
  /// What amounts are of.
  var currency: String { prices?.currency ?? "$" }
  /// Who answered before what was asked for last was shown as if it held already; nil once it is known whether it does.
  private(set) var left: ServiceFacts?
  /// What was set last, until it holds.
  var isSetting: SettingName?

  /// Takes over what holds.
  mutating func take(_ facts: ServiceFacts) {
    parameters = facts.parameters
    timeouts = facts.timeouts
    retries = facts.retries
    context = facts.context
    prices = facts.prices
  }

  /// Whether the temperature is one that was chosen in the program, or with the system prompt.
  var showsTemperature: Bool { held.wishes.temperature != nil || held.settings[.temperature] != nil }

  /// Remembers who answers, and what holds of it, until it is known whether another one does.
  mutating func leave(provider: String, model: String?) {
    if left != nil { return }
    var facts = ServiceFacts(
      provider: provider, model: model, parameters: parameters, timeouts: timeouts, retries: retries)
    facts.context = context
    facts.prices = prices
    left = facts
  }

  /// What was asked for is answered: whom it was shown in the place of, if any.
  mutating func takeLeft() -> ServiceFacts? {
    defer { left = nil }
    return left
  }

  /// Goes back to what holds.
  mutating func giveUp() {
    asked = held
    isSetting = nil
  }
}

/// A row of the menu of models.
enum ModelRow: Equatable, Sendable {
  case model(String, provider: String)
  /// A provider with the model that it takes.
  case provider(String)
  /// What is to be said of a provider's list: it is asked for, or it could not be got.
  case note(ServiceState.Listing, provider: String)
}

extension ServiceState {
  /// All rows: the current provider's models first, then those of the others.
  func rows(provider current: String, model: String?) -> [ModelRow] {
    let others = offers.filter { $0.name != current }
    let own = offers.first { $0.name == current } ?? ProviderOffer(name: current, account: "")
    return rows(of: own, currentModel: model) + others.flatMap { rows(of: $0, currentModel: nil) }
  }

  private func rows(of offer: ProviderOffer, currentModel: String?) -> [ModelRow] {
    var models: [String] = []
    func add(_ names: [String]) {
      let known = Set(models)
      models += names.filter { !known.contains($0) }
    }
    let listing = listings[offer.name]
    var listed: [String] = []
    if case .listed(let names) = listing { listed = names }
    if let currentModel, !offer.models.contains(currentModel), !listed.contains(currentModel) { add([currentModel]) }
    if let model = offer.model, !offer.models.contains(model), !listed.contains(model) { add([model]) }
    add(offer.models)
    add(listed)
    var rows = models.map { ModelRow.model($0, provider: offer.name) }
    if rows.isEmpty { rows = [.provider(offer.name)] }
    switch listing {
    case .pending, .failed: rows.append(.note(listing ?? .pending, provider: offer.name))
    case .listed, nil: break
    }
    return rows
  }

  /// The menu's entries, in the order of the rows.
  func entries(provider current: String, model: String?) -> [MenuEntry] {
    rows(provider: current, model: model).map { row in
      switch row {
      case .model(let name, let provider):
        let isCurrent = provider == current && name == model
        return MenuEntry(
          id: "\(provider)\u{0}\(name)", title: provider == current ? name : "\(provider): \(name)", detail: provider,
          preview: preview(provider, model: name, isCurrent: isCurrent), isCurrent: isCurrent)
      case .provider(let provider):
        let isCurrent = provider == current && model == nil
        return MenuEntry(
          id: provider, title: provider, detail: "its own model",
          preview: preview(provider, model: nil, isCurrent: isCurrent), isCurrent: isCurrent)
      case .note(.failed(let error), let provider):
        let words = [error.message, error.remedy ?? "", "Enter asks again. /model NAME takes any name."]
        return MenuEntry(
          id: "\(provider)\u{0}", title: "\(provider) lists no models", detail: error.message,
          preview: words.filter { !$0.isEmpty }.joined(separator: "\n\n"), isCurrent: false)
      case .note(_, let provider):
        return MenuEntry(
          id: "\(provider)\u{0}", title: "\(provider) is asked for its models…", detail: "", preview: "",
          isCurrent: false)
      }
    }
  }

  private func preview(_ provider: String, model: String?, isCurrent: Bool) -> String {
    let offer = offers.first { $0.name == provider }
    var lines = [model ?? "", [provider, offer?.account ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")]
    if let problem = offer?.problem { lines.append("It cannot be used yet: \(problem)") }
    lines.append(
      isCurrent ? "The next message goes there." : "Enter has the next message go there; the talk goes along.")
    return lines.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

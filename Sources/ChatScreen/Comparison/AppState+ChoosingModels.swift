import ChatModel

/// `/compare`: choosing the models that the next message goes to.
extension AppState {
  /// Plans it, takes the plan back, or says what is planned.
  mutating func arm(_ argument: String) {
    if argument == "off" { return disarm() }
    let words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.isEmpty { return comparing.isEmpty ? sayHowToCompare() : sayWhatIsCompared() }
    var models: [ModelChoice] = []
    for word in words {
      switch service.model(named: word, current: provider) {
      case .model(let choice): models.append(choice)
      case .mistake(let why):
        hint = why
        return
      }
    }
    // One alone is compared with the present one.
    if models.count == 1 { models.insert(presentModel, at: 0) }
    guard Comparison.models.contains(models.count) else {
      hint = Hint(text: "Two to four models at a time, not \(models.count)", shorter: ["Two to four models"])
      return
    }
    if let twice = models.indices.first(where: { models[..<$0].contains(models[$0]) }) {
      let name = models[twice].name
      hint =
        words.count == 1
        ? Hint(text: "\(name) is the present model: name another, or two", shorter: ["That is the present model"])
        : Hint(text: "\(name) is named twice", shorter: ["One is named twice"])
      return
    }
    comparing = models
    sayWhatIsCompared()
  }

  /// The next message goes to one model again.
  mutating func disarm() {
    hint = Hint(text: comparing.isEmpty ? "Nothing is being compared" : "The next message goes to one model")
    comparing = []
  }

  /// Who answers, unless it is chosen otherwise.
  var presentModel: ModelChoice { ModelChoice(provider: provider, model: model) }

  private mutating func sayHowToCompare() {
    hint = Hint(
      text: "Name two to four models: /compare gpt-4o work/o3 asks them the next message at once",
      shorter: ["Name them: /compare MODEL MODEL", "/compare MODEL MODEL"])
  }

  private mutating func sayWhatIsCompared() {
    let names = comparing.map(\.name).inWords
    hint = Hint(
      text: "The next message goes to \(names)" + (isAnswering ? "" : keys.aside(.escape, "leaves that")),
      shorter: ["The next message goes to \(comparing.count) models", "To \(comparing.count) models next"])
  }
}

extension [String] {
  /// `a, b and c`.
  fileprivate var inWords: String {
    count < 2 ? first ?? "" : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}

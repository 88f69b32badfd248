import ChatModel
import ChatScreen

/// What a screenplay says of models, providers and prompts.
struct ServicePlay {
  /// What every play can switch to.
  static let offers = [
    ProviderOffer(name: "demo", account: "built in", models: ["demo-eliza"]),
    ProviderOffer(
      name: "work", account: "azure-openai · https://work.example", model: "gpt-4o", models: ["gpt-4o", "o3"]),
    ProviderOffer(name: "broken", account: "openai", problem: "set providers.broken.api_key"),
  ]

  private var asked = Choices()
  private var prompts: [SystemPrompt] = []
  private var standard: String?

  /// Keeps what was chosen, for its answer.
  mutating func note(_ effect: Effect) {
    if case .adopt(let choices) = effect { asked = choices }
  }

  /// Reads a line; the event that it makes, if any.
  mutating func event(_ verb: String, _ rest: String) throws -> AppEvent? {
    let words = rest.split(separator: " ").map(String.init)
    switch verb {
    case "models":
      if words.count > 2, words[1] == "failed" {
        let halves = words.dropFirst(2).joined(separator: " ").split(separator: "|").map(String.init)
        let remedy = halves.count > 1 ? String(halves[1].drop { $0 == " " }) : nil
        return .models(.failure(ChatError(.auth, halves[0], remedy: remedy)), of: words[0])
      }
      return .models(.success(Array(words.dropFirst())), of: words[0])
    case "adopted":
      let model = words.count > 1 ? words[1] : nil
      let temperature = words.count > 2 ? Double(words[2]) : nil
      var facts = ServiceFacts(provider: words[0], model: model, parameters: Parameters(temperature: temperature))
      if case .number(let seconds) = asked.settings[.chunkTimeout] {
        facts.timeouts.chunk = seconds == 0 ? nil : .seconds(seconds)
      }
      return .adopted(asked, facts)
    case "not-adopted": return .notAdopted(asked, ChatError(.config, rest))
    case "prompt":
      prompts.append(try Self.prompt(rest))
      return nil
    case "prompts": return prompts(words)
    default: throw Screenplay.Mistake(description: "no such line in a play: \(verb) \(rest)")
    }
  }

  /// The list, and what was done.
  private mutating func prompts(_ words: [String]) -> AppEvent {
    let name = words.count > 1 ? words[1] : ""
    var change: PromptChange?
    switch words.first {
    case "deleted":
      prompts.removeAll { $0.name == name }
      change = .deleted(DeletedPrompt(name: name, path: "\(name).md", text: ""))
    case "restored": change = .restored(name)
    case "default":
      standard = name
      change = .madeDefault(name)
    case "written": change = .written(name, replacing: words.count > 2 ? words[2] : nil)
    case "refused": change = .refused(words.dropFirst().joined(separator: " "))
    default: break
    }
    let others = SystemPrompt.builtIn.filter { prompt in !prompts.contains { $0.name == prompt.name } }
    return .prompts(PromptList(others + prompts, standard: standard), because: change)
  }

  /// What is asked of the prompts, in a line.
  static func describe(_ request: PromptRequest) -> String {
    switch request {
    case .list: "prompts list"
    case .create: "prompts create"
    case .edit(let prompt): "prompts edit \(prompt.name)"
    case .duplicate(let prompt): "prompts duplicate \(prompt.name)"
    case .delete(let prompt): "prompts delete \(prompt.name)"
    case .restore(let deleted): "prompts restore \(deleted.name)"
    case .makeDefault(let prompt): "prompts default \(prompt?.name ?? "none")"
    }
  }

  private static func prompt(_ rest: String) throws -> SystemPrompt {
    let parts = rest.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    guard parts.count >= 3 else { throw Screenplay.Mistake(description: "no prompt: \(rest)") }
    var prompt = SystemPrompt(
      name: parts[0], summary: parts[1], text: parts[2], source: .file("\(parts[0]).md"))
    if parts.count > 3 {
      let words = parts[3].split(separator: " ").map { $0 == "-" ? nil : String($0) }
      prompt.wishes = .init(provider: words[0], model: words[1], temperature: words[2].flatMap(Double.init))
    }
    return prompt
  }

  /// What was chosen, in a line.
  static func describe(_ choices: Choices) -> String {
    let wishes = choices.wishes
    let asked = [wishes.provider, wishes.model, wishes.temperature.map { "\($0)" }]
    let chosen = [choices.provider, choices.model].map { $0 ?? "-" }.joined(separator: " ")
    let wished = asked == [nil, nil, nil] ? "" : " wishing " + asked.map { $0 ?? "-" }.joined(separator: " ")
    let set = choices.settings.sorted { $0.key.rawValue < $1.key.rawValue }.map { " \($0.key.rawValue)=\($0.value)" }
    return "adopt \(chosen)\(wished)\(set.joined())"
  }
}

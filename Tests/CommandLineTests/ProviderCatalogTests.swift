import ChatModel
import ChatScreen
import ChatWire
import Testing

@testable import aichat_tui

/// Which providers a chat can switch to, and what a choice comes to.
@Suite struct ProviderCatalogTests {
  private let file = """
    { providers: {
      work: { type: "openai", endpoint: "https://work.example/v1", api_key: "wk", model: "w1", temperature: 0.3,
              models: ["w1", "w2"] },
      broken: { type: "azure-openai", endpoint: "https://broken.example" },
      helper: { type: "openai-assistants", endpoint: "https://a.example/v1", api_key: "ak", assistant_id: "asst" },
    } }
    """
  private let environment = ["OPENAI_API_KEY": "ek", "OPENAI_MODEL": "em"]

  private func catalog(_ arguments: [String] = [], first: String = "openai") throws -> ProviderCatalog {
    ProviderCatalog(
      ConfigurationSources(
        options: try Options(arguments: arguments), environment: Environment(process: environment),
        file: try ConfigurationFile(text: file, path: "c.json")),
      first: first)
  }

  private func choices(_ provider: String? = nil, _ model: String? = nil) -> Choices {
    var choices = Choices()
    choices.provider = provider
    choices.model = model
    return choices
  }

  @Test func whatIsConfiguredIsOffered() throws {
    let offers = try catalog().offers
    #expect(offers.map(\.name) == ["openai", "broken", "helper", "work", "demo"])
    let work = try #require(offers.first { $0.name == "work" })
    #expect(work.models == ["w1", "w2"] && work.model == "w1" && work.problem == nil)
    #expect(work.account == "openai · https://work.example/v1")
    #expect(offers[1].problem?.contains("providers.broken.api_key") == true)
    #expect(!"\(offers)".contains("wk") && !"\(offers)".contains("ek\""))
  }

  @Test func aChoiceBringsEndpointKeyAndSamplingOfItsOwn() throws {
    let catalog = try catalog(["--model", "om", "--endpoint", "https://mine.example/v1"])
    let first = try catalog.configuration(for: choices())
    #expect(first.provider.endpoint == "https://mine.example/v1" && first.provider.model == "om")
    let work = try catalog.configuration(for: choices("work"))
    #expect(work.provider.endpoint == "https://work.example/v1" && work.provider.model == "w1")
    #expect(work.provider.credential == .apiKey(Secret("wk")) && work.parameters.temperature == 0.3)
    #expect(try catalog.configuration(for: choices("work", "w2")).provider.model == "w2")
    #expect(try catalog.configuration(for: choices("openai", "x")).provider.model == "x")
  }

  @Test func whatCannotBeSetUpSaysWhy() throws {
    #expect { try catalog().configuration(for: choices("broken")) } throws: {
      ($0 as? CommandFailure)?.message.contains("broken is not fully configured") == true
    }
    #expect { try catalog().configuration(for: choices("nowhere")) } throws: {
      ($0 as? CommandFailure)?.message.contains("there is no provider “nowhere”") == true
    }
  }

  @Test func aPromptsWishesComeBeforeWhatWasChosen() throws {
    let catalog = try catalog(["--model", "om", "--temperature", "0.9"])
    var wishing = choices(nil, "chosen")
    wishing.wishes = .init(provider: "work", temperature: 0.1)
    let work = try catalog.configuration(for: wishing)
    // The model was chosen of the other provider.
    #expect(work.provider.name == "work" && work.provider.model == "w1" && work.parameters.temperature == 0.1)
    wishing.wishes = .init(model: "wm")
    #expect(try catalog.configuration(for: wishing).provider.model == "wm")
    wishing.wishes = .init()
    let after = try catalog.configuration(for: wishing)
    #expect(after.provider.model == "chosen" && after.parameters.temperature == 0.9)
    var assistant = choices("helper")
    assistant.wishes.model = "wm"
    #expect(try catalog.configuration(for: assistant).provider.model == nil)
  }

  @Test func whatIsSetComesBeforeAllElse() throws {
    let catalog = try catalog(["--temperature", "0.9", "--chunk-timeout", "7"])
    var set = choices("work")
    set.settings = [
      .temperature: .number(0.2), .topP: .number(0.5), .maxTokens: .integer(9), .seed: .integer(-1),
      .reasoningEffort: .text("low"), .connectTimeout: .number(1), .firstChunkTimeout: .number(2),
      .chunkTimeout: .number(0), .totalTimeout: .number(4.5), .retries: .integer(0),
    ]
    let configuration = try catalog.configuration(for: set)
    #expect(
      configuration.parameters
        == Parameters(temperature: 0.2, topP: 0.5, maxTokens: 9, seed: -1, reasoningEffort: "low"))
    #expect(
      configuration.timeouts
        == Timeouts(connect: .seconds(1), firstChunk: .seconds(2), chunk: nil, total: .milliseconds(4500)))
    #expect(configuration.retries == 0)
    #expect(configuration.facts.timeouts == configuration.timeouts && configuration.facts.retries == 0)
    // All that `/set` knows arrives somewhere.
    #expect(Set(set.settings.keys) == Set(SettingName.allCases.filter(\.isOfService)))
  }

  @Test func atTheStartOptionsComeBeforeAPromptsWishes() throws {
    let prompt = SystemPrompt(name: "p", text: "t", wishes: .init(provider: "work", model: "wm", temperature: 0.1))
    #expect(try catalog().choices(beginningWith: prompt).wishes == prompt.wishes)
    #expect(
      try catalog(["--model", "om", "--temperature", "1"]).choices(beginningWith: prompt).wishes
        == .init(provider: "work"))
  }

  @Test func modelsAreNamesOrAnObject() throws {
    #expect(throws: CommandFailure.self) {
      try ConfigurationFile(text: "{ providers: { openai: { models: [1] } } }", path: "c.json")
    }
    let file = try ConfigurationFile(text: "{ providers: { openai: { models: { a: {}, b: {} } } } }", path: "c.json")
    #expect(file.providers["openai"]?.models.map(\.name) == ["a", "b"])
  }
}

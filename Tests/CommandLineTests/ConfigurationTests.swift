import ChatEngine
import ChatModel
import ChatWire
import Glibc
import Testing

@testable import aichat_tui

/// Settles a configuration from what a user would have written.
private func resolve(
  _ arguments: [String] = [], _ environment: [String: String] = [:], file: String? = nil,
  prompts: PromptLibrary = PromptLibrary(), need: Configuration.Need = .turn
) throws -> Configuration {
  let options = try Options(arguments: ["ask"] + arguments)
  let file = try file.map { try ConfigurationFile(text: $0, path: "c.json") } ?? ConfigurationFile()
  let variables = Environment(process: environment)
  return try Configuration(
    ConfigurationSources(options: options, environment: variables, file: file, library: prompts), need: need)
}

/// The failure of a configuration that must not settle.
private func failure(
  _ arguments: [String] = [], _ environment: [String: String] = [:], file: String? = nil
) -> CommandFailure? {
  do {
    _ = try resolve(arguments, environment, file: file)
    return nil
  } catch { return error as? CommandFailure }
}

struct ConfigurationTests {
  private let azure = [
    "AZURE_OPENAI_ENDPOINT": "https://a.openai.azure.com/", "AZURE_OPENAI_API_KEY": "ak",
    "AZURE_OPENAI_DEPLOYMENT": "dep",
  ]
  private let inference = ["AZURE_AI_CHAT_ENDPOINT": "https://i.example/models", "AZURE_AI_CHAT_API_KEY": "ik"]
  private let openai = ["OPENAI_API_KEY": "ok"]
  private let ollama = ["OLLAMA_HOST": "box"]

  @Test func theEnvironmentChoosesInItsOrder() throws {
    var environment = azure.merging(inference) { $1 }.merging(openai) { $1 }.merging(ollama) { $1 }
    #expect(try resolve([], environment).provider.kind == .azureOpenAI)
    for name in azure.keys { environment[name] = nil }
    #expect(try resolve([], environment).provider.kind == .azureAIInference)
    for name in inference.keys { environment[name] = nil }
    #expect(try resolve([], environment).provider.kind == .openai)
    environment["OPENAI_API_KEY"] = ""
    #expect(try resolve([], environment).provider.kind == .ollama)
  }

  @Test func azureOpenAI() throws {
    var provider = try resolve([], azure).provider
    #expect(provider.endpoint == "https://a.openai.azure.com")
    #expect(provider.credential == .apiKey(Secret("ak")))
    #expect(provider.deployment == "dep")
    #expect(provider.apiVersion == nil)
    #expect(provider.keyVariable == "AZURE_OPENAI_API_KEY")
    provider = try resolve(
      ["--api-version", "v9", "--deployment", "d2"],
      [
        "AZURE_OPENAI_ENDPOINT": "https://a.example/openai/v1/", "AZURE_OPENAI_AD_TOKEN": "t",
        "OPENAI_API_VERSION": "v1",
      ]
    ).provider
    #expect(provider.endpoint == "https://a.example")
    #expect(provider.credential == .accessToken(Secret("t")))
    #expect(provider.deployment == "d2")
    #expect(provider.apiVersion == "v9")
    for alias in ["AZURE_OPENAI_CHAT_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME"] {
      var environment = azure
      environment["AZURE_OPENAI_DEPLOYMENT"] = nil
      environment[alias] = "other"
      #expect(try resolve([], environment).provider.deployment == "other")
    }
  }

  @Test func azureCompletionsHaveASetOfTheirOwn() throws {
    let instruct = [
      "AZURE_OPENAI_ENDPOINT_FOR_INSTRUCT": "https://n.example", "AZURE_OPENAI_API_KEY_FOR_INSTRUCT": "nk",
      "AZURE_OPENAI_DEPLOYMENT_NAME_FOR_INSTRUCT": "nd",
    ]
    let arguments = ["--provider", "azure-openai-completions"]
    let own = try resolve(arguments, azure.merging(instruct) { $1 }).provider
    #expect(own.endpoint == "https://n.example" && own.deployment == "nd")
    #expect(own.credential == .apiKey(Secret("nk")))
    #expect(try resolve(arguments, azure).provider.endpoint == "https://a.openai.azure.com")
  }

  @Test func assistantsNeedTheirId() throws {
    var environment = openai.merging(["ASSISTANT_ID": "asst"]) { $1 }
    let arguments = ["--provider", "openai-assistants"]
    #expect(try resolve(arguments, environment).provider.assistantID == "asst")
    #expect(try resolve(["--provider", "openai"], environment).provider.assistantID == nil)
    environment["ASSISTANT_ID"] = nil
    #expect(failure(arguments, environment)?.message.contains("ASSISTANT_ID") == true)
    let azure = ["AZURE_OPENAI_ENDPOINT": "https://a.example", "AZURE_OPENAI_API_KEY": "ak"]
    let azureArguments = ["--provider", "azure-openai-assistants"]
    #expect(failure(azureArguments, azure)?.message.contains("ASSISTANT_ID") == true)
    // An assistant has a model of its own: no deployment is asked for.
    let provider = try resolve(azureArguments, azure.merging(["ASSISTANT_ID": "asst"]) { $1 }).provider
    #expect(provider.assistantID == "asst" && provider.deployment == nil)
    let file = """
      { providers: { mine: { type: "openai-assistants", endpoint: "http://127.0.0.1:9/v1", assistant_id: "own" },
          half: { type: "openai-assistants", endpoint: "http://127.0.0.1:9/v1" } } }
      """
    #expect(try resolve(["--provider", "mine"], file: file).provider.assistantID == "own")
    #expect(failure(["--provider", "half"], file: file)?.message.contains("providers.half.assistant_id") == true)
  }

  @Test func anAssistantKeepsItsModelUnlessAnotherIsNamedForIt() throws {
    let environment = openai.merging(azure) { $1 }.merging([
      "ASSISTANT_ID": "asst", "OPENAI_MODEL": "chats", "AZURE_OPENAI_API_VERSION": "v1",
    ]) { $1 }
    var library = PromptLibrary()
    library.add(text: "---\nmodel: prompts\n---\nText", name: "p", path: "p.md")
    let prompts = library
    let file = """
      { providers: { mine: { type: "openai-assistants", model: "own" },
                     blue: { type: "azure-openai-assistants", deployment: "own" } } }
      """
    func model(_ arguments: String...) throws -> String? {
      let provider = try resolve(arguments, environment, file: file, prompts: prompts).provider
      return provider.deployment ?? provider.model
    }
    for kind in ["openai-assistants", "azure-openai-assistants"] {
      #expect(try model("--provider", kind, "--prompt", "p") == nil)
      #expect(try model("--provider", kind, "--model", "other") == "other")
    }
    #expect(try model("--provider", "azure-openai-assistants", "--deployment", "other") == "other")
    for name in ["mine", "blue"] {
      #expect(try model("--provider", name) == "own")
      #expect(try model("--provider", name, "--model", "other") == "other")
    }
    #expect(
      try resolve(["--provider", "azure-openai-assistants"], environment).provider.apiVersion == "v1")
    #expect(try model("--provider", "openai", "--prompt", "p") == "prompts")
  }

  @Test func openAI() throws {
    let provider = try resolve(
      [], ["OPENAI_API_KEY": "k", "OPENAI_MODEL": "m", "OPENAI_ORG_ID": "o", "OPENAI_PROJECT_ID": "p"]
    ).provider
    #expect(provider.endpoint == "https://api.openai.com/v1")
    #expect(provider.model == "m" && provider.organization == "o" && provider.project == "p")
    #expect(provider.modelVariable == "OPENAI_MODEL")
  }

  @Test func aServerThatAnOptionNamesMayWantNoKey() throws {
    let provider = try resolve(["--provider", "openai", "--endpoint", "http://127.0.0.1:9/v1/"]).provider
    #expect(provider.endpoint == "http://127.0.0.1:9/v1")
    #expect(provider.credential == nil)
  }

  @Test(arguments: [
    ("box", "http://box:11434/v1"), ("box:80", "http://box:80/v1"), ("0.0.0.0", "http://127.0.0.1:11434/v1"),
    ("0.0.0.0:99", "http://127.0.0.1:99/v1"), (":99", "http://127.0.0.1:99/v1"), ("http://box", "http://box/v1"),
    ("https://box/", "https://box/v1"), ("http://box:1/a/v1/", "http://box:1/a/v1"), ("[::]:5", "http://[::1]:5/v1"),
    ("::1", "http://[::1]:11434/v1"), ("http://0.0.0.0:5", "http://127.0.0.1:5/v1"),
  ])
  func ollamaHosts(_ host: String, _ endpoint: String) throws {
    #expect(try resolve([], ["OLLAMA_HOST": host]).provider.endpoint == endpoint)
  }

  @Test func ollamaByDefault() throws {
    #expect(try resolve(["--provider", "ollama"]).provider.endpoint == "http://127.0.0.1:11434/v1")
    #expect(try resolve([], ["OLLAMA_MODEL": "m"]).provider.model == "m")
  }

  @Test(arguments: [
    (["AZURE_OPENAI_ENDPOINT": "https://a.example"], "AZURE_OPENAI_API_KEY"),
    (["AZURE_OPENAI_ENDPOINT": "https://a.example", "OPENAI_API_KEY": "k"], "AZURE_OPENAI_API_KEY"),
    (["AZURE_OPENAI_API_KEY": "secret-k", "AZURE_OPENAI_DEPLOYMENT": "d"], "AZURE_OPENAI_ENDPOINT"),
    (["AZURE_OPENAI_ENDPOINT": "https://a.example", "AZURE_OPENAI_API_KEY": "secret-k"], "AZURE_OPENAI_DEPLOYMENT"),
    (["AZURE_AI_CHAT_ENDPOINT": "https://a.example"], "AZURE_AI_CHAT_API_KEY"),
    (["AZURE_AI_CHAT_API_KEY": "secret-k"], "AZURE_AI_CHAT_ENDPOINT"),
    (["OPENAI_BASE_URL": "https://a.example/v1"], "OPENAI_API_KEY"),
    (["OPENAI_API_KEY": "secret-k", "OPENAI_BASE_URL": "a.example"], "OPENAI_BASE_URL"),
    (["OPENAI_API_KEY": "secret-k", "OPENAI_BASE_URL": "https://u:p@a.example"], "OPENAI_BASE_URL"),
    (["OLLAMA_HOST": "box:99999"], "OLLAMA_HOST"),
    ([:], "--provider demo"),
  ])
  func whatIsMissingIsNamed(_ environment: [String: String], _ name: String) {
    let failure = failure([], environment)
    #expect(failure?.code == .configuration)
    #expect(failure?.message.contains(name) == true, "\(failure?.message ?? "no failure")")
    #expect(failure?.message.contains("secret-k") == false)
  }

  @Test func withNothingConfiguredAChatOpensOnTheDemo() throws {
    let configuration = try resolve(need: .chat)
    #expect(configuration.provider.kind == .demo && configuration.isFallback)
    #expect(try resolve(["--provider", "demo"]).isFallback == false)
    #expect(throws: CommandFailure.self) { try resolve([], ["AZURE_OPENAI_ENDPOINT": "https://a"], need: .chat) }
  }

  @Test func precedence() throws {
    let file = """
      { temperature: 0.1, system_prompt: "file", timeouts: { chunk: 5, total: 0 },
        providers: { openai: { model: "file", temperature: 0.2, api_key: "fk" } } }
      """
    var environment = ["OPENAI_API_KEY": "ek", "OPENAI_MODEL": "env", "SYSTEM_PROMPT": "env"]
    var configuration = try resolve(["--model", "option", "-s", "option"], environment, file: file)
    #expect(configuration.provider.model == "option")
    #expect(configuration.systemPrompt.text == "option")
    #expect(configuration.parameters.temperature == 0.2)
    #expect(configuration.timeouts.chunk == .seconds(5) && configuration.timeouts.total == nil)
    configuration = try resolve(["--temperature", "1", "--chunk-timeout", "0"], environment, file: file)
    #expect(configuration.provider.model == "env")
    #expect(configuration.systemPrompt.text == "env")
    #expect(configuration.provider.credential == .apiKey(Secret("ek")))
    #expect(configuration.parameters.temperature == 1 && configuration.timeouts.chunk == nil)
    environment = [:]
    configuration = try resolve(["--provider", "openai"], environment, file: file)
    #expect(configuration.provider.model == "file")
    #expect(configuration.systemPrompt.text == "file")
    #expect(configuration.provider.credential == .apiKey(Secret("fk")))
  }

  @Test func aNamedProviderIsItsOwn() throws {
    let file = """
      { provider: "work", providers: { work: { type: "openai", endpoint: "https://w.example/v1", model: "w",
        headers: { "X-Team": "t" }, extra_body: { cache: true }, allow_plain_http: true } } }
      """
    let provider = try resolve([], ["OPENAI_API_KEY": "secret", "OPENAI_MODEL": "env"], file: file).provider
    #expect(provider.name == "work" && provider.kind == .openai && provider.model == "w")
    // The environment's key belongs to the environment's endpoint.
    #expect(provider.credential == nil)
    #expect(provider.headers == [HTTPField("X-Team", "t")] && provider.extraBody == ["cache": .bool(true)])
    #expect(provider.allowsPlainHTTP)
    #expect(try resolve(["--model", "o"], [:], file: file).provider.model == "o")
    let borrowed = #"{ provider: "w", providers: { w: { type: "openai", key_variable: "MINE" } } }"#
    let own = try resolve([], ["MINE": "k", "OPENAI_API_KEY": "e"], file: borrowed).provider
    #expect(own.credential == .apiKey(Secret("k")) && own.keyVariable == "MINE")
  }

  @Test func theBackground() throws {
    func file(_ type: String) -> String {
      #"{ provider: "w", providers: { w: { type: "\#(type)", endpoint: "https://w", background: true } } }"#
    }
    #expect(try resolve([], [:], file: file("openai-responses")).provider.runsInBackground)
    #expect(throws: CommandFailure.self) { try resolve([], [:], file: file("openai")) }
    #expect(try !resolve([], [:], file: file("openai").replacing("true", with: "false")).provider.runsInBackground)
  }

  @Test func aKeyCommand() throws {
    func file(_ command: String) -> String {
      #"{ provider: "w", providers: { w: { type: "openai", endpoint: "https://w", key_command: "\#(command)" } } }"#
    }
    func printed(_ command: String, _ environment: [String: String] = [:]) throws -> Credential? {
      let configuration = try resolve([], environment, file: file(command))
      #expect(
        configuration.provider.credential == nil && configuration.provider.keyVariable == "providers.w.key_command")
      return try configuration.credentialCommand?.run(now: 0).credential
    }
    func message(_ command: String) throws -> String {
      let command = try #require(try resolve([], [:], file: file(command)).credentialCommand)
      do {
        _ = try command.run(now: 0)
        return ""
      } catch {
        #expect(error.kind == .config)
        return error.message
      }
    }
    #expect(try printed("echo ' k1 '") == .apiKey(Secret("k1")))
    #expect(try printed("echo $A$OPENAI_API_KEY", ["OPENAI_API_KEY": "x", "A": "a"]) == .apiKey(Secret("a")))
    let failed = try message("echo secret; exit 3")
    #expect(failed.contains("exit code 3") && failed.contains("providers.w.key_command") && !failed.contains("secret"))
    #expect(try message("true").contains("printed nothing"))
    #expect(try message("printf 'a\\\\nb'").contains("more than one line"))
  }

  @Test(arguments: [
    ("{\n provder: 'x' }", ["c.json, line 2", "provder", "provider"]),
    ("{\n timeouts: { chunks: 1 } }", ["line 2", "chunks", "timeouts", "chunk"]),
    ("{\n timeouts: { chunk: 'x' } }", ["line 2", "timeouts.chunk", "number"]),
    ("{ temperature:\n true }", ["line 2", "temperature", "number"]),
    ("{ providers: { x: { typ: 'openai' } } }", ["line 1", "providers.x.type"]),
    ("{ providers: { x: { type: 'opnai' } } }", ["providers.x.type", "openai"]),
    ("{ providers: { openai: { api_key: 1 } } }", ["providers.openai.api_key", "text"]),
    ("{ providers: { openai: { headers: { 'a b': 'c' } } } }", ["providers.openai.headers.a b"]),
    ("{ max_tokens: 0.5 }", ["max_tokens", "whole"]), ("[]", ["object"]),
    ("{\n a b }", ["c.json, line 2, column 4"]),
    ("{ provider: 'wrk', providers: { work: { type: 'openai' } } }", ["wrk", "work"]),
    ("{ provider: 'demo', prompt: 'concsie' }", ["concsie", "concise"]),
  ])
  func mistakesOfTheFileAreNamed(_ file: String, _ words: [String]) {
    let failure = failure([], [:], file: file)
    #expect(failure?.code == .configuration)
    for word in words {
      #expect(failure?.message.contains(word) == true, "\(failure?.message ?? "no failure") lacks \(word)")
    }
  }

  @Test func prompts() throws {
    var library = PromptLibrary()
    library.add(
      text: "---\nname: Pirate\ndescription: 'Talks so' # quoted\nmodel: pm # plain\ntemperature: 0.9\n---\n\nArr.\n",
      name: "p",
      path: "p.md")
    library.add(text: "Be brief.", name: "concise", path: "concise.md")
    library.add(text: "---\nmodle: x\ntemperature: hot\n---\nText", name: "odd", path: "odd.md")
    #expect(library.problems.count == 2)
    #expect(library.systemPrompts.count == SystemPrompt.builtIn.count + 2)
    let environment = ["OPENAI_API_KEY": "k", "OPENAI_MODEL": "env", "SYSTEM_PROMPT": "env"]
    let configuration = try resolve(["--prompt", "pirate"], environment, prompts: library)
    #expect(
      configuration.systemPrompt
        == SystemPrompt(
          name: "Pirate", summary: "Talks so", text: "Arr.", wishes: .init(model: "pm", temperature: 0.9),
          source: .file("p.md")))
    #expect(configuration.provider.model == "pm" && configuration.parameters.temperature == 0.9)
    #expect(try resolve(["--prompt", "concise"], environment, prompts: library).systemPrompt.text == "Be brief.")
    let unknown = failure(["--prompt", "transltor"], environment)
    #expect(unknown?.code == .usage && unknown?.message.contains("translator") == true)
  }

  @Test(arguments: [
    ("---\nname: x\nmodel: [1,\n---\nText", "odd.md, line 3: model takes plain words, as in `model: gpt-4o`"),
    ("---\nmodel: {a: b}\n---\nText", "odd.md, line 2: model takes plain words"),
    ("---\nname: \"x\n---\nText", "odd.md, line 2: name takes plain words"),
    ("---\ntemperature: hot\n---\nText", "odd.md, line 2: temperature takes a number from 0 to 2"),
    ("---\ntemperature: 3\n---\nText", "as in `temperature: 0.2`, not “3”"),
    ("---\nmodle: x\n---\nText", "odd.md, line 2: “modle” is no key of a prompt"),
    ("---\nmodel x\n---\nText", "odd.md, line 2: a line of it is `key: value`"),
    ("---\nmodel: x\nText", "odd.md, line 1: what begins with --- has no second ---; the prompt is left out"),
  ])
  func mistakesOfFrontMatterAreNamedAndNotSent(_ text: String, _ words: String) {
    var library = PromptLibrary(prompts: [])
    library.add(text: text, name: "odd", path: "odd.md")
    #expect(library.problems.count == 1 && library.problems[0].contains(words), "\(library.problems)")
    #expect(library.systemPrompts.allSatisfy { $0.wishes == SystemPrompt.Wishes() && $0.text == "Text" })
  }

  @Test func aRuleIsNoFrontMatter() {
    var library = PromptLibrary(prompts: [])
    library.add(text: "---\nBe brief.", name: "brief", path: "brief.md")
    library.add(text: "---\nname: # none\nmodel: 'a' # b\n---\nText", name: "x", path: "x.md")
    #expect(library.problems == [] && library.systemPrompts.map(\.name) == ["brief", "x"])
    #expect(library.systemPrompts.map(\.wishes.model) == [nil, "a"])
  }

  @Test func aPipeAmongThePromptsIsNamedAndNotWaitedFor() throws {
    var template = Array("/tmp/prompts-XXXXXX".utf8CString)
    let directory = try #require(template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) })
    let path = String(cString: directory)
    defer {
      unlink(path + "/pipe.md")
      rmdir(path)
    }
    #expect(mkfifo(path + "/pipe.md", 0o600) == 0)
    let library = PromptLibrary(directory: path)
    #expect(library.problems == ["\(path)/pipe.md: is no regular file"])
    #expect(library.systemPrompts == SystemPrompt.builtIn)
  }
}

/// Every option that some command takes; the raw value is what users write.
///
/// The one table behind parsing, `--help` and the hint at a misspelt option.
enum OptionName: String, CaseIterable, Sendable {
  case provider = "--provider"
  case endpoint = "--endpoint"
  case model = "--model"
  case deployment = "--deployment"
  case apiVersion = "--api-version"
  case system = "--system"
  case prompt = "--prompt"
  case temperature = "--temperature"
  case topP = "--top-p"
  case maxTokens = "--max-tokens"
  case seed = "--seed"
  case reasoningEffort = "--reasoning-effort"
  case tools = "--tools"
  case attach = "--attach"
  case allowTool = "--allow-tool"
  case connectTimeout = "--connect-timeout"
  case firstChunkTimeout = "--first-chunk-timeout"
  case chunkTimeout = "--chunk-timeout"
  case totalTimeout = "--total-timeout"
  case retries = "--retries"
  case config = "--config"
  case envFile = "--env-file"
  case noHistory = "--no-history"
  case each = "--each"
  case jobs = "--jobs"
  case goOn = "--continue"
  case resume = "--resume"
  case plain = "--plain"
  case json = "--json"
  case events = "--events"
  case limit = "--limit"
  case format = "--format"
  case output = "--output"
  case all = "--all"
  case lenient = "--lenient"
  case port = "--port"
  case host = "--host"
  case tokenFile = "--token-file"
  case allowHost = "--allow-host"
  case allowOrigin = "--allow-origin"
  case help = "--help"
  case version = "--version"

  /// The one-letter form.
  var letter: Character? {
    switch self {
    case .model: "m"
    case .system: "s"
    case .output: "o"
    case .help: "h"
    default: nil
    }
  }

  /// What `--help` calls the value; nil for a switch, which takes none.
  var placeholder: String? {
    switch self {
    case .provider, .model, .deployment, .prompt, .allowHost, .allowTool: "NAME"
    case .host: "ADDRESS"
    case .allowOrigin: "ORIGIN"
    case .endpoint: "URL"
    case .apiVersion: "V"
    case .system: "TEXT"
    case .temperature, .topP: "X"
    case .maxTokens, .seed, .retries, .limit, .port, .jobs: "N"
    case .reasoningEffort: "E"
    case .tools, .attach, .config, .envFile, .output, .tokenFile: "FILE"
    case .format: "F"
    case .connectTimeout, .firstChunkTimeout, .chunkTimeout, .totalTimeout: "S"
    case .resume: "ID"
    case .noHistory, .goOn, .each, .plain, .json, .events, .all, .lenient, .help, .version: nil
    }
  }

  /// One line for `--help`.
  func summary(for command: Command) -> String {
    switch self {
    case .provider where command == .decode: "whose stream it is (default openai)"
    case .provider: "demo, openai, azure-openai, azure-ai-inference, ollama, or a name of the configuration"
    case .endpoint: "base URL of the service"
    case .model where command == .ask: "which model; given more than once, each of them is asked"
    case .model: "which model"
    case .deployment: "Azure OpenAI: which deployment"
    case .apiVersion: "Azure: API version; without one, the v1 route of Azure OpenAI"
    case .system: "system prompt"
    case .prompt: "a saved system prompt, by its name"
    case .temperature: "sampling temperature"
    case .topP: "nucleus sampling"
    case .maxTokens: "tokens of the answer, at most"
    case .seed: "seed for sampling"
    case .reasoningEffort: "low, medium, high, or what the service knows"
    case .tools: "JSON array of tool definitions, passed on to the service"
    case .attach: "a text file or an image that goes along; may be given several times"
    case .allowTool: "run this tool of the configuration without asking (repeatable)"
    case .connectTimeout: "seconds until connected (10); 0 turns a timeout off"
    case .firstChunkTimeout: "seconds until the first piece of the answer (120)"
    case .chunkTimeout: "seconds between two pieces (30)"
    case .totalTimeout: "seconds for the whole turn (300)"
    case .retries: "further attempts, at most (2)"
    case .config: "read this configuration instead of the user's"
    case .envFile: "read variables that the environment does not set (lines NAME=value)"
    case .noHistory: "leave no trace of the chat on disk"
    case .each: "every argument, or without one every line of stdin, is a prompt of its own"
    case .jobs: "with --each or several models: so many at a time (4)"
    case .goOn: "take up the last saved chat"
    case .resume: "take up a saved chat; the beginning of its id will do"
    case .plain: "line by line, for dumb terminals and screen readers"
    case .json where command == .decode: "the result as one line of JSON"
    case .json where command == .history: "list, search: an array; show: the chat; import: the numbers, on one line"
    case .json: "the turn's result as one line of JSON"
    case .limit: "list, search: so many, at most"
    case .format: "export: markdown, json (nothing is lost), jsonl, openai (messages), html"
    case .output: "export: to a file instead of stdout; one that is there is replaced"
    case .all: "export: every saved chat"
    case .lenient: "import: what is whole of a file that is not; says what it left out"
    case .port: "listen on this port (8787); 0: on any that is free"
    case .host: "listen on this address (127.0.0.1)"
    case .tokenFile: "take the token from this file, which only you can read; written where it is missing"
    case .allowHost: "a further name that the relay goes by, before a proxy say (repeatable)"
    case .allowOrigin: "let pages of this server ask too, like https://chat.example (repeatable)"
    case .events: "each server-sent event as one line of JSON"
    case .help: "this text"
    case .version: "the program's version"
    }
  }

  /// What selects a service and how it is reached; also for commands that run no turn.
  static let connection: [OptionName] = [
    .provider, .endpoint, .model, .deployment, .apiVersion, .config, .envFile,
  ]

  /// What every command that runs a turn takes.
  static let turn: [OptionName] = [
    .provider, .endpoint, .model, .deployment, .apiVersion, .system, .prompt, .temperature, .topP, .maxTokens, .seed,
    .reasoningEffort, .tools, .allowTool, .connectTimeout, .firstChunkTimeout, .chunkTimeout, .totalTimeout, .retries,
    .config,
    .envFile, .noHistory,
  ]
}

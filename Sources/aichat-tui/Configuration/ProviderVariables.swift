import ChatWire

/// The environment variables that configure one kind of provider. Of several names for one thing the first is the one
/// that messages mention.
struct ProviderVariables: Equatable, Sendable {
  var endpoint: [String] = []
  var defaultEndpoint: String?
  var key: [String] = []
  /// OAuth access tokens.
  var token: [String] = []
  var model: [String] = []
  var deployment: [String] = []
  var apiVersion: [String] = []
  /// The assistant that answers, where one does.
  var assistant: [String] = []
  var organization: [String] = []
  var project: [String] = []

  /// The variables of a kind. `environment` decides only whether Azure's completions have a set of their own.
  init(_ kind: ProviderKind, in environment: Environment) {
    switch kind {
    case .demo: break
    case .openai, .openaiResponses, .openaiCompletions: self = .openAI
    case .openaiAssistants:
      self = .openAI
      assistant = ["ASSISTANT_ID"]
      // An assistant has a model of its own; these speak of chats.
      model = []
    case .azureOpenAI, .azureOpenAIResponses: self = .azureOpenAI
    case .azureOpenAIAssistants:
      self = .azureOpenAI
      assistant = ["ASSISTANT_ID"]
      deployment = []
    case .azureOpenAICompletions:
      self = environment.value(Self.instruct.endpoint) == nil ? .azureOpenAI : .instruct
    case .azureAIInference: self = .azureAIInference
    case .ollama: self = .ollama
    }
  }

  private init(
    endpoint: [String], defaultEndpoint: String? = nil, key: [String] = [], token: [String] = [], model: [String] = [],
    deployment: [String] = [], apiVersion: [String] = [], organization: [String] = [], project: [String] = []
  ) {
    self.endpoint = endpoint
    self.defaultEndpoint = defaultEndpoint
    self.key = key
    self.token = token
    self.model = model
    self.deployment = deployment
    self.apiVersion = apiVersion
    self.organization = organization
    self.project = project
  }

  static let openAI = ProviderVariables(
    endpoint: ["OPENAI_BASE_URL"], defaultEndpoint: "https://api.openai.com/v1", key: ["OPENAI_API_KEY"],
    model: ["OPENAI_MODEL"], organization: ["OPENAI_ORG_ID"], project: ["OPENAI_PROJECT_ID"])

  static let azureOpenAI = ProviderVariables(
    endpoint: ["AZURE_OPENAI_ENDPOINT"], key: ["AZURE_OPENAI_API_KEY"], token: ["AZURE_OPENAI_AD_TOKEN"],
    deployment: ["AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_CHAT_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME"],
    apiVersion: ["AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION"])

  static let instruct = ProviderVariables(
    endpoint: ["AZURE_OPENAI_ENDPOINT_FOR_INSTRUCT"], key: ["AZURE_OPENAI_API_KEY_FOR_INSTRUCT"],
    deployment: ["AZURE_OPENAI_DEPLOYMENT_NAME_FOR_INSTRUCT"],
    apiVersion: ["AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION"])

  static let azureAIInference = ProviderVariables(
    endpoint: ["AZURE_AI_CHAT_ENDPOINT"], key: ["AZURE_AI_CHAT_API_KEY"], model: ["AZURE_AI_CHAT_MODEL"])

  static let ollama = ProviderVariables(
    endpoint: ["OLLAMA_HOST"], defaultEndpoint: "127.0.0.1:11434", model: ["OLLAMA_MODEL"])

  /// Every variable that holds a key or token.
  static let secretNames = [openAI, azureOpenAI, instruct, azureAIInference].flatMap { $0.key + $0.token }

  /// The kinds that the environment can choose, in their order.
  static let detectable: [(kind: ProviderKind, variables: ProviderVariables)] = [
    (.azureOpenAI, azureOpenAI), (.azureAIInference, azureAIInference), (.openai, openAI), (.ollama, ollama),
  ]

  /// What shows that somebody means to use this kind; any one of them, so that a half-set environment is noticed.
  func begun(in environment: Environment) -> Sourced<String>? {
    environment.value(endpoint + key + token + model + deployment)
  }
}

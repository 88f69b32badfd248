import ChatModel

/// The services that the program can speak to; the raw value is the name that users give.
public enum ProviderKind: String, CaseIterable, Sendable {
  case demo, openai
  case openaiResponses = "openai-responses"
  case openaiCompletions = "openai-completions"
  case openaiAssistants = "openai-assistants"
  case azureOpenAI = "azure-openai"
  case azureOpenAIResponses = "azure-openai-responses"
  case azureOpenAICompletions = "azure-openai-completions"
  case azureOpenAIAssistants = "azure-openai-assistants"
  case azureAIInference = "azure-ai-inference"
  case ollama
}

extension ProviderKind {
  /// The protocols that services speak; one file each says how.
  enum Wire { case chatCompletions, textCompletions, responses, assistants }

  var wire: Wire {
    switch self {
    case .demo, .openai, .azureOpenAI, .azureAIInference, .ollama: .chatCompletions
    case .openaiCompletions, .azureOpenAICompletions: .textCompletions
    case .openaiResponses, .azureOpenAIResponses: .responses
    case .openaiAssistants, .azureOpenAIAssistants: .assistants
    }
  }

  /// True for services that take the OpenAI chat API's requests as they are.
  public var speaksChatCompletions: Bool { wire == .chatCompletions }

  /// True for services that can be told of tools.
  public var takesTools: Bool { wire != .textCompletions }

  /// True for services that can be told what tools have said.
  public var takesToolAnswers: Bool { wire == .chatCompletions || wire == .responses }

  /// True for services that can go on with an answer to which nobody listens.
  public var runsInBackground: Bool { wire == .responses }

  /// True where an assistant that was set up with the service answers; such a provider needs its id.
  public var usesAssistant: Bool { wire == .assistants }

  /// True for the services under the resource of an Azure OpenAI account.
  var isAzureOpenAI: Bool {
    switch self {
    case .azureOpenAI, .azureOpenAIResponses, .azureOpenAICompletions, .azureOpenAIAssistants: true
    default: false
    }
  }
}

/// What proves to a service who asks.
public enum Credential: Equatable, Sendable {
  case apiKey(Secret)
  /// An OAuth access token, sent as `Authorization: Bearer`.
  case accessToken(Secret)
}

/// A service, resolved: everything that is needed to make a request of it. Built by the configuration.
public struct Provider: Equatable, Sendable {
  /// The name that users gave: a kind's own, or one from the config file.
  public var name: String
  public var kind: ProviderKind
  /// Base URL without a trailing slash, for example `https://api.openai.com/v1`.
  public var endpoint: String
  public var credential: Credential?
  /// Nil: the service needs none, or the first that it lists is taken.
  public var model: String?
  /// Azure OpenAI only.
  public var deployment: String?
  /// Azure only; nil means the v1 route for Azure OpenAI.
  public var apiVersion: String?
  /// The assistant that answers; Assistants only.
  public var assistantID: String?
  public var organization: String?
  public var project: String?
  /// Sent with every request, after our own.
  public var headers: [HTTPField] = []
  /// Added to every request's body; wins over our own fields.
  public var extraBody: [String: JSONValue] = [:]
  public var allowsPlainHTTP = false
  /// Answers are made in the background, so that a stream that breaks off can be taken up again; Responses only.
  public var runsInBackground = false
  /// What holds the key, or could: an environment variable, or a key of the config file; for messages.
  public var keyVariable: String?
  /// The environment variable that names the model, for messages.
  public var modelVariable: String?

  public init(name: String, kind: ProviderKind, endpoint: String) {
    self.name = name
    self.kind = kind
    self.endpoint = endpoint
  }

  /// The same with another model, or what stands for one there: a deployment.
  public func answering(with model: String) -> Provider {
    var other = self
    other.model = model
    if deployment != nil { other.deployment = model }
    other.extraBody["model"] = nil
    return other
  }
}

import ChatModel
import ChatWire

/// A provider of the configuration file's `providers`, as it is written there.
struct ConfiguredProvider: Equatable, Sendable {
  var kind: ProviderKind
  var endpoint: String?
  var model: String?
  var deployment: String?
  var apiVersion: String?
  var assistantID: String?
  var organization: String?
  var project: String?
  var apiKey: Secret?
  /// Name of the environment variable that holds the key.
  var keyVariable: String?
  /// Prints the key.
  var keyCommand: String?
  /// Prints an OAuth access token.
  var tokenCommand: String?
  var headers: [HTTPField] = []
  var extraBody: [String: JSONValue] = [:]
  var allowsPlainHTTP = false
  /// Answers are made in the background; Responses only.
  var runsInBackground = false
  var parameters = Parameters()
  /// Models that are offered beside those that the service lists.
  var models: [KnownModel] = []
  /// What holds of all its models.
  var account = ModelAccount()

  /// What is known of a model.
  func account(of model: String?) -> ModelAccount {
    let own = models.first { $0.name == model }?.account
    return ModelAccount(context: own?.context ?? account.context, prices: own?.prices ?? account.prices)
  }

  /// True when one of the headers proves who asks, so that no key is missed.
  var hasHeaderCredential: Bool {
    headers.contains { header in
      ["authorization", "proxy-authorization", "api-key", "x-api-key", "ocp-apim-subscription-key", "cookie"]
        .contains(header.name.lowercased())
    }
  }

  /// True when the file holds a key in the clear.
  var holdsSecret: Bool { apiKey != nil || hasHeaderCredential }
}

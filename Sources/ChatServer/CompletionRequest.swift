import ChatModel
import FoundationEssentials

/// The body of `POST /v1/chat/completions`, as far as the demo heeds it. Everything else in it is passed over.
struct CompletionRequest: Decodable, Equatable, Sendable {
  struct Entry: Decodable, Equatable, Sendable {
    var role: Role
    var text: String

    init(role: Role, text: String) {
      self.role = role
      self.text = text
    }

    private enum CodingKeys: CodingKey { case role, content }
    private struct Part: Decodable { var text: String? }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      role = try container.decode(Role.self, forKey: .role)
      if let text = try? container.decodeIfPresent(String.self, forKey: .content) {
        self.text = text
      } else if container.contains(.content), try !container.decodeNil(forKey: .content) {
        // Content may be an array of parts; those that are no text are beyond the demo.
        text = try container.decode([Part].self, forKey: .content).compactMap(\.text).joined(separator: "\n")
      } else {
        text = ""
      }
    }
  }

  var messages: [Entry]
  var isStream: Bool
  var includesUsage: Bool
  /// Words of the answer, at most.
  var maxTokens: Int?

  init(messages: [Entry], isStream: Bool = true, includesUsage: Bool = true, maxTokens: Int? = nil) {
    self.messages = messages
    self.isStream = isStream
    self.includesUsage = includesUsage
    self.maxTokens = maxTokens
  }

  private enum CodingKeys: String, CodingKey {
    case messages, stream
    case streamOptions = "stream_options"
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }
  private struct StreamOptions: Decodable {
    var includeUsage: Bool?
    enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    messages = try container.decode([Entry].self, forKey: .messages)
    isStream = try container.decodeIfPresent(Bool.self, forKey: .stream) ?? false
    includesUsage =
      try container.decodeIfPresent(StreamOptions.self, forKey: .streamOptions)?.includeUsage ?? false
    maxTokens =
      try container.decodeIfPresent(Int.self, forKey: .maxCompletionTokens)
      ?? container.decodeIfPresent(Int.self, forKey: .maxTokens)
  }

  /// Reads a body. Throws a sentence for the client.
  init(body: [UInt8]) throws(Malformed) {
    do {
      self = try JSONDecoder().decode(CompletionRequest.self, from: Data(body))
    } catch let error as DecodingError {
      throw Malformed(error)
    } catch {
      throw Malformed(message: "The request's body is not valid JSON.")
    }
    if messages.isEmpty { throw Malformed(message: "'messages' is empty; give at least one.", parameter: "messages") }
    if let maxTokens, maxTokens < 1 {
      throw Malformed(message: "'max_tokens' is \(maxTokens); give at least 1.", parameter: "max_tokens")
    }
  }

  /// What is wrong with a body.
  struct Malformed: Error, Equatable {
    var message: String
    /// The field that is wrong, as a path: `messages.0.role`.
    var parameter: String?
    var code: String?

    init(message: String, parameter: String? = nil, code: String? = nil) {
      self.message = message
      self.parameter = parameter
      self.code = code
    }

    init(_ error: DecodingError) {
      func path(_ context: DecodingError.Context, _ last: [any CodingKey] = []) -> String {
        (context.codingPath + last).map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
      }
      switch error {
      case .keyNotFound(let key, let context):
        let name = path(context, [key])
        self.init(message: "Missing required parameter: '\(name)'.", parameter: name)
      case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
        .valueNotFound(_, let context) where !context.codingPath.isEmpty,
        .dataCorrupted(let context) where !context.codingPath.isEmpty:
        let name = path(context)
        self.init(message: "Invalid value for '\(name)'.", parameter: name)
      default:
        self.init(message: "The request's body is not a JSON object in valid JSON.")
      }
    }
  }
}

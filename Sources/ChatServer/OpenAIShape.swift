import ChatModel
import ChatWire
import FoundationEssentials

/// A piece of a streamed answer in OpenAI's form (`chat.completion.chunk`).
struct ChunkBody: Encodable {
  struct Choice: Encodable {
    var index = 0
    var delta: Delta
    var finishReason: String?

    enum CodingKeys: CodingKey { case index, delta, finishReason }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(index, forKey: .index)
      try container.encode(delta, forKey: .delta)
      try container.encode(finishReason, forKey: .finishReason)  // the service sends null, rather than nothing
    }
  }

  struct Delta: Encodable {
    var role: String?
    var content: String?
    var reasoningContent: String?
    var refusal: String?
    var toolCalls: [CallBody]?
  }

  var id: String
  var object = "chat.completion.chunk"
  var created: Int
  var model: String
  var choices: [Choice]
  var usage: UsageBody?
}

/// A whole answer in OpenAI's form (`chat.completion`).
struct CompletionBody: Encodable {
  struct Choice: Encodable {
    var index = 0
    var message: Answer
    var finishReason: String
  }

  struct Answer: Encodable {
    var role = "assistant"
    var content: String?
    var reasoningContent: String?
    var refusal: String?
    var toolCalls: [CallBody]?

    enum CodingKeys: CodingKey { case role, content, reasoningContent, refusal, toolCalls }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(role, forKey: .role)
      try container.encode(content, forKey: .content)  // null, rather than nothing
      try container.encodeIfPresent(reasoningContent, forKey: .reasoningContent)
      try container.encodeIfPresent(refusal, forKey: .refusal)
      try container.encodeIfPresent(toolCalls, forKey: .toolCalls)
    }
  }

  var id: String
  var object = "chat.completion"
  var created: Int
  var model: String
  var choices: [Choice]
  var usage: UsageBody?
}

/// A tool call, or a fragment of one: `index` only in fragments.
struct CallBody: Encodable {
  struct Function: Encodable {
    var name: String?
    var arguments: String
  }

  var index: Int?
  var id: String?
  var type: String?
  var function: Function
}

/// The counts of an answer.
struct UsageBody: Encodable, Equatable {
  var promptTokens: Int
  var completionTokens: Int
  var totalTokens: Int
}

/// The list of `GET /v1/models`.
struct ModelsBody: Encodable {
  struct Model: Encodable {
    var id: String
    var object = "model"
    var created: Int
    var ownedBy: String
  }

  var object = "list"
  var data: [Model]
}

/// An error in OpenAI's form.
struct ErrorBody: Encodable {
  struct Details: Encodable {
    var message: String
    var type: String
    var param: String?
    var code: String?

    enum CodingKeys: CodingKey { case message, type, param, code }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(message, forKey: .message)
      try container.encode(type, forKey: .type)
      try container.encode(param, forKey: .param)  // null, rather than nothing
      try container.encode(code, forKey: .code)
    }
  }

  var error: Details
}

extension ServerResponse {
  /// An error in OpenAI's form; its type is the server's fault from 500 on, the request's below.
  static func error(
    _ status: Int, _ message: String, type: String? = nil, code: String? = nil, parameter: String? = nil,
    headers: [HTTPField] = []
  ) -> ServerResponse {
    let type = type ?? (status >= 500 ? "server_error" : "invalid_request_error")
    let details = ErrorBody.Details(message: message, type: type, param: parameter, code: code)
    return .json(encoded(ErrorBody(error: details)), status: status, headers: headers)
  }
}

/// The bytes as one server-sent event; line breaks within them stay.
func serverSentEvent(_ data: [UInt8]) -> [UInt8] {
  let prefix = Array("data: ".utf8)
  guard data.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return prefix + data + [0x0A, 0x0A] }
  let lines = data.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
  return lines.flatMap { prefix + $0 + [0x0A] } + [0x0A]
}

/// The event that ends every stream.
let doneEvent = serverSentEvent(Array("[DONE]".utf8))

/// The value as JSON, its keys in snake case and in a fixed order. The shapes above consist of texts and whole numbers,
/// which always encode; for anything else the answer is empty.
func encoded(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return (try? encoder.encode(value)).map { [UInt8]($0) } ?? []
}

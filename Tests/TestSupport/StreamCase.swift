import ChatModel
import ChatWire
import Foundation

/// A case of `streams-public.json`: a response, and what its turn must come to.
public struct StreamCase: Decodable, Sendable, CustomStringConvertible {
  public struct Expectation: Decodable, Sendable {
    public struct Counts: Decodable, Sendable {
      public var prompt: Int?
      public var completion: Int?
      public var total: Int?
    }
    public struct Call: Decodable, Sendable {
      public var id: String
      public var name: String
      public var arguments: String
    }
    public struct Failure: Decodable, Sendable {
      public var status: Int?
      public var message: String?
      public var code: JSONValue?
      public var type: String?
      public var retryAfter: Double?
      enum CodingKeys: String, CodingKey {
        case status, message, code, type
        case retryAfter = "retry_after"
      }
    }
    public var outcome: String
    public var text: String
    public var finishReason: String?
    public var model: String?
    public var usage: Counts?
    public var toolCalls: [Call]
    public var error: Failure?
    public var reasoning: String?
    public var refusal: String?
    enum CodingKeys: String, CodingKey {
      case outcome, text, model, usage, error, reasoning, refusal
      case finishReason = "finish_reason"
      case toolCalls = "tool_calls"
    }
  }

  public var name: String
  public var provider: String
  public var api: String
  public var status: Int
  public var headers: [String: String]
  public var end: String
  public var chunks: [Data]
  public var expect: Expectation
  public var description: String { name }

  public static let all: [StreamCase] = fixture("streams-public.json")
  public static let chat = all.filter { $0.api == "chat" }

  /// The kind of provider that the case is a response of.
  public var kind: ProviderKind {
    switch api {
    case "responses": .openaiResponses
    case "assistants": .openaiAssistants
    case "completions": .openaiCompletions
    default: ProviderKind(rawValue: provider) ?? .openai
    }
  }

  /// The reason for stopping, in the words that every wire is given: what these two APIs do not say in them, the fixture
  /// leaves out.
  public var finishReason: String? {
    guard kind == .openaiResponses || kind == .openaiAssistants, expect.outcome == "ok" else {
      return expect.finishReason
    }
    return expect.finishReason ?? (expect.toolCalls.isEmpty ? "stop" : "tool_calls")
  }

  public var head: HTTPHead { HTTPHead(status: status, headers: headers.map { HTTPField($0.key, $0.value) }) }
  public var streamEnd: StreamEnd { end == "abort" ? .cut(ChatError(.network, "Connection reset by peer")) : .closed }
}

import ChatModel
import ChatWire
import Foundation
import Testing

/// A case of `sse-cases-public.json`: pieces of a stream and the events that they hold.
struct SSECase: Decodable, Sendable, CustomTestStringConvertible {
  struct Event: Decodable, Equatable {
    var event: String?
    var data: String
    var id: String
  }

  var name: String
  var chunks: [Data]
  var events: [Event]
  var retry: Int?
  var testDescription: String { name }

  static let all: [SSECase] = fixture("sse-cases-public.json")
}

/// A case of `streams-public.json`: a response, and what its turn must come to.
struct StreamCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Expectation: Decodable {
    struct Counts: Decodable {
      var prompt: Int?
      var completion: Int?
      var total: Int?
    }
    struct Call: Decodable {
      var id: String
      var name: String
      var arguments: String
    }
    struct Failure: Decodable {
      var status: Int?
      var message: String?
      var code: JSONValue?
      var type: String?
      var retryAfter: Double?
      enum CodingKeys: String, CodingKey {
        case status, message, code, type
        case retryAfter = "retry_after"
      }
    }
    var outcome: String
    var text: String
    var finishReason: String?
    var model: String?
    var usage: Counts?
    var toolCalls: [Call]
    var error: Failure?
    var reasoning: String?
    var refusal: String?
    enum CodingKeys: String, CodingKey {
      case outcome, text, model, usage, error, reasoning, refusal
      case finishReason = "finish_reason"
      case toolCalls = "tool_calls"
    }
  }

  var name: String
  var provider: String
  var api: String
  var status: Int
  var headers: [String: String]
  var end: String
  var chunks: [Data]
  var expect: Expectation
  var testDescription: String { name }

  static let all: [StreamCase] = fixture("streams-public.json")
  static let spoken = all.filter { $0.api == "chat" || $0.api == "completions" }

  var head: HTTPHead { HTTPHead(status: status, headers: headers.map { HTTPField($0.key, $0.value) }) }
  var streamEnd: StreamEnd { end == "abort" ? .cut(ChatError(.network, "Connection reset by peer")) : .closed }
}

private func fixture<Value: Decodable>(_ name: String) -> [Value] {
  let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").appendingPathComponent(name)
  guard let data = try? Data(contentsOf: path), let cases = try? JSONDecoder().decode([Value].self, from: data) else {
    return []
  }
  return cases
}

/// The result of a response given in these pieces.
func result(
  of pieces: [[UInt8]], kind: ProviderKind = .openai, head: HTTPHead? = nil, end: StreamEnd = .closed
) -> TurnResult {
  var accumulator = TurnAccumulator()
  for event in events(of: pieces, kind: kind, head: head, end: end) { accumulator.add(event) }
  return accumulator.result
}

/// The events of a response given in these pieces.
func events(
  of pieces: [[UInt8]], kind: ProviderKind = .openai, head: HTTPHead? = nil, end: StreamEnd = .closed
) -> [ChatEvent] {
  var decoder = ResponseDecoder(kind: kind, head: head)
  var events: [ChatEvent] = []
  for piece in pieces { events += decoder.consume(piece) }
  return events + decoder.finish(end)
}

/// The result of a chat stream of these `data` payloads.
func result(ofData payloads: String..., end: StreamEnd = .closed) -> TurnResult {
  result(of: [Array(payloads.map { "data: \($0)\n\n" }.joined().utf8)], end: end)
}

/// A generator whose numbers are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The bytes cut at random places into pieces of at most `longest`, some of them empty.
func randomPieces(_ bytes: [UInt8], longest: Int, using generator: inout SeededGenerator) -> [[UInt8]] {
  var pieces: [[UInt8]] = []
  var start = 0
  while start < bytes.count {
    let end = min(bytes.count, start + Int.random(in: 0...longest, using: &generator))
    pieces.append(Array(bytes[start..<end]))
    start = end
  }
  return pieces
}

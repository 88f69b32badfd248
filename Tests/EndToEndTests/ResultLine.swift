import Foundation
import Testing

/// The result line of `--json`, as a script would read it.
struct ResultLine: Decodable {
  struct Counts: Decodable, Equatable {
    var promptTokens: Int?
    var completionTokens: Int?
    var totalTokens: Int?
  }
  struct Call: Decodable, Equatable {
    struct Function: Decodable, Equatable {
      var name: String?
      var arguments: String
    }
    var id: String?
    var type: String
    var function: Function
  }
  struct Failure: Decodable {
    var kind: String
    var status: Int?
    var message: String
    var retryAfter: Double?
  }
  struct Timing: Decodable {
    var firstChunkMs: Int?
    var totalMs: Int
  }
  var index: Int
  var prompt: String?
  var content: String
  var reasoning: String?
  var refusal: String?
  var model: String?
  var finishReason: String?
  var usage: Counts?
  var toolCalls: [Call]
  var chunks: Int
  var status: String
  var error: Failure?
  var timing: Timing

  /// Reads the one line that the output must be.
  init(_ outcome: Program.Outcome) throws {
    try #require(outcome.output.hasSuffix("\n"), "\(outcome.output) \(outcome.errors)")
    try #require(outcome.output.split(separator: "\n").count == 1)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(ResultLine.self, from: Data(outcome.bytes))
  }
}

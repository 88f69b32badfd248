import ChatModel
import ChatWire
import Testing

/// Which refusals are worth a second try, and without which field.
@Suite struct RequestAmendmentTests {
  private func amended(
    _ message: String, status: Int? = 400, code: String? = nil, parameter: String? = nil,
    kind: ProviderKind = .ollama, extra: [String: JSONValue] = [:], omitted: Set<String> = []
  ) -> Set<String>? {
    var provider = Provider(name: "p", kind: kind, endpoint: "http://h/v1")
    provider.model = "m"
    provider.deployment = "d"
    provider.extraBody = extra
    var request = ChatRequest(messages: [Message(role: .user, content: "x")], omittedFields: omitted)
    request.parameters = Parameters(temperature: 0.5, maxTokens: 5, seed: 1)
    request.tools = [.object([:])]
    let error = ChatError(.badRequest, message, status: status, code: code, parameter: parameter)
    return provider.amended(request, after: error)?.omittedFields
  }

  @Test(
    arguments: [
      ("Unrecognized request argument supplied: stream_options", nil, "stream_options"),
      ("Unrecognized request argument supplied: seed", nil, "seed"),
      ("Unknown parameter: 'stream_options.include_usage'.", "stream_options.include_usage", "stream_options"),
      ("Validation error at #/stream_options: Extra inputs are not permitted", nil, "stream_options"),
      (
        "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs …'}]", nil,
        "stream_options"
      ),
      ("The 'stream_options' parameter is only allowed when 'stream' is on", "stream_options", "stream_options"),
      ("stream_options: Extra inputs are not permitted", "stream_options", "stream_options"),
      ("body -> `stream_options`: extra fields not permitted", nil, "stream_options"),
      ("'temperature' is not supported with this model", nil, "temperature"),
      ("this model does not support the parameter \"tools\"", nil, "tools"),
      ("got an unexpected keyword argument 'seed'", "None", "seed"),
      ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "max_tokens", "max_tokens"),
    ] as [(String, String?, String)])
  func aFieldThatIsNotKnownIsLeftOut(message: String, parameter: String?, field: String) {
    #expect(amended(message, parameter: parameter) == [field])
    #expect(amended(message, status: 422, parameter: parameter) == [field])
  }

  @Test(
    arguments: [
      ("temperature must be between 0 and 2", "temperature"), ("Invalid value for 'seed': -1", nil),
      ("max_tokens is too large: 5. This model supports at most 4", "max_tokens"),
      ("Unsupported value: 'temperature' does not support 0.5 with this model.", "temperature"),
      ("Unknown model 'm'", "model"), ("'messages' is not supported", "messages"), ("'stream' is not supported", nil),
      ("this seed of doubt is not allowed", nil), ("'top_p' is not supported", "top_p"),
      ("Unknown model, with 'seed' and all", "model"), ("", nil),
    ] as [(String, String?)])
  func otherErrorsAreNot(message: String, parameter: String?) {
    #expect(amended(message, parameter: parameter) == nil)
  }

  @Test func onlyARefusalOfTheRequestCounts() {
    for status in [nil, 401, 403, 404, 429, 500] {
      #expect(amended("'seed' is not supported", status: status) == nil)
    }
    #expect(amended("'seed' is not supported", extra: ["seed": .integer(2)]) == nil)
    #expect(amended("'seed' is not supported", omitted: ["seed"]) == nil)
    #expect(amended("the value is wrong", code: "unsupported_parameter", parameter: "seed") == ["seed"])
  }

  @Test func theLimitTravelsUnderItsOtherName() throws {
    var provider = Provider(name: "p", kind: .openai, endpoint: "https://api.openai.com/v1")
    var request = ChatRequest(messages: [])
    request.parameters.maxTokens = 5
    func body(_ request: ChatRequest) throws -> String {
      String(decoding: try provider.chatRequest(request).body ?? [], as: UTF8.self)
    }
    #expect(try body(request).contains(#""max_completion_tokens":5"#))
    let error = ChatError(.badRequest, "Unknown parameter: 'max_completion_tokens'", status: 400)
    let second = try #require(provider.amended(request, after: error))
    #expect(try body(second).contains(#""max_tokens":5"#))
    let third = try #require(
      provider.amended(second, after: ChatError(.badRequest, "Unknown parameter: 'max_tokens'", status: 400)))
    #expect(try !body(third).contains("tokens"))
    #expect(provider.amended(third, after: error) == nil)
    provider.endpoint = "https://eu.api.openai.com/v1"
    #expect(try body(request).contains("max_completion_tokens"))
    provider.endpoint = "https://notapi.openai.com.example/v1"
    #expect(try body(request).contains(#""max_tokens":5"#))
  }
}

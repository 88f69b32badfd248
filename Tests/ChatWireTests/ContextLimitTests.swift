import ChatModel
import TestSupport
import Testing

@testable import ChatWire

/// That a talk is too long for the model is recognised whoever says it, and nothing else is taken for it.
@Suite struct ContextLimitTests {
  @Test(
    arguments: [
      (
        #"{"error":{"message":"This model's maximum context length is 4097 tokens. However, your messages resulted in"#
          + #" 5011 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
        5011, 4097
      ),
      (
        #"{"error":{"message":"Your input exceeds the context window of this model.","code":"context_length_exceeded"}}"#,
        nil, nil
      ),
      (
        #"{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","#
          + #""type":"exceed_context_size_error","n_prompt_tokens":9001,"n_ctx":4096}}"#, 9001, 4096
      ),
      (
        #"{"error":{"message":"request (9001 tokens) exceeds the available context size (4096 tokens)","code":500}}"#,
        9001, 4096
      ),
      (#"{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#, 210_000, 200_000),
      (
        #"{"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError: m","code":"400"}}"#, nil,
        nil
      ),
      (
        #"{"object":"error","message":"This model's maximum context length is 2,048 tokens. However, you requested"#
          + #" 2,500 tokens","code":400}"#, 2500, 2048
      ),
      (#"{"error":"the input length exceeds the context length"}"#, nil, nil),
      (
        #"{"error":{"code":"tokens_limit_reached","message":"Request body too large for gpt-4o. Max size: 8000 tokens."}}"#,
        nil, 8000
      ),
      (
        #"{"message":"Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context"#
          + #" length","code":400}"#, 40000, 32768
      ),
      (
        #"[{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed"#
          + #" (1048576)."}}]"#, 1_200_000, 1_048_576
      ),
    ] as [(String, Int?, Int?)])
  func itIsRecognised(_ body: String, _ tokens: Int?, _ limit: Int?) {
    let expected = ContextExcess(tokens: tokens, limit: limit)
    for status in [400, 413, 500] {
      let error = result(of: [Array(body.utf8)], head: HTTPHead(status: status)).error
      #expect(error?.contextExcess == expected && error?.kind == .badRequest)
    }
    let inStream = result(of: [Array("data: \(body)\n\n".utf8)]).error
    #expect(inStream?.contextExcess == expected && inStream?.kind == .badRequest)
  }

  @Test(
    arguments: [
      (
        429,
        #"{"error":{"message":"Request too large for gpt-4o in organization org on tokens per min (TPM): Limit 30000, Requested"#
          + #" 50000. The input or output tokens must be reduced.","type":"tokens","code":"rate_limit_exceeded"}}"#,
        50000,
        30000
      ),
      (
        413,
        #"{"error":{"message":"Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000","#
          + #""type":"tokens","code":"rate_limit_exceeded"}}"#, 9000, 6000
      ),
      (422, #"{"error":"Input validation error: `inputs` must have less than 4096 tokens. Given: 5000"}"#, 5000, 4096),
      (
        422,
        #"{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens"#
          + #" and 100 `max_new_tokens`"}"#, 5000, 4096
      ),
      (
        400,
        #"{"error":{"message":"Invalid 'content': string too long. Expected a string with maximum length 256000, but got a"#
          + #" string with length 300000 instead.","code":"string_above_max_length"}}"#, nil, nil
      ),
    ] as [(Int, String, Int?, Int?)])
  func whatNoWaitMakesSmaller(_ status: Int, _ body: String, _ tokens: Int?, _ limit: Int?) {
    let error = result(of: [Array(body.utf8)], head: HTTPHead(status: status)).error
    #expect(error?.contextExcess == ContextExcess(tokens: tokens, limit: limit) && error?.kind == .badRequest)
  }

  @Test func theSayingsAreThere() { #expect(ContextSaying.all.count > 15) }

  @Test(arguments: ContextSaying.all) func whatServicesSay(_ saying: ContextSaying) throws {
    let body = try #require(saying.body.encoded())
    let error = result(of: [body], head: HTTPHead(status: 400)).error
    #expect(error?.contextExcess == ContextExcess(tokens: saying.tokens, limit: saying.limit))
    #expect(error?.kind == .badRequest)
  }

  @Test(arguments: [ProviderKind.openaiResponses, .azureOpenAIResponses])
  func aFailedResponseSaysIt(kind: ProviderKind) {
    let failed =
      #"{"type":"response.failed","response":{"status":"failed","error":{"code":"context_length_exceeded","message":"m"}}}"#
    #expect(error(kind, failed)?.contextExcess == ContextExcess())
  }

  @Test(arguments: [ProviderKind.openaiAssistants, .azureOpenAIAssistants])
  func aFailedRunSaysIt(kind: ProviderKind) {
    let failed =
      #"{"object":"thread.run","id":"r","status":"failed","last_error":{"code":"server_error","message":"Request exceeds the"#
      + #" maximum context length"}}"#
    #expect(error(kind, failed)?.contextExcess == ContextExcess())
  }

  private func error(_ kind: ProviderKind, _ json: String) -> ChatError? {
    var decoder = ResponseDecoder(kind: kind, head: HTTPHead(status: 200))
    let events = decoder.consume(Array("data: \(json)\n\n".utf8)) + decoder.finish(.closed)
    guard case .failed(let error)? = events.last else { return nil }
    return error
  }

  @Test(
    arguments: [
      (
        429,
        #"{"error":{"message":"Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 20000, Requested 15000"}}"#
      ),
      (429, #"{"error":{"message":"Your context window quota is used up","code":"rate_limit_exceeded"}}"#),
      (
        400,
        #"{"error":{"message":"max_tokens is too large: 100000. This model's maximum context length is 4096","param":"max_tokens"}}"#
      ),
      (
        400,
        #"{"error":{"message":"'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context"#
          + #" length is 32768 tokens and your request has 1000 input tokens (32000 > 32768 - 1000).","code":400}}"#
      ),
      (400, #"{"error":{"message":"Unknown parameter: 'context'","param":"context"}}"#),
      (413, "<html><title>Request Entity Too Large</title></html>"),
    ] as [(Int, String)])
  func anythingElseIsNot(_ status: Int, _ body: String) {
    let error = result(of: [Array(body.utf8)], head: HTTPHead(status: status)).error
    #expect(error != nil && error?.contextExcess == nil)
  }
}

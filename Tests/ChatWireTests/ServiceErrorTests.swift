import ChatModel
import Testing

@testable import ChatWire

/// Errors in the shapes and under the statuses that services send.
@Suite struct ServiceErrorTests {
  @Test(
    arguments: [
      (#"{"error":{"message":"m","type":"t","param":"p","code":null}}"#, "m", "t", "p"),
      (#"{"error":{"message":"m","code":502}}"#, "m", "502", nil),
      (#"[{"error":{"message":"m","status":"INVALID","code":400}}]"#, "m", "400", nil),
      (#"{"error":"m"}"#, "m", nil, nil), (#"{"error":"Unauthorized","message":"m"}"#, "m", "Unauthorized", nil),
      (#"{"object":"error","message":"m","type":"t","param":null,"code":40301}"#, "m", "40301", nil),
      (#"{"statusCode":401,"message":"m"}"#, "m", "401", nil), (#"{"detail":"m"}"#, "m", nil, nil),
      (
        #"{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"#,
        "seed: Extra inputs are not permitted", nil, "seed"
      ),
      (#"{"errors":[{"code":7003,"message":"m"}]}"#, "m", "7003", nil),
      (
        #"{"error":{"message":"Provider returned error","metadata":{"raw":"m"}}}"#, "Provider returned error: m", nil,
        nil
      ),
      (#"{"error":{"message":{"message":"m"}}}"#, "m", nil, nil),
      (
        #"{"error":{"code":"Invalid input","message":"{\"detail\":[{\"loc\":[\"body\",\"stream_options\",\"include_usage\"],"#
          + #"\"msg\":\"m\"}]}"}}"#, "stream_options.include_usage: m", "Invalid input", "stream_options.include_usage"
      ),
      (#"{"error":{"message":" m\n\n m "}}"#, "m m", nil, nil),
      (#"{"error":"<unk> is no token"}"#, "<unk> is no token", nil, nil),
      (#"{"error":{"message":"upstream: <html><title>m</title>"}}"#, "m", nil, nil), ("m  m\n", "m m", nil, nil),
      (#""m""#, "m", nil, nil),
      ("<html><head><TITLE>\n m </TITLE></head>", "m", nil, nil), ("<html><body>x", "HTTP 400 Bad Request", nil, nil),
      ("", "HTTP 400 Bad Request", nil, nil), ("{}", "HTTP 400 Bad Request", nil, nil),
      ("data: {\"error\":{\"message\":\"m\"}}\n\ndata: [DONE]\n\n", "m", nil, nil),
      ("event: error\ndata: m", "m", nil, nil), ("error: {\"message\":\"m\"}\n", "m", nil, nil),
    ] as [(String, String, String?, String?)])
  func anErrorBodySaysWhatItCan(body: String, message: String, code: String?, parameter: String?) {
    let found = result(of: [Array(body.utf8)], head: HTTPHead(status: 400)).error
    #expect(found?.message == message)
    #expect(found?.code == code)
    #expect(found?.parameter == parameter)
    #expect(found?.status == 400)
  }

  @Test(
    arguments: [
      (401, .auth), (403, .auth), (404, .notFound), (410, .notFound), (429, .rateLimit), (408, .server), (409, .server),
      (500, .server), (503, .server), (529, .server), (400, .badRequest), (402, .badRequest), (413, .badRequest),
      (422, .badRequest), (302, .config), (304, .config),
    ] as [(Int, ChatError.Kind)])
  func theStatusTellsTheKind(status: Int, kind: ChatError.Kind) {
    let found = result(of: [], head: HTTPHead(status: status)).error
    #expect(found?.kind == kind)
    #expect(found?.status == status)
  }

  @Test(
    arguments: [
      (#"{"error":{"message":"m","code":"content_filter"}}"#, .contentFilter),
      (#"{"error":{"message":"m","code":"400","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#, .contentFilter),
      (#"{"error":{"message":"m","code":"context_length_exceeded"}}"#, .badRequest),
    ] as [(String, ChatError.Kind)])
  func aRefusedPromptIsToldApart(body: String, kind: ChatError.Kind) {
    #expect(result(of: [Array(body.utf8)], head: HTTPHead(status: 400)).error?.kind == kind)
  }

  @Test(
    arguments: [
      (#"{"error":{"message":"m","code":429}}"#, .rateLimit), (#"{"error":{"message":"m","code":"401"}}"#, .auth),
      (#"{"error":{"message":"m","type":"rate_limit_error"}}"#, .rateLimit),
      (#"{"error":{"message":"m","type":"overloaded_error"}}"#, .server), (#"{"error":"m"}"#, .server),
      (#"{"error":{"message":"m","code":"content_filter"}}"#, .contentFilter),
      (#"{"error":{"message":"m","type":"invalid_request_error"}}"#, .badRequest),
      (#"{"object":"error","message":"m","code":404}"#, .notFound), (#"{"type":"error","message":"m"}"#, .server),
      (#"{"detail":"m"}"#, .server), (#"{"choices":[{"error":{"code":502,"message":"m"}}]}"#, .server),
    ] as [(String, ChatError.Kind)])
  func withinAStreamTheWordsTellTheKind(payload: String, kind: ChatError.Kind) {
    for name in ["", "event: error\n"] {
      let found = result(of: [Array("\(name)data: \(payload)\n\ndata: [DONE]\n\n".utf8)]).error
      if name.isEmpty || !payload.contains("choices") { #expect(found?.message == "m") }
      if name.isEmpty { #expect(found?.kind == kind) }
      #expect(found?.status == nil)
    }
  }

  @Test(arguments: ["event: error\ndata: upstream gone\n\n", "event: error\ndata: {\"message\":\"upstream gone\"}\n\n"])
  func anErrorEventFailsTheStream(_ stream: String) {
    #expect(result(of: [Array(stream.utf8)]).error?.message == "upstream gone")
  }

  @Test func whatOnlyLooksLikeAnErrorIsNone() {
    let found = result(
      ofData: #"{"error":null,"choices":[{"delta":{"content":"a"}}]}"#, #"{"error":{},"choices":[]}"#, #"{"code":0}"#,
      #"{"message":{"content":"x"}}"#, "[DONE]")
    #expect(found.status == .complete)
    #expect(found.content == "a")
  }

  @Test func aRedirectNamesItsTarget() {
    let head = HTTPHead(status: 307, headers: [HTTPField("Location", "https://other/v1")])
    let error = result(of: [], head: head).error
    #expect(error?.kind == .config)
    #expect(error?.message.contains("https://other/v1") == true)
    #expect(error?.remedy != nil)
  }

  @Test(
    arguments: [
      (["retry-after": "7"], 7), (["Retry-After": "1.5"], 1.5), (["retry-after": "7", "retry-after-ms": "6540"], 6.54),
      (["retry-after": "-1"], nil), (["retry-after": "nan"], nil), (["retry-after": "inf"], nil),
      (["retry-after": "soon"], nil), ([:], nil),
      (["retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"], nil),
      (["retry-after": "Sun, 06 Nov 1994 08:49:37 GMT", "date": "Sun, 06 Nov 1994 08:49:07 GMT"], 30),
      (["retry-after": "Sunday, 06-Nov-94 08:49:37 GMT", "date": "Sun Nov  6 08:49:07 1994"], 30),
      (["retry-after": "Wed, 01 Jan 2025 00:00:00 GMT", "date": "Tue, 31 Dec 2024 23:59:50 GMT"], 10),
      (["retry-after": "Fri, 01 Mar 2024 00:00:00 GMT", "date": "Wed, 28 Feb 2024 00:00:00 GMT"], 172_800),
      (["retry-after": "Sun, 06 Nov 1994 08:49:07 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"], 0),
      // What is beyond all bounds is as good as for ever.
      (["retry-after": "1e300"], 1e9), (["retry-after": "99999999999999999999999"], 1e9),
      (["retry-after": "1e400"], 1e9), (["retry-after-ms": "9.3e18"], 1e6), (["retry-after-ms": "1e300"], 1e6),
      (["retry-after": "0x1p3"], nil),
    ] as [([String: String], Double?)])
  func theWaitIsRead(headers: [String: String], seconds: Double?) {
    let head = HTTPHead(status: 429, headers: headers.map { HTTPField($0.key, $0.value) })
    #expect(RetryAfter.seconds(head) == seconds)
    #expect(result(of: [], head: head).error?.retryAfter == seconds)
  }

  @Test func aDateWithoutTheServersOwnCountsFromWhenItCame() {
    var head = HTTPHead(status: 429, headers: [HTTPField("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")])
    head.receivedAt = 784_111_777 - 20.25
    #expect(RetryAfter.seconds(head) == 21)
    head.headers.append(HTTPField("date", "Sun, 06 Nov 1994 08:49:07 GMT"))
    #expect(RetryAfter.seconds(head) == 30)
  }

  @Test func datesCountFrom1970() {
    #expect(RetryAfter.date("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(RetryAfter.date("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    #expect(RetryAfter.date("Fri, 99 Xyz 2024 99:99:99 GMT") == nil)
  }
}

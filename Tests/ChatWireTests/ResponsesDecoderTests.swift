import ChatModel
import ChatWire
import Testing

/// What servers send over the Responses API beside the textbook's order.
@Suite struct ResponsesDecoderTests {
  private func result(_ payloads: String..., end: StreamEnd = .closed) -> TurnResult {
    ChatWireTests.result(
      of: [Array(payloads.map { "data: \($0)\n\n" }.joined().utf8)], kind: .openaiResponses, end: end)
  }
  private let completed = #"{"type":"response.completed","response":{"id":"r","status":"completed"}}"#

  @Test func theAnswerEndsWithoutAClose() {
    let events = events(
      of: [Array("data: \(completed)\n\n".utf8)], kind: .openaiResponses, end: .cut(ChatError(.network, "")))
    #expect(events == [.reference(.response("r")), .finishReason("stop"), .completed])
  }

  @Test func theEventsNameCountsWhereTheTypeIsMissing() {
    let stream = """
      event: response.output_text.delta
      data: {"delta":"Hi"}

      event: response.completed
      data: {"response":{"id":"r"}}


      """
    let found = ChatWireTests.result(of: [Array(stream.utf8)], kind: .openaiResponses)
    #expect(found.content == "Hi" && found.finishReason == "stop" && found.status == .complete)
  }

  @Test func reasoningComesInParagraphs() {
    let found = result(
      #"{"type":"response.reasoning_summary_part.added","summary_index":0}"#,
      #"{"type":"response.reasoning_summary_text.delta","delta":"a"}"#,
      #"{"type":"response.reasoning_summary_text.done","text":"a"}"#,
      #"{"type":"response.reasoning_summary_part.added","summary_index":1}"#,
      #"{"type":"response.reasoning_summary_text.delta","delta":"b"}"#,
      #"{"type":"response.reasoning_text.delta","delta":"c"}"#, completed)
    #expect(found.reasoning == "a\n\nbc")
  }

  @Test func whatIsSaidTwiceCountsOnce() {
    let item = #"{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{}"}"#
    let found = result(
      #"{"type":"response.output_text.delta","delta":"x"}"#,
      #"{"type":"response.output_text.done","text":"x"}"#,
      #"{"type":"response.output_item.added","output_index":1,"item":\#(item)}"#,
      #"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{}"}"#,
      #"{"type":"response.function_call_arguments.done","item_id":"fc","arguments":"{}"}"#,
      #"{"type":"response.output_item.done","item":\#(item)}"#,
      #"{"type":"response.completed","response":{"output":[{"type":"message","content":[{"type":"output_text","#
        + #""text":"x"}]},\#(item)]}}"#)
    #expect(found.content == "x")
    #expect(found.toolCalls == [ToolCall(id: "c", name: "f", arguments: "{}")])
    #expect(found.finishReason == "tool_calls")
  }

  /// Some servers send a call, or a text, only when it is whole.
  @Test func whatCameInNoPiecesIsTakenWhole() {
    let item = #"{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{}"}"#
    let late = result(#"{"type":"response.output_item.done","item":\#(item)}"#, completed)
    #expect(late.toolCalls == [ToolCall(id: "c", name: "f", arguments: "{}")])
    let last = result(
      #"{"type":"response.completed","response":{"model":"m","output":[{"type":"reasoning","summary":[{"type":"#
        + #""summary_text","text":"t"}]},{"type":"message","content":[{"type":"output_text","text":"x"},"#
        + #"{"type":"refusal","refusal":"no"}]},\#(item)]}}"#)
    #expect(last.content == "x" && last.refusal == "no" && last.reasoning == "t" && last.model == "m")
    #expect(last.toolCalls.count == 1)
  }

  @Test func callsSideBySide() {
    func added(_ index: Int) -> String {
      #"{"type":"response.output_item.added","output_index":\#(index),"item":{"type":"function_call","id":"i\#(index)","#
        + #""call_id":"c\#(index)","name":"f"}}"#
    }
    let found = result(
      added(0), added(2), #"{"type":"response.function_call_arguments.delta","output_index":2,"delta":"b"}"#,
      #"{"type":"response.function_call_arguments.delta","item_id":"i0","delta":"a"}"#, completed)
    #expect(found.toolCalls.map(\.arguments) == ["a", "b"] && found.toolCalls.map(\.id) == ["c0", "c2"])
  }

  @Test(arguments: [
    ("max_output_tokens", "length"), ("content_filter", "content_filter"), ("other", "other"),
  ]) func incomplete(reason: String, finish: String) {
    let found = result(
      #"{"type":"response.incomplete","response":{"id":"r","status":"incomplete","incomplete_details":{"reason":"\#(reason)"},"#
        + #""usage":{"input_tokens":1,"output_tokens":2}}}"#)
    #expect(found.finishReason == finish && found.status == .complete)
    #expect(found.usage == Usage(promptTokens: 1, completionTokens: 2))
  }

  @Test(arguments: [
    (#"{"type":"error","code":"rate_limit_exceeded","message":"slow","param":null}"#, ChatError.Kind.rateLimit, "slow"),
    (#"{"type":"error","error":{"code":"server_error","message":"m"}}"#, .server, "m"),
    (
      #"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"m"}}}"#,
      .server, "m"
    ),
    (#"{"type":"response.failed","response":{"status":"failed","error":null}}"#, .server, "failed"),
    (#"{"type":"response.cancelled","response":{"status":"cancelled"}}"#, .server, "cancelled"),
    (#"{"error":{"message":"m"}}"#, .server, "m"),
  ]) func failures(payload: String, kind: ChatError.Kind, message: String) {
    let found = result(#"{"type":"response.output_text.delta","delta":"half"}"#, payload)
    #expect(found.content == "half" && found.status == .failed)
    #expect(found.error?.kind == kind && found.error?.message.contains(message) == true)
  }

  @Test func aStreamWithoutItsEndIsTruncated() {
    #expect(result(#"{"type":"response.output_text.delta","delta":"half"}"#).status == .truncated)
    #expect(result(#"{"type":"response.created","response":{"id":"r"}}"#).error?.kind == .protocolViolation)
  }

  @Test func aBrokenPieceIsNotPassedOver() {
    for (name, status) in [("response.output_text.delta", TurnStatus.failed), ("ping", .complete)] {
      let stream = "event: \(name)\ndata: {\"delta\":\n\ndata: \(completed)\n\n"
      let found = ChatWireTests.result(of: [Array(stream.utf8)], kind: .openaiResponses)
      #expect(found.status == status && (found.error?.kind == .protocolViolation) == (status == .failed))
    }
  }

  @Test func whatIsNotStoredIsNotContinued() {
    #expect(result(completed).responseID == "r")
    #expect(result(#"{"type":"response.completed","response":{"id":"r","store":false}}"#).responseID == nil)
  }

  @Test func aReplyInOnePiece() {
    let reply =
      #"{"id":"r","object":"response","status":"completed","model":"m","error":null,"output":[{"type":"message","content":"#
      + #"[{"type":"output_text","text":"Hi"}]}],"usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}"#
    let found = ChatWireTests.result(of: [Array(reply.utf8)], kind: .openaiResponses)
    #expect(found.content == "Hi" && found.model == "m" && found.finishReason == "stop" && found.status == .complete)
    #expect(found.usage?.totalTokens == 3)
    let queued = #"{"id":"r","object":"response","status":"queued","output":[]}"#
    #expect(ChatWireTests.result(of: [Array(queued.utf8)], kind: .openaiResponses).error?.kind == .protocolViolation)
    let failed = #"{"id":"r","object":"response","status":"failed","error":{"code":"server_error","message":"m"}}"#
    #expect(ChatWireTests.result(of: [Array(failed.utf8)], kind: .openaiResponses).error?.message == "m")
  }
}

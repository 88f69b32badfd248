import ChatModel
import ChatWire
import Testing

/// The ways in which a run can go.
@Suite struct AssistantsDecoderTests {
  private func result(_ payloads: String..., end: StreamEnd = .closed) -> TurnResult {
    ChatWireTests.result(
      of: [Array(payloads.map { "data: \($0)\n\n" }.joined().utf8)], kind: .openaiAssistants, end: end)
  }
  private func text(_ text: String) -> String {
    #"{"object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{"value":"\#(text)"}}]}}"#
  }
  private func run(_ status: String, _ more: String = "") -> String {
    #"{"object":"thread.run","id":"run_1","model":"m","status":"\#(status)"\#(more)}"#
  }

  @Test func aRunIsNamedAndEnds() {
    let found = result(
      run("queued"), text("Hi"),
      run("completed", #","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}"#))
    #expect(found.content == "Hi" && found.runID == "run_1" && found.model == "m" && found.finishReason == "stop")
    #expect(found.usage?.totalTokens == 3 && found.status == .complete)
  }

  @Test(arguments: [
    (#","incomplete_details":{"reason":"max_completion_tokens"}"#, "length"),
    (#","incomplete_details":{"reason":"max_prompt_tokens"}"#, "length"),
    (#","incomplete_details":{"reason":"content_filter"}"#, "content_filter"), ("", "length"),
  ]) func incomplete(details: String, finish: String) {
    let found = result(text("Hi"), run("incomplete", details))
    #expect(found.finishReason == finish && found.status == .complete && found.content == "Hi")
  }

  @Test(arguments: [
    ("failed", #","last_error":{"code":"rate_limit_exceeded","message":"slow"}"#, ChatError.Kind.rateLimit, "slow"),
    ("failed", "", .server, "failed"), ("expired", "", .server, "expired"), ("cancelled", "", .server, "cancelled"),
  ]) func ended(status: String, more: String, kind: ChatError.Kind, message: String) {
    let found = result(text("half"), run(status, more))
    #expect(found.status == .failed && found.content == "half")
    #expect(found.error?.kind == kind && found.error?.message.contains(message) == true)
  }

  @Test(
    arguments: [
      ("failed", #"{"id":"run_1","last_error":{"code":"server_error","message":"boom"}}"#, "boom"),
      ("failed", #"{"id":"run_1","status":"failed","last_error":{"message":"boom"}}"#, "boom"),
      ("failed", #"{"object":"thread.run","status":"in_progress"}"#, "failed"), ("failed", "{}", "failed"),
      ("expired", #"{"id":"run_1"}"#, "expired"), ("cancelled", #"{"id":"run_1"}"#, "cancelled"),
      ("completed", #"{"object":"thread.run","status":"failed"}"#, "failed"),
    ]) func theEventsNameTellsHowItEnded(name: String, data: String, message: String)
  {
    let stream = "data: \(text("half"))\n\nevent: thread.run.\(name)\ndata: \(data)\n\nevent: done\ndata: [DONE]\n\n"
    let found = ChatWireTests.result(of: [Array(stream.utf8)], kind: .openaiAssistants)
    #expect(found.status == .failed && found.content == "half")
    #expect(found.error?.message.contains(message) == true)
  }

  @Test(arguments: [
    ("completed", "{}", "stop"),
    ("incomplete", #"{"incomplete_details":{"reason":"content_filter"}}"#, "content_filter"),
    ("requires_action", #"{"object":"thread.run","status":"in_progress"}"#, "tool_calls"),
  ]) func theEventsNameTellsThatItIsOver(name: String, data: String, finish: String) {
    let stream = "event: thread.run.\(name)\ndata: \(data)\n\n"
    let found = ChatWireTests.result(of: [Array(stream.utf8)], kind: .openaiAssistants)
    #expect(found.status == .complete && found.finishReason == finish)
  }

  @Test func theEndOfAStepIsNotTheRuns() {
    let stream = "event: thread.run.step.failed\ndata: {}\n\ndata: \(text("Hi"))\n\ndata: \(run("completed"))\n\n"
    #expect(ChatWireTests.result(of: [Array(stream.utf8)], kind: .openaiAssistants).status == .complete)
  }

  @Test func aRunThatGoesOnIsTruncated() {
    #expect(result(run("in_progress"), text("half")).status == .truncated)
    #expect(result(run("cancelling"), text("half")).status == .truncated)
  }

  @Test func callsCountOnce() {
    func step(_ step: String, _ call: String) -> String {
      #"{"object":"thread.run.step.delta","id":"\#(step)","delta":{"step_details":{"type":"tool_calls","tool_calls":[\#(call)]}}}"#
    }
    let action =
      #","required_action":{"submit_tool_outputs":{"tool_calls":[{"id":"a","type":"function","function":{"name":"f","#
      + #""arguments":"{}"}},{"id":"c","type":"function","function":{"name":"h","arguments":"[]"}}]}}"#
    let found = result(
      step("s1", #"{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}"#),
      step("s1", #"{"index":0,"type":"function","function":{"arguments":"{"}}"#),
      step("s1", #"{"index":1,"id":"x","type":"code_interpreter","code_interpreter":{"input":"1"}}"#),
      step("s2", #"{"index":0,"id":"b","type":"function","function":{"name":"g"}}"#),
      step("s1", #"{"index":0,"type":"function","function":{"arguments":"}"}}"#), run("requires_action", action))
    #expect(
      found.toolCalls == [
        ToolCall(id: "a", name: "f", arguments: "{}"), ToolCall(id: "b", name: "g", arguments: ""),
        ToolCall(id: "c", name: "h", arguments: "[]"),
      ])
    #expect(found.finishReason == "tool_calls" && found.status == .complete)
  }

  @Test func refusalsAndErrors() {
    let refusal = #"{"object":"thread.message.delta","delta":{"content":[{"type":"refusal","refusal":"no"}]}}"#
    #expect(result(refusal, run("completed")).refusal == "no")
    let stream = "event: error\ndata: {\"code\":\"server_error\",\"message\":\"m\"}\n\n"
    #expect(ChatWireTests.result(of: [Array(stream.utf8)], kind: .openaiAssistants).error?.message == "m")
    #expect(result(#"{"error":{"message":"m"}}"#).error?.message == "m")
  }
}

import ChatModel
import ChatWire
import Testing

/// What chunks of the chat API come to, also where they are not as the API says.
@Suite struct ChatCompletionsDecoderTests {
  /// The result of chunks with these `choices[0].delta` objects, ended by `[DONE]`.
  private func result(ofDeltas deltas: String...) -> TurnResult {
    let chunks = deltas.map { "data: {\"choices\":[{\"index\":0,\"delta\":\($0)}]}\n\n" }
    return ChatWireTests.result(of: [Array((chunks.joined() + "data: [DONE]\n\n").utf8)])
  }

  @Test func eventsComeInOrderAndTheModelOnce() {
    let chunk =
      #"{"model":"m","choices":[{"delta":{"content":"a","reasoning":"r","refusal":"no"},"finish_reason":"stop"}],"#
      + #""usage":{"prompt_tokens":1,"completion_tokens":2.0,"total_tokens":"3"}}"#
    let found = events(of: [Array("data: \(chunk)\n\ndata: {\"model\":\"m\",\"choices\":[]}\n\ndata: [DONE]\n\n".utf8)])
    #expect(
      found == [
        .model("m"), .reasoning("r"), .text("a"), .refusal("no"), .finishReason("stop"),
        .usage(Usage(promptTokens: 1, completionTokens: 2, totalTokens: 3)), .completed,
      ])
  }

  @Test func reasoningUnderTwoNamesCountsOnce() {
    #expect(result(ofDeltas: #"{"reasoning":"so","reasoning_content":"so"}"#).reasoning == "so")
    #expect(result(ofDeltas: #"{"reasoning":"so","reasoning_content":null}"#).reasoning == "so")
    #expect(result(ofDeltas: #"{"reasoning":"","reasoning_content":""}"#).reasoning == nil)
  }

  @Test func contentMayBeParts() {
    let found = result(
      ofDeltas: #"{"content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{}},"b"]}"#,
      #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"refusal","refusal":"no"}]}"#,
      #"{"content":{"type":"text","text":"c"}}"#)
    #expect(found.chunks == ["ab", "c"])
    #expect(found.reasoning == "hm")
    #expect(found.refusal == "no")
  }

  @Test func aWrongTypeInOneFieldLosesNoOther() {
    let found = ChatWireTests.result(
      ofData: #"{"model":7,"usage":"x","choices":[{"index":"0","delta":{"content":"a","refusal":3,"tool_calls":"x"},"#
        + #""finish_reason":{}}]}"#, #"{"choices":{},"model":"m"}"#, "null", "[]", "[DONE]")
    #expect(found.content == "a")
    #expect(found.model == "m")
    #expect(found.status == .complete)
  }

  @Test func emptyValuesOverwriteNothing() {
    let found = ChatWireTests.result(
      ofData: #"{"model":"m","choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}"#,
      #"{"model":"","choices":[{"delta":{},"finish_reason":""}],"usage":{}}"#,
      #"{"model":null,"choices":[{"finish_reason":null}],"usage":null}"#, "[DONE]")
    #expect(found.model == "m")
    #expect(found.finishReason == "stop")
    #expect(found.usage == Usage(totalTokens: 3))
  }

  @Test func brokenTextIsRepaired() {
    #expect(result(ofDeltas: #"{"content":"a\ud83d"}"#, #"{"content":"b"}"#).content == "a\u{FFFD}b")
    let bytes =
      Array(#"data: {"choices":[{"delta":{"content":"x"#.utf8) + [0xFF] + Array("\"}}]}\n\ndata: [DONE]\n\n".utf8)
    #expect(ChatWireTests.result(of: [bytes]).content == "x\u{FFFD}")
  }

  @Test func toolCallsAreTakenHoweverIncomplete() {
    let found = result(
      ofDeltas: #"{"tool_calls":[{"index":123456789012345678901,"id":"a","function":{"name":"f","arguments":null}}]}"#,
      #"{"tool_calls":[{"index":123456789012345678901,"id":"","function":{"name":null,"arguments":"{}"}}]}"#,
      #"{"tool_calls":[{"index":1.0,"id":null,"function":{"name":"g","arguments":{"y":1,"x":"é/"}}}]}"#,
      #"{"tool_calls":[{"index":2},null,{"function":null}],"content":""}"#, #"{"tool_calls":null}"#)
    #expect(
      found.toolCalls == [
        ToolCall(id: "a", name: "f", arguments: "{}"), ToolCall(id: nil, name: "g", arguments: #"{"x":"é/","y":1}"#),
      ])
  }

  @Test func callsSideBySideAreDifferentOnes() {
    let found = result(
      ofDeltas: #"{"tool_calls":[{"function":{"name":"f","arguments":"1"}},{"function":{"name":"g","arguments":"2"}}]}"#
    )
    #expect(
      found.toolCalls == [
        ToolCall(id: nil, name: "f", arguments: "1"), ToolCall(id: nil, name: "g", arguments: "2"),
      ])
  }

  @Test func theOldFunctionCallStaysApartFromToolCalls() {
    let found = result(
      ofDeltas: #"{"function_call":{"name":"old","arguments":"{"}}"#,
      #"{"tool_calls":[{"index":0,"id":"n","function":{"name":"new","arguments":"1"}}]}"#,
      #"{"function_call":{"arguments":"}"}}"#)
    #expect(
      found.toolCalls == [
        ToolCall(id: nil, name: "old", arguments: "{}"), ToolCall(id: "n", name: "new", arguments: "1"),
      ])
  }

  @Test func aWholeMessageInAStreamIsShownOnce() {
    let message = #"{"choices":[{"message":{"content":"all of it"},"finish_reason":"stop"}]}"#
    #expect(ChatWireTests.result(ofData: message).content == "all of it")
    let after = ChatWireTests.result(ofData: #"{"choices":[{"delta":{"content":"all of it"}}]}"#, message, "[DONE]")
    #expect(after.content == "all of it")
    #expect(after.status == .complete)
  }
}

import ChatModel
import ChatWire
import Testing

/// How responses begin, break and end, whatever the wire.
@Suite struct ResponseDecoderTests {
  private let text = #"{"choices":[{"delta":{"content":"a"}}]}"#
  private let finish = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#
  private let reset = ChatError(.network, "Connection reset by peer")

  @Test func onlyTheExactWordEndsAStream() {
    #expect(result(ofData: text, "[DONE]").status == .complete)
    #expect(result(ofData: text, " [DONE]").error?.kind == .protocolViolation)
    #expect(result(ofData: text, "[done]").error?.kind == .protocolViolation)
    #expect(result(ofData: text).error?.kind == .truncated)
  }

  @Test(arguments: ["data: [DONE]", "data: [DONE]\n", "data:[DONE]\r", "\ndata: [DONE]\r\n"])
  func theLastWordNeedsNoLineEnd(_ ending: String) {
    #expect(result(of: [Array("data: \(text)\n\n".utf8), Array(ending.utf8)]).status == .complete)
    #expect(result(of: [Array("data: \(text)\n\n\(ending)".utf8)], end: .cut(reset)).status == .complete)
  }

  @Test func anUnendedEventIsDroppedUnlessItIsAnError() {
    let dropped = result(of: [Array("data: \(text)\n\ndata: \(text)\n".utf8)])
    #expect(dropped.content == "a")
    #expect(dropped.error?.kind == .truncated)
    let failed = result(of: [Array("data: \(text)\n\ndata: {\"error\":{\"message\":\"boom\"}}".utf8)])
    #expect(failed.error?.message == "boom")
  }

  @Test func nothingCountsAfterTheEnd() {
    var decoder = ResponseDecoder(kind: .openai, head: nil)
    #expect(decoder.consume(Array("data: [DONE]\n\ndata: \(text)\n\n".utf8)) == [.completed])
    #expect(decoder.consume(Array("data: \(text)\n\n".utf8)).isEmpty)
    #expect(decoder.finish(.cut(reset)).isEmpty)
  }

  @Test func aCutIsTheNetworksErrorUntilContentCame() {
    #expect(result(of: [], end: .cut(reset)).error == reset)
    let truncated = result(ofData: text, end: .cut(reset))
    #expect(truncated.status == .truncated)
    #expect(truncated.error?.message.contains(reset.message) == true)
    #expect(result(ofData: text, finish, end: .cut(reset)).status == .complete)
    let timeout = ChatError(.timeoutChunk, "slow")
    #expect(result(ofData: text, end: .cut(timeout)).error == timeout)
  }

  @Test func badJSONEndsAnAnswerThatIsNotWhole() {
    let bad = result(ofData: text, #"{"choices":[,]}"#, text)
    #expect(bad.content == "a")
    #expect(bad.error?.kind == .protocolViolation)
    #expect(result(ofData: text, finish, "[DONE] ").status == .complete)
  }

  @Test func keepAlivesOfAllSortsAreNoNews() {
    let stream = ": ping\n\nevent: ping\ndata: 12:30\n\ndata:\n\ndata: {}\n\ndata: \(text)\n\ndata: [DONE]\n\n"
    #expect(result(of: [Array(stream.utf8)]).chunks == ["a"])
    #expect(result(of: [Array(stream.utf8)]).status == .complete)
  }

  @Test(arguments: [
    ("", "without an answer"), (" \n\n", "without an answer"), (": ping\n\n", "without an answer"),
    ("{}", "no answer"), ("[]", "no answer"), (#"{"object":"list","data":[]}"#, "no answer"),
    ("<!DOCTYPE html><title>Welcome &amp; hello</title>", "web page (Welcome & hello)"), ("<p>x</p>", "web page"),
    ("<p>", "not valid JSON"),
    (#"{"done":false}"# + "\n" + #"{"done":true}"#, "not valid JSON"),
    ("Bad gateway", "without an answer (it sent x/y)"),
  ]) func aGoodStatusWithoutAnAnswerIsAnError(body: String, message: String) {
    let head = HTTPHead(status: 200, headers: [HTTPField("Content-Type", "x/y")])
    for pieces in [[Array(body.utf8)], Array(body.utf8).map { [$0] }] {
      let found = result(of: pieces, head: head)
      #expect(found.error?.kind == .protocolViolation)
      #expect(found.error?.message.contains(message) == true)
      #expect(found.error?.status == nil)
    }
  }

  @Test func aReplyInOnePieceIsShown() {
    let reply =
      #"{"model":"m","choices":[{"index":0,"message":{"content":"hi","tool_calls":[{"function":{"name":"f"}},"#
      + #"{"function":{"name":"g"}}]}}]}"#
    for pieces in [[Array(reply.utf8)], Array("\u{FEFF}\r\n\(reply)\n".utf8).map { [$0] }] {
      let found = result(of: pieces)
      #expect(found.content == "hi")
      #expect(found.toolCalls.map(\.name) == ["f", "g"])
      #expect(found.status == .complete)
    }
    #expect(result(of: [Array(reply.prefix(40).utf8)], end: .cut(reset)).error == reset)
  }

  @Test(arguments: ["error: {\"code\":500,\"message\":\"slot gone\"}\n", "{\"error\":{\"message\":\"slot gone\"}}\n"])
  func anErrorThatIsNoEventFailsTheStream(_ line: String) {
    let bytes = Array("data: \(text)\n\n\(line)\ndata: \(text)\n\ndata: [DONE]\n\n".utf8)
    for pieces in [[bytes], bytes.map { [$0] }] {
      let found = result(of: pieces)
      #expect(found.content == "a")
      #expect(found.error?.message == "slot gone")
      #expect(found.error?.kind == .server)
    }
  }

  @Test func anEndlessEventIsNotKeptForEver() {
    var decoder = ResponseDecoder(kind: .openai, head: nil)
    _ = decoder.consume(Array("data: ".utf8))
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    var found: [ChatEvent] = []
    for _ in 0..<20 { found += decoder.consume(piece) }
    #expect(found.count == 1)
  }

  @Test func anEndlessErrorBodyIsCut() {
    var decoder = ResponseDecoder(kind: .openai, head: HTTPHead(status: 500))
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
    for _ in 0..<20 { _ = decoder.consume(piece) }
    guard case .failed(let error)? = decoder.finish(.closed).last else {
      Issue.record("no failure")
      return
    }
    #expect(error.message.count < 700)
  }
}

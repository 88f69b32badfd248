import ChatModel
import Glibc
import Testing

@testable import aichat_tui

struct OutputTests {
  @Test func textsOfJSON() {
    #expect(JSONText.string("a\"b\\c\n\r\t\u{0}\u{1B}é漢") == #""a\"b\\c\n\r\t\u0000\u001bé漢""#)
    // What reorders or hides text on a terminal is escaped, a pair where it must be.
    #expect(JSONText.string("\u{9B}\u{202E}\u{2028}\u{200B}\u{E0041}") == #""\u009b\u202e\u2028\u200b\udb40\udc41""#)
    #expect(JSONText.number(6.5) == "6.5" && JSONText.number(7.0) == "7" && JSONText.number(Double.nan) == "null")
  }

  @Test func theResultIsTheOneThatScriptsKnow() {
    var result = TurnResult()
    result.content = "hi"
    result.chunks = ["h", "i"]
    result.model = "gpt-4o"
    result.finishReason = "tool_calls"
    result.usage = Usage(promptTokens: 9, completionTokens: nil, totalTokens: 21)
    result.toolCalls = [ToolCall(id: nil, name: "get", arguments: #"{"a":1}"#)]
    result.status = .failed
    result.error = ChatError(.rateLimit, "slow", status: 429, retryAfter: 6.5)
    result.timing = TurnTiming(firstChunk: .milliseconds(210), total: .seconds(1.84))
    let expected =
      #"{"index":3,"prompt":"p","content":"hi","reasoning":null,"refusal":null,"model":"gpt-4o","#
      + #""finish_reason":"tool_calls","usage":{"prompt_tokens":9,"completion_tokens":null,"total_tokens":21},"#
      + #""tool_calls":[{"id":null,"type":"function","function":{"name":"get","arguments":"{\"a\":1}"}}],"#
      + #""chunks":2,"status":"failed","error":{"kind":"rate_limit","status":429,"message":"slow","retry_after":6.5},"#
      + #""timing":{"first_chunk_ms":210,"total_ms":1840}}"#
    #expect(ResultJSON.line(index: 3, prompt: "p", result) == expected)
  }

  @Test(
    arguments: [
      (.complete, nil, nil), (.cancelled, nil, nil),
      (.timedOut, ChatError(.timeoutChunk, "x"), "[Timeout - partial response]"),
      (.truncated, ChatError(.truncated, "x"), "[Response truncated due to error]"),
      (.failed, ChatError(.auth, "no", status: 401, remedy: "Set K"), "[Auth Error: no. Set K]"),
      (.failed, ChatError(.rateLimit, "slow", status: 429), "[HTTP Error 429: slow]"),
      (.failed, ChatError(.tls, "bad"), "[Network Error: bad]"),
      (.failed, ChatError(.server, "a\n\u{1B}b"), "[Unexpected Error: a ␛b]"),
    ] as [(TurnStatus, ChatError?, String?)])
  func endLines(_ status: TurnStatus, _ error: ChatError?, _ line: String?) {
    var result = TurnResult()
    result.status = status
    result.error = error
    #expect(EndLine.text(result) == line)
  }

  @Test func aFailureAfterTextTellsTheReasonOnTheSameLine() {
    var result = TurnResult()
    result.content = "half"
    result.status = .failed
    result.error = ChatError(.server, "boom\nbang")
    #expect(EndLine.text(result) == "[Response truncated due to error] Server error: boom bang")
  }

  @Test func everyKindOfErrorHasItsCode() {
    let codes = ChatError.Kind.allCases.map { ExitCode($0).rawValue }
    #expect(codes == [77, 78, 78, 65, 65, 75, 75, 69, 69, 76, 76, 124, 124, 124, 124, 70])
  }

  @Test(
    arguments: [
      ("/help", .help), ("/prompt", .listPrompts), ("/prompt  code reviewer", .usePrompt("code reviewer")),
      ("/retry", .retry(model: nil)), ("/retry gpt-4o", .retry(model: "gpt-4o")),
      ("/title By train", .title("By train")), ("/clear", .clear), ("/rety", .unknown("/rety")), ("/etc/hosts?", nil),
      ("hello", nil), ("/compare a b", .compare),
    ] as [(String, PlainInput?)])
  func plainInput(_ line: String, _ command: PlainInput?) {
    #expect(PlainInput(line) == command)
  }

  @Test func theTemplateIsValidHoweverItIsCutAndChanged() throws {
    let text = ConfigurationTemplate.text
    #expect(try ConfigurationFile(text: text, path: "c.json").providers.isEmpty)
    // Without its comment marks it is a broken file at worst, never a crash.
    var seed: UInt64 = 1
    for _ in 0..<500 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bytes = Array(text.replacing("// ", with: "").utf8)
      bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 25)
      bytes.removeSubrange((Int(seed >> 13) % bytes.count)...)
      _ = try? ConfigurationFile(text: String(decoding: bytes, as: UTF8.self), path: "c.json")
    }
  }

  @Test func aSecretIsBlottedOut() {
    #expect(Secret("sk-12345").blotted(in: "no sk-12345, sk-12345") == "no •••, •••")
    #expect(Secret("a").blotted(in: "banana") == "banana")
  }

  @Test(arguments: [
    ("one\ntwo\n", "[7] one\n[7] two\n"), ("one", "[7] one\n"), ("\n\nx", "[7] \n[7] \n[7] x\n"), ("", ""),
    ("a\r\nb\r", "[7] a\r\n[7] b\r\n"), ("e\u{301}\u{2028}\n", "[7] e\u{301}\u{2028}\n"),
  ])
  func everyLineHasThePrefixHoweverItComes(_ text: String, _ expected: String) throws {
    let scalars = Array(text.unicodeScalars)
    for size in 1...max(1, scalars.count) {
      let file = Scratchpad()
      var printer = AnswerPrinter(Console(output: file.descriptor), linePrefix: "[7] ")
      for start in stride(from: 0, to: scalars.count, by: size) {
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: scalars[start..<min(start + size, scalars.count)])
        try printer.print([.text(String(piece))])
        let soFar = file.text
        #expect(soFar.isEmpty || soFar.utf8.last == UInt8(ascii: "\n"), "only whole lines are written: \(soFar)")
      }
      try printer.finish()
      #expect(file.text == expected)
    }
  }
}

/// A file without a name, to look at what was written.
private final class Scratchpad {
  let descriptor: Int32

  init() {
    var template = Array("/tmp/aichat-tui-pad-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    unlink(template)
  }

  deinit { close(descriptor) }

  var text: String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

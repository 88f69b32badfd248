import TestSupport
import Testing

/// The library, from a program that imports nothing else.
struct LibraryTests {
  @Test func theExampleAsksTwiceAndGetsEverything() async throws {
    let server = try FaultServer { _ in
      [
        .head(200), .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"one "}}]}"# + "\n\n"),
        .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"two"}}]}"# + "\n\n"),
        .chunk(#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\n"),
        .chunk(#"data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"# + "\n\n"),
        .chunk("data: [DONE]\n\n"), .end,
      ]
    }
    let outcome = try await Program.run([server.url + "/v1", "m", "Hello"], of: "LibraryExample")
    #expect(
      outcome.output == """
        piece: one \npiece: two
        ended: complete
        complete: one two
        collected: 2 = 2 chunks, stop, 7 tokens
        turns: 2

        """, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.code == 0)
    #expect(server.requests.last?.bodyText.contains("one two") == true, "the talk goes on")
  }

  @Test func aFailureKeepsWhatCame() async throws {
    let server = try FaultServer { _ in
      [
        .head(200), .chunk(#"data: {"choices":[{"index":0,"delta":{"content":"half"}}]}"# + "\n\n"), .halfChunk(""),
        .close,
      ]
    }
    let outcome = try await Program.run([server.url + "/v1", "m", "Hello"], of: "LibraryExample")
    #expect(outcome.output.contains("ended: truncated\ncomplete: half\ncollected: 1 = 1 chunks, ?, 0 tokens\nerror: "))
  }
}

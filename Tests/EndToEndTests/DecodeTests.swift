import Foundation
import TestSupport
import Testing

/// `decode` on the bytes that servers send.
struct DecodeTests {
  private struct EventLine: Decodable, Equatable {
    var event: String
    var data: String
    var id: String
  }

  @Test(arguments: SSECase.all) func everyEventIsALine(_ sse: SSECase) async throws {
    let outcome = try await Program.run(["decode", "--events"], input: Array(sse.chunks.joined()))
    let lines = outcome.output.split(separator: "\n")
    let events = try lines.map { try JSONDecoder().decode(EventLine.self, from: Data($0.utf8)) }
    #expect(events == sse.events.map { EventLine(event: $0.event ?? "message", data: $0.data, id: $0.id) })
    #expect(outcome.code == 0)
  }

  @Test(arguments: StreamCase.chat.filter { $0.status == 200 && $0.end == "close" })
  func anAnswerIsDecodedAsFromTheWire(_ stream: StreamCase) async throws {
    let input = Array(stream.chunks.joined())
    let outcome = try await Program.run(["decode", "--json"], input: input)
    let line = try ResultLine(outcome)
    #expect(line.content == stream.expect.text)
    #expect(line.prompt == nil)
    #expect((outcome.code == 0) == (stream.expect.outcome == "ok"))
  }

  @Test func textAndEndLine() async throws {
    let text = #"data: {"choices":[{"index":0,"delta":{"content":"so \u001b[2J"}}]}"# + "\n\n"
    let outcome = try await Program.run(["decode", "--provider", "azure-openai"], input: Array(text.utf8))
    #expect(outcome.output == "so \u{1B}[2J")
    #expect(outcome.errors == "[Response truncated due to error]\n")
    #expect(outcome.code == 76)
  }

  @Test func theEventsComeAsTheyAreComplete() async throws {
    // A provider that does not exist is a mistake before anything is read.
    let outcome = try await Program.run(["decode", "--provider", "opnai"], input: [])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("openai"))
  }
}

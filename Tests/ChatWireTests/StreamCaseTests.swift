import ChatModel
import ChatWire
import TestSupport
import Testing

/// Every case of the fixture however its bytes are cut.
@Suite struct StreamCaseTests {
  @Test func theFixtureIsThere() {
    #expect(StreamCase.all.count > 60)
  }

  @Test(arguments: StreamCase.all) func asGiven(_ stream: StreamCase) throws {
    try expect(stream, stream.chunks.map(Array.init))
  }

  @Test(arguments: StreamCase.all) func byteByByte(_ stream: StreamCase) throws {
    try expect(stream, stream.chunks.joined().map { [$0] })
  }

  @Test(arguments: StreamCase.all) func cutAtRandom(_ stream: StreamCase) throws {
    var generator = SeededGenerator(state: 20_26)
    let bytes = Array(stream.chunks.joined())
    for longest in [3, 17, 100, 1000] {
      try expect(stream, randomPieces(bytes, longest: longest, using: &generator))
    }
  }

  /// Whatever bytes arrive, nothing traps, one end comes, and it comes last.
  @Test(arguments: StreamCase.all) func damagedBytesEndOnce(_ stream: StreamCase) {
    var generator = SeededGenerator(state: UInt64(stream.name.utf8.count))
    let bytes = Array(stream.chunks.joined())
    for _ in 0..<8 where !bytes.isEmpty {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      damaged.removeLast(Int.random(in: 0..<bytes.count, using: &generator) / 4)
      let pieces = randomPieces(damaged, longest: 300, using: &generator)
      let events = events(of: pieces, kind: stream.kind, head: stream.head, end: stream.streamEnd)
      #expect(events.firstIndex { $0 == .completed || isFailure($0) } == events.indices.last)
    }
  }

  private func expect(_ stream: StreamCase, _ pieces: [[UInt8]]) throws {
    let events = events(of: pieces, kind: stream.kind, head: stream.head, end: stream.streamEnd)
    #expect(events.filter { $0 == .completed || isFailure($0) }.count == 1)
    #expect(events.last.map { $0 == .completed || isFailure($0) } == true)
    var accumulator = TurnAccumulator()
    for event in events { accumulator.add(event) }
    let result = accumulator.result
    let expected = stream.expect
    #expect(result.content == expected.text)
    #expect(result.finishReason == stream.finishReason)
    #expect(result.model == expected.model)
    #expect(result.reasoning == expected.reasoning)
    #expect(result.refusal == expected.refusal)
    #expect(
      result.usage
        == expected.usage.map {
          Usage(promptTokens: $0.prompt, completionTokens: $0.completion, totalTokens: $0.total)
        })
    #expect(
      result.toolCalls
        == expected.toolCalls.map { ToolCall(id: $0.id.isEmpty ? nil : $0.id, name: $0.name, arguments: $0.arguments) })
    switch expected.outcome {
    case "ok": #expect(result.status == .complete)
    case "truncated":
      #expect(result.status == .truncated)
      #expect(result.error?.kind == .truncated)
    case "empty":
      #expect(result.status == .failed)
      #expect(result.error?.kind == .protocolViolation)
    default: #expect(result.status == .failed)
    }
    guard let failure = expected.error else { return }
    let error = try #require(result.error)
    #expect(error.status == failure.status)
    #expect(!error.message.isEmpty)
    if let message = failure.message, !message.isEmpty { #expect(error.message.contains(message)) }
    if case .string(let code)? = failure.code { #expect(error.code == code) }
    if case .integer(let code)? = failure.code { #expect(error.code == String(code)) }
    if failure.code == nil, let type = failure.type { #expect(error.code == type) }
    #expect(error.retryAfter == failure.retryAfter)
  }

  private func isFailure(_ event: ChatEvent) -> Bool {
    if case .failed = event { return true }
    return false
  }
}

import ChatWire
import TestSupport
import Testing

@Suite struct SSEParserTests {
  @Test func theFixtureIsThere() {
    #expect(SSECase.all.count > 50)
  }

  @Test(arguments: SSECase.all) func asGivenAndByteByByte(_ sse: SSECase) {
    let pieces = sse.chunks.map(Array.init)
    expect(sse, pieces)
    expect(sse, pieces.joined().map { [$0] })
  }

  @Test(arguments: SSECase.all) func atEverySplit(_ sse: SSECase) {
    let bytes = Array(sse.chunks.joined())
    // All places cost the square of the length: the few long cases are cut near their ends and at some places within.
    let stride = bytes.count > 2000 ? bytes.count / 16 : 1
    for cut in 0...bytes.count where cut % stride == 0 || min(cut, bytes.count - cut) < 8 {
      expect(sse, [Array(bytes[..<cut]), Array(bytes[cut...])])
    }
  }

  @Test func theEndLeavesWhatNoBlankLineEnded() {
    var parser = SSEParser()
    #expect(parser.consume(Array("data: a\n\nevent: x\ndata: [DO".utf8)).map(\.text) == ["a"])
    #expect(parser.consume(Array("NE]".utf8)).isEmpty)
    #expect(parser.finish()?.text == "[DONE]")
    #expect(parser.finish() == nil)
  }

  @Test func aLongLineInSmallPiecesCostsNoMoreThanItsLength() {
    var parser = SSEParser()
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64)
    _ = parser.consume(Array("data: ".utf8))
    for _ in 0..<40_000 { _ = parser.consume(piece) }
    #expect(parser.consume(Array("\n\n".utf8)).first?.data.count == 40_000 * 64)
  }

  private func expect(_ sse: SSECase, _ pieces: [[UInt8]], location: SourceLocation = #_sourceLocation) {
    var parser = SSEParser()
    let events = pieces.flatMap { parser.consume($0) }
    let found = events.map { SSECase.Event(event: $0.event, data: $0.text, id: $0.id) }
    if found != sse.events || parser.retry != sse.retry {
      Issue.record("\(sse.name) in pieces of \(pieces.map(\.count).prefix(8)): \(found)", sourceLocation: location)
    }
  }
}

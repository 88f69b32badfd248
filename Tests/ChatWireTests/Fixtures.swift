import ChatModel
import ChatWire
import TestSupport
import Testing

/// The result of a response given in these pieces.
func result(
  of pieces: [[UInt8]], kind: ProviderKind = .openai, head: HTTPHead? = nil, end: StreamEnd = .closed
) -> TurnResult {
  var accumulator = TurnAccumulator()
  for event in events(of: pieces, kind: kind, head: head, end: end) { accumulator.add(event) }
  return accumulator.result
}

/// The events of a response given in these pieces.
func events(
  of pieces: [[UInt8]], kind: ProviderKind = .openai, head: HTTPHead? = nil, end: StreamEnd = .closed
) -> [ChatEvent] {
  var decoder = ResponseDecoder(kind: kind, head: head)
  var events: [ChatEvent] = []
  for piece in pieces { events += decoder.consume(piece) }
  return events + decoder.finish(end)
}

/// The result of a chat stream of these `data` payloads.
func result(ofData payloads: String..., end: StreamEnd = .closed) -> TurnResult {
  result(of: [Array(payloads.map { "data: \($0)\n\n" }.joined().utf8)], end: end)
}

/// The bytes cut at random places into pieces of at most `longest`, some of them empty.
func randomPieces(_ bytes: [UInt8], longest: Int, using generator: inout SeededGenerator) -> [[UInt8]] {
  var pieces: [[UInt8]] = []
  var start = 0
  while start < bytes.count {
    let end = min(bytes.count, start + Int.random(in: 0...longest, using: &generator))
    pieces.append(Array(bytes[start..<end]))
    start = end
  }
  return pieces
}

import ChatModel
import ChatScreen
import ChatWire
import Foundation
import TerminalModel
import TestSupport
import Testing

@testable import aichat_tui

/// Numbers that no type of ours holds, wherever a number may stand: whatever comes of them, nothing traps.
@Suite struct ExtremeNumberTests {
  private static let numbers = [
    "0", "-1", "0.5", "1e-300", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "9.3e18", "1e19",
    "-1e19", "18446744073709551616", "1e300", "-1e300", "1e999", "-1e999", String(repeating: "9", count: 400),
    "NaN", "Infinity", "-Infinity", "\"1e300\"", "\"-9223372036854775808\"",
  ]

  /// All streams, as they stand between their JSON numbers.
  private static let streams = StreamCase.all.map { stream in
    let text = stream.chunks.map { String(decoding: $0, as: UTF8.self) }.joined()
    return (stream: stream, parts: parts(of: text))
  }

  private static func parts(of text: String) -> [String] {
    text.replacing(#/([:\[,]\s*)-?\d+(?:\.\d+)?(?=\s*[,}\]])/#) { "\($0.output.1)\u{1}" }
      .split(separator: "\u{1}", omittingEmptySubsequences: false).map(String.init)
  }

  /// A turn as the full screen and scripts get to see it.
  private func show(_ events: [ChatEvent]) -> TurnResult {
    var accumulator = TurnAccumulator()
    var state = AppState(size: Size(columns: 80, rows: 24), provider: "p")
    _ = state.apply(.input(.paste("q")), at: .zero)
    _ = state.apply(.input(.key(Key(.enter))), at: .zero)
    let turn = TurnID(1)
    _ = state.apply(.session(SessionUpdate(turn: turn, change: .started(prompt: "q"))), at: .zero)
    for event in events { accumulator.add(event) }
    _ = state.apply(.session(SessionUpdate(turn: turn, change: .events(events))), at: .seconds(1))
    _ = state.apply(.tick, at: .seconds(3))
    _ = Screen.render(state)
    let result = accumulator.result
    _ = state.apply(.session(SessionUpdate(turn: turn, change: .finished(result))), at: .seconds(4))
    _ = Screen.render(state)
    return result
  }

  @Test(arguments: numbers) func inEveryFieldOfAnAnswer(_ number: String) throws {
    for (stream, parts) in Self.streams where parts.count > 1 && parts.count < 500 {
      let text = parts.joined(separator: number)
      var decoder = ResponseDecoder(kind: stream.kind, head: stream.head)
      let result = show(decoder.consume(Array(text.utf8)) + decoder.finish(stream.streamEnd))
      let line = ResultJSON.line(index: 0, prompt: nil, result)
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
      _ = EndLine.text(result)
    }
  }

  @Test(arguments: numbers) func inEveryHeaderThatAsksToWait(_ number: String) throws {
    for name in ["retry-after", "retry-after-ms", "content-length", "x-ratelimit-reset"] {
      let head = HTTPHead(status: 429, headers: [HTTPField(name, number)], receivedAt: 1)
      var decoder = ResponseDecoder(kind: .openai, head: head)
      let result = show(decoder.finish(.closed))
      #expect(result.error?.retryAfter.map { $0 >= 0 && $0 <= 1e9 } ?? true)
      _ = ResultJSON.line(index: 0, prompt: nil, result)
    }
  }

  @Test(arguments: numbers) func inEveryOptionAndKey(_ number: String) {
    let number = number.replacing("\"", with: "")
    let environment = Environment(process: ["OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"])
    func settle(_ arguments: [String], _ file: String) {
      guard let options = try? Options(arguments: ["ask", "--provider", "openai"] + arguments),
        let file = try? ConfigurationFile(text: file, path: "c.json")
      else { return }
      let sources = ConfigurationSources(options: options, environment: environment, file: file)
      guard let configuration = try? Configuration(sources, need: .turn) else { return }
      let timeouts = configuration.timeouts
      for length in [timeouts.connect, timeouts.firstChunk, timeouts.chunk, timeouts.total] {
        // A turn adds them to its times.
        #expect(length.map { $0 + $0 >= .zero } ?? true)
      }
      let request = ChatRequest(messages: [], parameters: configuration.parameters)
      _ = try? configuration.provider.chatRequest(request)
    }
    for option in [
      "temperature", "top-p", "max-tokens", "seed", "connect-timeout", "first-chunk-timeout", "chunk-timeout",
      "total-timeout", "retries",
    ] {
      settle(["--\(option)=\(number)"], "{}")
      let key = option.replacing("-", with: "_")
      settle([], "{ \(key): \(number) }")
      settle([], "{ timeouts: { \(key.replacing("_timeout", with: "")): \(number) } }")
      settle([], "{ providers: { openai: { \(key): \(number), extra_body: { n: \(number) } } } }")
    }
    for hex in ["0x7FFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF", "-0x-8000000000000000"] {
      settle([], "{ retries: \(hex) }")
    }
  }

  @Test(arguments: numbers) func inTheLifeOfAToken(_ number: String) throws {
    for name in ["expires_on", "expires_in", "expiresOn"] {
      let printed = try? PrintedCredential.read(#"{"token":"t","\#(name)":\#(number)}"#, .token, now: 1000)
      #expect(printed == nil || printed?.credential == .accessToken(Secret("t")))
    }
  }

  @Test(arguments: numbers) func inAnEventStreamsOwnFields(_ number: String) {
    var parser = SSEParser()
    let events = parser.consume(Array("retry: \(number)\nid: \(number)\ndata: x\n\n".utf8))
    #expect(events.count == 1)
  }
}

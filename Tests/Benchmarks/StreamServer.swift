import Glibc
import Synchronization
import TestSupport

/// Streams answers of a known length and pace to whoever asks, on loopback.
final class StreamServer: Sendable {
  /// The last word of every answer.
  static let end = "THE-VERY-END"

  /// How an answer comes.
  struct Script: Sendable {
    /// What the question has to hold for this answer.
    var name: String
    var pieces: Int
    /// Pieces a second; nil for as fast as they are taken.
    var rate: Double?
  }

  private let server: FaultServer
  private let lastWrite: LastWrite

  /// Where it listens, without a slash at its end.
  var url: String { server.url }
  /// When the last answer's last piece was written.
  var lastWritten: ContinuousClock.Instant? { lastWrite.time.withLock { $0 } }

  private final class LastWrite: Sendable {
    let time = Mutex<ContinuousClock.Instant?>(nil)
  }

  /// Listens on a free port.
  init(_ scripts: [Script]) throws {
    let lastWrite = LastWrite()
    self.lastWrite = lastWrite
    server = try FaultServer { request in
      let body = request.bodyText
      guard let script = scripts.first(where: { body.contains($0.name) }) else {
        return [.response(404, body: "{}")]
      }
      return Self.steps(script, lastWrite)
    }
  }

  private static func steps(_ script: Script, _ lastWrite: LastWrite) -> [FaultServer.Step] {
    var steps: [FaultServer.Step] = [.head(200)]
    let pieces = Answers.tokens(script.pieces).map(event)
    if let rate = script.rate {
      let start = ContinuousClock.now
      for (index, piece) in pieces.enumerated() {
        steps.append(.call { sleep(until: start + .seconds(Double(index) / rate)) })
        steps.append(.chunk(piece))
      }
    } else {
      // A busy server writes several pieces at once.
      for start in stride(from: 0, to: pieces.count, by: 8) {
        steps.append(.chunk(pieces[start..<min(start + 8, pieces.count)].joined()))
      }
    }
    let stop = #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
    steps.append(.chunk(event("\n\n\(end)\n") + stop + "\n\ndata: [DONE]\n\n"))
    steps.append(.call { lastWrite.time.withLock { $0 = .now } })
    return steps + [.end]
  }

  private static func event(_ text: String) -> String {
    var json = ""
    for character in text.unicodeScalars {
      switch character {
      case "\n": json += "\\n"
      case "\"", "\\": json += "\\\(character)"
      default: json.unicodeScalars.append(character)
      }
    }
    return """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,\
      "delta":{"content":"\(json)"},"finish_reason":null}]}\n\n
      """
  }

  private static func sleep(until time: ContinuousClock.Instant) {
    let left = time - .now
    guard left > .zero else { return }
    var rest = timespec(
      tv_sec: Int(left.components.seconds), tv_nsec: Int(left.components.attoseconds / 1_000_000_000))
    nanosleep(&rest, nil)
  }
}

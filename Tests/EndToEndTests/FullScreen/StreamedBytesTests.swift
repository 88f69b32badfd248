import TestSupport
import Testing

/// What is written to the terminal while an answer streams.
@Suite(.ownThreads) struct StreamedBytesTests {
  @Test func aFrameIsWhatChangedAndTheStatusMovesFourTimesASecond() throws {
    let gates = (0..<60).map { _ in FaultServer.Gate() }
    let words = gates.indices.map { $0 % 12 == 11 ? "word\($0)\n" : "word\($0) " }
    let server = try FaultServer { _ in
      [.head(200), .say("Begin: ")] + zip(gates, words).flatMap { [.wait($0), .say($1)] } + [.stall]
    }
    let chat = try Chat(with: server)
    chat.ask("Count")
    chat.shows("Begin:▌")
    let before = chat.terminal.output.count
    let start = ContinuousClock.now
    var statuses: [String] = []
    for (gate, word) in zip(gates, words) {
      gate.open()
      chat.until(word) { terminal in
        let status = terminal.line(terminal.rows - 1)
        if statuses.last != status { statuses.append(status) }
        return terminal.text.contains(word.dropLast())
      }
    }
    let quarters = (ContinuousClock.now - start) / .milliseconds(250)
    let output = chat.terminal.output[before...]
    // A word, the places of cursor and typing cursor; the status now and then, and a line that is new.
    #expect(output.count < 60 * words.count, "\(output.count) bytes")
    // The first may be from before, the last from a frame under way.
    #expect(Double(statuses.count) <= quarters + 3, "\(statuses)")
    let text = String(decoding: output, as: UTF8.self)
    for clear in ["\u{1B}[2J", "\u{1B}[J", "\u{1B}c"] { #expect(!text.contains(clear)) }
  }
}

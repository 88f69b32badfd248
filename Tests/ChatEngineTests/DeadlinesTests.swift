import ChatModel
import ChatWire
import Testing

@testable import ChatEngine

/// Which limit comes next.
@Suite struct DeadlinesTests {
  @Test func theEarliestCounts() {
    var deadlines = Deadlines(Timeouts(), now: .zero)
    #expect(deadlines.next?.limit == .connect)
    #expect(deadlines.passed(now: .milliseconds(9_999)) == nil)
    #expect(deadlines.passed(now: .seconds(10)) == .connect)
    deadlines.connected()
    #expect(deadlines.next?.limit == .firstChunk)
    deadlines.piece(now: .seconds(100))
    #expect(deadlines.next?.limit == .chunk)
    #expect(deadlines.next?.at == .seconds(130))
    deadlines.piece(now: .seconds(280))
    #expect(deadlines.next?.limit == .total)
    deadlines.linger(now: .seconds(290))
    #expect(deadlines.passed(now: .seconds(292)) == .lingering)
  }

  @Test func anAttemptKeepsTheTotal() {
    var deadlines = Deadlines(Timeouts(), now: .zero)
    deadlines.piece(now: .seconds(1))
    deadlines.beginAttempt(now: .seconds(295))
    #expect(deadlines.next?.limit == .total)
    #expect(deadlines.next?.at == .seconds(300))
  }

  @Test func noneIsSet() {
    let deadlines = Deadlines(Timeouts(connect: nil, firstChunk: nil, chunk: nil, total: nil), now: .zero)
    #expect(deadlines.next == nil)
    #expect(deadlines.passed(now: .seconds(1_000_000)) == nil)
  }

  @Test(arguments: [
    (Duration.seconds(30), "30"), (.milliseconds(500), "0.5"), (.milliseconds(2_050), "2.05"), (.zero, "0"),
  ])
  func seconds(_ duration: Duration, _ text: String) { #expect(duration.inSeconds == text) }
}

/// Heads as libcurl delivers them, line by line.
@Suite struct ResponseHeadReaderTests {
  private func read(_ lines: [String]) -> HTTPHead? {
    var reader = ResponseHeadReader()
    var head: HTTPHead?
    for line in lines { Array(line.utf8).withUnsafeBytes { if let new = reader.consume($0) { head = new } } }
    return head
  }

  @Test func theFinalHead() {
    let head = read([
      "HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "Content-Type:  text/event-stream \r\n",
      "X-Empty:\r\n", "\r\n", "X-Trailer: no\r\n", "\r\n",
    ])
    #expect(
      head
        == HTTPHead(status: 200, headers: [HTTPField("Content-Type", "text/event-stream"), HTTPField("X-Empty", "")]))
  }

  @Test func http2() { #expect(read(["HTTP/2 429 \r\n", "\r\n"])?.status == 429) }
}

import ChatEngine
import ChatWire
import Synchronization
import TestSupport
import Testing

@testable import ChatServer

/// Holding back what a service says.
struct UpstreamTapTests {
  private static let chunk = Array(#"data: {"choices":[{"index":0,"delta":{"content":"x"}}]}"#.utf8) + [10, 10]

  /// A transport with one response that is there at once.
  private struct Ready: Transport, Transfer {
    func open(_ request: HTTPRequest, signal: @escaping @Sendable () -> Void) -> any Transfer { self }
    func take() -> TransferBatch {
      TransferBatch(isConnected: true, head: HTTPHead(status: 200), bytes: UpstreamTapTests.chunk)
    }
    func settle() async {}
    func cancel() {}
  }

  private func tapped(_ tap: UpstreamTap, _ signals: @escaping @Sendable () -> Void = {}) -> any Transfer {
    tap.open(HTTPRequest(method: "POST", url: "http://127.0.0.1/"), signal: signals)
  }

  @Test func nothingIsTakenWhileItIsHeld() {
    let tap = UpstreamTap(Ready(), keepsChunks: true)
    let signals = Mutex(0)
    let transfer = tapped(tap) { signals.withLock { $0 += 1 } }
    #expect(transfer.take().bytes == Self.chunk)
    tap.hold()
    #expect(transfer.take() == TransferBatch(isConnected: true))
    tap.resume()
    #expect(signals.withLock { $0 } == 1, "the session looks again")
    tap.resume()
    #expect(signals.withLock { $0 } == 1)
    #expect(transfer.take().bytes == Self.chunk)
    #expect(tap.takeChunks()?.count == 2 && tap.takeChunks()?.isEmpty == true)
  }

  @Test func nothingIsTakenWhileTooMuchWaitsToBeWritten() {
    let tap = UpstreamTap(Ready(), keepsChunks: false)
    let signals = Mutex(0)
    let transfer = tapped(tap) { signals.withLock { $0 += 1 } }
    tap.note(waiting: 4096)
    #expect(!transfer.take().bytes.isEmpty)
    tap.note(waiting: 1)
    #expect(transfer.take().bytes.isEmpty)
    tap.hold()
    tap.note(written: 4000)
    #expect(transfer.take().bytes.isEmpty && signals.withLock { $0 } == 0, "the client is behind, too")
    tap.resume()
    #expect(!transfer.take().bytes.isEmpty && signals.withLock { $0 } == 1)
  }
}

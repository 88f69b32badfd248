import Synchronization
import Testing

@testable import ChatEngine

/// What wakes a transfer's thread, which sleeps until its socket or somebody here does. On a socket a timer of libcurl's can
/// stand in for a waker that is missing; here nothing does.
@Suite(.timeLimit(.minutes(1))) struct TransferMailboxTests {
  private final class Wakes: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }
    func wake() { number.withLock { $0 += 1 } }
  }

  private let wakes = Wakes()
  private let mailbox = TransferMailbox {}

  init() { mailbox.setWaker { [wakes] in wakes.wake() } }

  @Test func aCancelWakesTheThreadAndStopsIt() {
    mailbox.cancel()
    #expect(wakes.count == 1)
    #expect(mailbox.order() == .stop)
  }

  @Test func takingFromAFullBufferWakesThePausedThread() {
    let piece = [UInt8](repeating: 0, count: TransferMailbox.limit)
    #expect(piece.withUnsafeBytes { mailbox.receive($0) })
    #expect(piece.withUnsafeBytes { !mailbox.receive($0) })
    #expect(mailbox.order() == .wait(gathering: nil) && wakes.count == 0)
    #expect(mailbox.take().bytes.count == piece.count)
    #expect(mailbox.order() == .resume && wakes.count == 1)
  }

  @Test func piecesAreSignalledTogether() {
    let signals = Wakes()
    let mailbox = TransferMailbox { [signals] in signals.wake() }
    let piece = Array("data: {}\n\n".utf8)
    for _ in 0..<5 { #expect(piece.withUnsafeBytes { mailbox.receive($0) }) }
    #expect(signals.count == 0)
    mailbox.tell()
    mailbox.tell()
    #expect(signals.count == 1)
    #expect(mailbox.take().bytes.count == 5 * piece.count)
    mailbox.tell()
    #expect(signals.count == 1)
    #expect(piece.withUnsafeBytes { mailbox.receive($0) })
    mailbox.end(.closed)
    #expect(signals.count == 2)
  }

  @Test func muchIsSignalledAtOnce() {
    let signals = Wakes()
    let mailbox = TransferMailbox { [signals] in signals.wake() }
    let piece = [UInt8](repeating: 0, count: 64 << 10)
    #expect(piece.withUnsafeBytes { mailbox.receive($0) })
    #expect(signals.count == 1)
  }

  @Test func afterTheThreadNobodyIsWoken() {
    mailbox.setWaker(nil)
    mailbox.cancel()
    #expect(wakes.count == 0)
  }
}

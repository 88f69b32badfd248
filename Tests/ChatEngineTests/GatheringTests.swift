import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// A session that may gather for an hour what comes after the first piece, on a real socket: what does come, did not wait.
private func patientSession(_ server: FaultServer, timeouts: Timeouts = Timeouts()) -> ChatSession {
  ChatSession(
    provider: openAI(server.url), transport: CurlTransport(network: NetworkEnvironment([:])),
    clock: TurnClock(ContinuousClock()), timeouts: timeouts, retries: 0, gathering: .seconds(3600))
}

/// Pieces that are gathered before the session looks at them.
@Suite(.timeLimit(.minutes(1))) struct GatheringTests {
  @Test func manyPiecesAreFewUpdatesAndTheEndDoesNotWait() async throws {
    let gate = FaultServer.Gate()
    let pieces = (0..<40).map { FaultServer.Step.chunkByteByByte(chunk("\($0) ")) }
    let server = try FaultServer { _ in
      [.head(200), .chunk(chunk("first ")), .wait(gate)] + pieces
        + [.chunk(chunk("last", finish: "stop") + done), .close]
    }
    var updates = 0
    var result: TurnResult?
    for await update in await patientSession(server).send("hi") {
      if case .events = update.change {
        updates += 1
        gate.open()
      }
      if case .finished(let last) = update.change { result = last }
    }
    #expect(result?.status == .complete)
    #expect(result?.content == "first " + (0..<40).map { "\($0) " }.joined() + "last")
    // The first, one that came before the transfer was told, and the rest.
    #expect(updates <= 3)
  }

  @Test func muchAtOnceDoesNotWaitNorDoesACancel() async throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer { _ in
      [
        .head(200), .chunk(chunk("first ")), .wait(gate), .chunk(chunk(String(repeating: "x", count: 200_000))), .stall,
      ]
    }
    let session = patientSession(server)
    var result: TurnResult?
    for await update in await session.send("hi") {
      if case .events(let events) = update.change {
        gate.open()
        if events.contains(where: { if case .text(let text) = $0 { text.count == 200_000 } else { false } }) {
          await session.cancel()
        }
      }
      if case .finished(let last) = update.change { result = last }
    }
    #expect(result?.status == .cancelled)
    #expect(result?.content.count == 200_006)
    _ = await server.nextDeparture()
  }

  @Test func whatIsGatheredCountsBeforeALimitIsJudged() async throws {
    let server = try FaultServer { _ in [.head(200), .chunk(chunk("first ")), .chunk(chunk("second")), .stall] }
    let timeouts = Timeouts(connect: nil, firstChunk: nil, chunk: .seconds(1), total: nil)
    let result = await patientSession(server, timeouts: timeouts).send("hi").result()
    #expect(result?.status == .timedOut)
    #expect(result?.content == "first second")
  }
}

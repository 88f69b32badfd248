import ChatEngine
import Testing

@Suite struct PausableClockTests {
  private let clock = PausableClock()

  @Test func aSleeperWakesAtItsTimeAndNotBefore() async throws {
    let deadline = clock.now.advanced(by: .milliseconds(20))
    try await clock.sleep(until: deadline, tolerance: nil)
    #expect(clock.now >= deadline)
  }

  @Test func aTimeThatHasPassedIsNotWaitedFor() async throws {
    try await clock.sleep(until: clock.now.advanced(by: .seconds(-1)), tolerance: nil)
  }

  @Test func sleepersWakeInTheOrderOfTheirTimesWhateverTheOrderOfTheirComing() async throws {
    // Stopped until all have come, however late: only then the order of the times says anything.
    clock.pause()
    let start = clock.now
    let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
    let order = try await withThrowingTaskGroup(of: Int.self) { group in
      for milliseconds in [60, 20, 40] {
        group.addTask {
          arrival.yield()
          try await clock.sleep(until: start.advanced(by: .milliseconds(milliseconds)), tolerance: nil)
          return milliseconds
        }
      }
      for await _ in arrivals.prefix(3) {}
      clock.resume()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(order == [20, 40, 60])
  }

  @Test func aCancelledSleeperWakesAtOnceAndLeavesTheOthersAsleep() async throws {
    let long = Task { try await clock.sleep(until: clock.now.advanced(by: .seconds(3600)), tolerance: nil) }
    let short = Task { try await clock.sleep(until: clock.now.advanced(by: .milliseconds(20)), tolerance: nil) }
    long.cancel()
    await #expect(throws: CancellationError.self) { try await long.value }
    try await short.value
  }

  @Test func aPauseLengthensTheSleep() async throws {
    let deadline = clock.now.advanced(by: .milliseconds(10))
    clock.pause()
    let paused = clock.now
    let sleeper = Task { try await clock.sleep(until: deadline, tolerance: nil) }
    // Other time goes on: this clock, on the same base, does not stand still.
    let other = PausableClock()
    try await other.sleep(until: other.now.advanced(by: .milliseconds(30)), tolerance: nil)
    #expect(clock.now == paused)
    clock.resume()
    try await sleeper.value
    #expect(clock.now >= deadline)
  }
}

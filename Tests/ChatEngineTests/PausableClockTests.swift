import ChatEngine
import TestSupport
import Testing

@Suite struct PausableClockTests {
  private let clock = PausableClock()

  @Test func aSleeperWakesAtItsTimeAndNotBefore() async throws {
    let deadline = clock.now.advanced(by: .milliseconds(20))
    try await clock.sleep(until: deadline, tolerance: nil)
    #expect(clock.now >= deadline)
  }

  @Test func aClockWithinAnotherStandsStillWithItAndOnItsOwn() async throws {
    let inner = PausableClock(within: clock)
    inner.pause()
    let (stopped, outside) = (inner.now, clock.now)
    try await clock.sleep(until: outside.advanced(by: .milliseconds(20)), tolerance: nil)
    #expect(inner.now == stopped, "its own pause")
    inner.resume()
    clock.pause()
    let still = inner.now
    #expect(stopped.duration(to: still) < outside.duration(to: clock.now))
    let running = PausableClock()
    try await running.sleep(until: running.now.advanced(by: .milliseconds(5)), tolerance: nil)
    #expect(inner.now == still, "the other's pause")
    clock.resume()
    try await inner.sleep(until: still.advanced(by: .milliseconds(20)), tolerance: nil)
    #expect(inner.now >= still.advanced(by: .milliseconds(20)))
  }

  @Test func aTimeThatHasPassedIsNotWaitedFor() async throws {
    try await clock.sleep(until: clock.now.advanced(by: .seconds(-1)), tolerance: nil)
  }

  @Test func sleepersWakeInTheOrderOfTheirTimesWhateverTheOrderOfTheirComing() async throws {
    // One thread for all, which runs them in the order in which they wake, however busy the pool is.
    let order = try await withTaskExecutorPreference(TestThread()) {
      let start = clock.now
      return try await withThrowingTaskGroup(of: Int.self) { group in
        for milliseconds in [150, 50, 100] {
          group.addTask {
            try await clock.sleep(until: start.advanced(by: .milliseconds(milliseconds)), tolerance: nil)
            return milliseconds
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(order == [50, 100, 150])
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

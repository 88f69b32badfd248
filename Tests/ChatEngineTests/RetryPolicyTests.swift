import ChatModel
import Testing

@testable import ChatEngine

@Suite struct RetryPolicyTests {
  private func wait(
    _ kind: ChatError.Kind = .server, retryAfter: Double? = nil, failures: Int = 1, chance: Double = 0, limit: Int = 2
  ) -> Duration? {
    RetryPolicy(limit: limit)
      .wait(after: ChatError(kind, "x", retryAfter: retryAfter), failures: failures, chance: chance)
  }

  @Test func waitsDoubleUpToEightSeconds() {
    let waits = (1...7).map { wait(failures: $0, limit: 9) }
    #expect(waits == [500, 1000, 2000, 4000, 8000, 8000, 8000].map { .milliseconds($0) })
  }

  @Test func chanceTakesUpToAQuarter() {
    #expect(wait(chance: 1) == .milliseconds(375))
  }

  @Test func whatTheServerAsksForCountsUpToAMinute() {
    #expect(wait(.rateLimit, retryAfter: 6.5) == .milliseconds(6500))
    #expect(wait(.rateLimit, retryAfter: 60) == .seconds(60))
    #expect(wait(.rateLimit, retryAfter: 60.1) == nil)
    #expect(wait(.rateLimit, retryAfter: 0, chance: 0.5) == .zero)
  }

  @Test(arguments: [1e9, 9.3e18, 1e19, 1e300, Double.infinity, Double.greatestFiniteMagnitude])
  func aWaitBeyondAllBoundsIsTold(seconds: Double) {
    #expect(wait(.rateLimit, retryAfter: seconds) == nil)
    let told = openAI().advised(ChatError(.rateLimit, "busy", status: 429, retryAfter: seconds))
    #expect(told.remedy?.contains("asks to wait") == true)
    #expect(Duration.seconds(bounded: seconds) <= .longestBounded)
  }

  @Test func whatIsNoWaitIsNone() {
    for seconds in [Double.nan, -Double.infinity, -1] {
      #expect(wait(.rateLimit, retryAfter: seconds) == .zero)
      #expect(Duration.seconds(bounded: seconds) == .zero)
    }
  }

  @Test func theLimitCountsFurtherAttempts() {
    #expect(wait(failures: 2) != nil)
    #expect(wait(failures: 3) == nil)
    #expect(wait(limit: 0) == nil)
  }

  @Test(arguments: ChatError.Kind.allCases) func onlyWhatMayPassIsTriedAgain(kind: ChatError.Kind) {
    #expect((wait(kind) != nil) == [.network, .server, .rateLimit].contains(kind))
  }
}

import TestSupport
import Testing

extension Trait where Self == OwnThreads {
  /// The tests of the suite run on threads of their own, a few at a time.
  static var ownThreads: Self { OwnThreads() }
}

/// Keeps tests that wait in `poll` off the pool's threads, of which there are as many as processors: two such tests
/// would hold up every other one there. A few of them at a time, since each starts programs.
struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  private static let free = {
    let free = Inbox<TestThread>()
    for _ in 0..<4 { free.put(TestThread()) }
    return free
  }()

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    if testCase == nil { return try await function() }
    let thread = await Self.free.next()
    defer { Self.free.put(thread) }
    try await withTaskExecutorPreference(thread) { try await function() }
  }
}

import Synchronization

/// Things that one side puts in and a test waits for, in their order.
public final class Inbox<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var waiters: [CheckedContinuation<Element, Never>] = []
  }

  private let state = Mutex(State())

  public init() {}

  /// Adds one, from any thread.
  public func put(_ element: Element) {
    let waiter = state.withLock { state -> CheckedContinuation<Element, Never>? in
      if !state.waiters.isEmpty { return state.waiters.removeFirst() }
      state.elements.append(element)
      return nil
    }
    waiter?.resume(returning: element)
  }

  /// The next one; waits until there is one.
  public func next() async -> Element {
    await withCheckedContinuation { continuation in
      let element = state.withLock { state -> Element? in
        if !state.elements.isEmpty { return state.elements.removeFirst() }
        state.waiters.append(continuation)
        return nil
      }
      if let element { continuation.resume(returning: element) }
    }
  }
}

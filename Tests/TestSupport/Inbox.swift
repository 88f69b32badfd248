import Synchronization

/// Things that one side puts in and a test waits for, in their order.
public final class Inbox<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var waiters: [(id: Int, continuation: CheckedContinuation<Element?, Never>)] = []
    var lastID = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// Adds one, from any thread.
  public func put(_ element: Element) {
    let waiter = state.withLock { state -> CheckedContinuation<Element?, Never>? in
      if !state.waiters.isEmpty { return state.waiters.removeFirst().continuation }
      state.elements.append(element)
      return nil
    }
    waiter?.resume(returning: element)
  }

  /// The next one; waits until there is one.
  public func next() async -> Element {
    while true {
      if let element = await wait({ _ in }) { return element }
    }
  }

  /// The next one; nil when none comes within that time. For what a broken program would never do.
  public func next(within limit: Duration) async -> Element? {
    await wait { id in
      Task {
        try? await Task.sleep(for: limit)
        self.giveUp(id)
      }
    }
  }

  /// All that nobody has taken yet.
  public func drain() -> [Element] {
    state.withLock { state in
      defer { state.elements = [] }
      return state.elements
    }
  }

  private func wait(_ whenWaiting: (Int) -> Void) async -> Element? {
    await withCheckedContinuation { continuation in
      let (element, id) = state.withLock { state -> (Element?, Int) in
        if !state.elements.isEmpty { return (state.elements.removeFirst(), 0) }
        state.lastID += 1
        state.waiters.append((state.lastID, continuation))
        return (nil, state.lastID)
      }
      if id == 0 { continuation.resume(returning: element) } else { whenWaiting(id) }
    }
  }

  private func giveUp(_ id: Int) {
    let waiter = state.withLock { state in
      state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
    }
    waiter?.resume(returning: nil)
  }
}

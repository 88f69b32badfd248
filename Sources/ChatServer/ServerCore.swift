import Synchronization

/// What a server's connections share.
final class ServerCore: Sendable {
  let limits: HTTPServer.Limits
  let admission: HTTPServer.Admission
  /// Nil where requests may take for ever to arrive.
  let arrivals: ArrivalWatch?
  private let handler: HTTPServer.Handler
  private let state = Mutex(State())

  private struct State {
    var running: [Int: RunningAnswer] = [:]
    var next = 0
    var isStopped = false
    /// Who waits until nothing runs.
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  init(
    limits: HTTPServer.Limits, arrivalClock: (any Clock<Duration>)? = nil,
    admission: @escaping HTTPServer.Admission = { _, _ in nil }, handler: @escaping HTTPServer.Handler
  ) {
    self.limits = limits
    self.admission = admission
    self.handler = handler
    arrivals = arrivalClock.map { ArrivalWatch(clock: $0, limit: limits.arrival) }
  }

  /// Begins to answer a request. Nil when as many as may be are being answered, or the server stops.
  func answer(_ request: ServerRequest) -> RunningAnswer? {
    guard let pipe = ResponsePipe() else { return nil }
    return state.withLock { state in
      if state.isStopped || state.running.count >= limits.requests { return nil }
      state.next += 1
      let answer = RunningAnswer(number: state.next, request: request, handler: handler, pipe: pipe)
      state.running[state.next] = answer
      return answer
    }
  }

  /// The answer has been sent, or its client has gone.
  func end(_ answer: RunningAnswer) {
    let waiters = state.withLock { state in
      state.running[answer.number] = nil
      return state.running.isEmpty ? Self.emptied(&state.waiters) : []
    }
    answer.close()
    for waiter in waiters { waiter.resume() }
  }

  /// Begins no more answers.
  func quiesce() { state.withLock { $0.isStopped = true } }

  /// True when no more answers are begun.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Returns when no answer is running, or the task is cancelled.
  func untilIdle() async {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mayGoOn = state.withLock { state in
          if state.running.isEmpty || Task.isCancelled { return true }
          state.waiters[number] = continuation
          return false
        }
        if mayGoOn { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }

  private static func emptied(
    _ waiters: inout [Int: CheckedContinuation<Void, Never>]
  ) -> [CheckedContinuation<Void, Never>] {
    defer { waiters = [:] }
    return Array(waiters.values)
  }

  /// Cuts all answers and begins no more.
  func stop() {
    let running = state.withLock { state in
      state.isStopped = true
      return Array(state.running.values)
    }
    for answer in running { answer.close() }
  }

  /// Requests that are being answered.
  var runningCount: Int { state.withLock { $0.running.count } }
}

/// An answer in the making: its task and the pipe that leads to its connection.
final class RunningAnswer: Sendable {
  let number: Int
  let pipe: ResponsePipe
  private let task: Task<Void, Never>

  init(number: Int, request: ServerRequest, handler: @escaping HTTPServer.Handler, pipe: ResponsePipe) {
    self.number = number
    self.pipe = pipe
    task = Task {
      let response = await handler(request)
      pipe.begin(response)
      guard case .stream(let produce) = response.body else { return }
      do {
        try await produce(ResponseWriter(pipe: pipe))
        pipe.finish(isCut: false)
      } catch {
        pipe.finish(isCut: true)
      }
    }
  }

  /// Ends it where it stands. Harmless when it has ended.
  func close() {
    task.cancel()
    pipe.shut()
  }
}

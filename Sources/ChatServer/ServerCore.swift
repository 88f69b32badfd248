import Synchronization

/// What a server's connections share.
final class ServerCore: Sendable {
  let limits: HTTPServer.Limits
  private let handler: HTTPServer.Handler
  private let state = Mutex(State())

  private struct State {
    var running: [Int: RunningAnswer] = [:]
    var next = 0
    var isStopped = false
  }

  init(limits: HTTPServer.Limits, handler: @escaping HTTPServer.Handler) {
    self.limits = limits
    self.handler = handler
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
    state.withLock { _ = $0.running.removeValue(forKey: answer.number) }
    answer.close()
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

import ChatModel

/// The requests that one turn is made of. Pure: it says which comes next, and learns from the replies.
///
/// Most wires need one request. Before it may come the list of models, where none is set; with the Assistants API a thread,
/// which is kept for later turns, and the question's message. A plan stays where it is until a reply moves it on, so a
/// request that failed can be made again.
///
///     while case .prepare(let request) = try plan.next() { try plan.take(await reply(to: request)) }
public struct TurnPlan: Sendable {
  /// A request, and what its reply is.
  public enum Step: Equatable, Sendable {
    /// The reply lists models; `choose` takes one of them.
    case listModels(HTTPRequest)
    /// The reply is a document that `take` reads.
    case prepare(HTTPRequest)
    /// The reply is the answer.
    case answer(HTTPRequest)
    /// The reply goes on with the answer whose stream broke off.
    case takeUp(HTTPRequest)

    /// The request itself.
    public var request: HTTPRequest {
      switch self {
      case .listModels(let request), .prepare(let request), .answer(let request), .takeUp(let request): request
      }
    }
  }

  private var provider: Provider
  /// What is asked; it grows as the replies come.
  public private(set) var request: ChatRequest
  /// True while the thread is one that an earlier turn, or an attempt that failed, left; it may be of no use any more.
  private var isThreadOld: Bool
  private var isQuestionAdded = false
  private var isAmended = false
  /// Where the stream of the answer broke off, once it did and is to be taken up.
  private var broken: StreamPosition?

  public init(provider: Provider, request: ChatRequest) {
    self.provider = provider
    self.request = request
    isThreadOld = request.threadID != nil
  }

  /// The request to make now. Throws `config` where the provider is set up wrongly.
  public func next() throws(ChatError) -> Step {
    if let broken, let last = broken.lastEvent {
      return .takeUp(try provider.takeUpRequest(broken.response, after: last))
    }
    try provider.checkImages(of: request)
    if provider.isModelRequired, request.model == nil, let request = try provider.modelsRequest() {
      return .listModels(request)
    }
    if provider.kind.wire == .assistants {
      // Before anything is left with the service.
      _ = try provider.assistant()
      guard let thread = request.threadID else { return .prepare(try provider.threadRequest(request)) }
      if !isQuestionAdded { return .prepare(try provider.questionRequest(request, thread: thread)) }
    }
    return .answer(try provider.chatRequest(request))
  }

  /// Sets the credential that requests carry from now on.
  public mutating func authorize(with credential: Credential) { provider.credential = credential }

  /// Sets the model that was chosen from the list.
  public mutating func choose(model: String) { request.model = model }

  /// Takes the reply to a preparing request. Throws `protocol`, or the error that the reply tells of.
  public mutating func take(_ reply: [UInt8]) throws(ChatError) {
    if request.threadID == nil {
      request.threadID = try Provider.threadID(in: reply)
    } else {
      // Under a good status the message was taken, and nothing of the reply is needed, unless it tells of an error.
      if let said = JSONReader.value(of: reply).flatMap(ServiceError.init(markedIn:)) {
        throw ErrorClassifier.error(said, head: nil)
      }
      isQuestionAdded = true
    }
  }

  /// Notes that the present request is made again: what came of it the first time may still hold the thread.
  public mutating func repeats() {
    broken = nil
    if isQuestionAdded { isThreadOld = true }
  }

  /// Has the stream that broke off there be taken up next; false where the service does not go on without a listener.
  public mutating func takeUp(at position: StreamPosition) -> Bool {
    guard position.lastEvent != nil, provider.isInBackground(request) else { return false }
    broken = position
    return true
  }

  /// Changes the plan where the error says how it could go on; false where it does not, or that was tried already.
  public mutating func revise(after error: ChatError) -> Bool {
    if isThreadOld, isThreadOfNoUse(error) {
      isThreadOld = false
      isQuestionAdded = false
      request.threadID = nil
      return true
    }
    if let whole = provider.whole(request, after: error) {
      request = whole
      return true
    }
    if !isAmended, let amended = provider.amended(request, after: error) {
      isAmended = true
      request = amended
      return true
    }
    // After the clearer reasons: it may be the stored response that the service stumbles over.
    guard let whole = provider.wholeOnSuspicion(request, after: error) else { return false }
    request = whole
    return true
  }

  /// True where a run that is being ended still holds the thread, which time will change.
  public func isHeld(by error: ChatError) -> Bool { provider.kind.wire == .assistants && Self.tellsOfActiveRun(error) }

  /// What ends a run, or a response in the background, on the service when its answer is not read to the end; nil where there is nothing to end. Without
  /// its name, which the first event tells, the run is looked for.
  public func farewell(run: String?, response: String? = nil) -> RunFarewell? {
    if let response, provider.isInBackground(request) { return RunFarewell(provider: provider, response: response) }
    guard provider.kind.wire == .assistants, isQuestionAdded, let thread = request.threadID else { return nil }
    return RunFarewell(provider: provider, thread: thread, run: run)
  }

  /// The thread is gone, or a run that was stopped, or waits for the output of a tool, still holds it.
  private func isThreadOfNoUse(_ error: ChatError) -> Bool {
    if error.status == 404 { return !isQuestionAdded || error.message.lowercased().contains("thread") }
    return Self.tellsOfActiveRun(error)
  }

  /// `Can't add messages to thread_1 while a run run_1 is active.`, `Thread thread_1 already has an active run run_1.`
  private static func tellsOfActiveRun(_ error: ChatError) -> Bool {
    let text = error.message.lowercased()
    return error.status == 400 && text.contains("run") && text.contains("active")
  }
}

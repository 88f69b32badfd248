import ChatModel

/// The requests that end a run whose answer nobody reads any more. Pure: it says which comes next, and learns from the reply.
///
/// A run whose name is known is cancelled, as is a response that is made in the background. Where the turn ended before its
/// first event, the thread's last run is asked for, and cancelled if it goes on.
public struct RunFarewell: Equatable, Sendable {
  /// What goes on.
  private enum Subject: Equatable {
    case run(String?, thread: String)
    case response(String)
  }

  private let provider: Provider
  private var subject: Subject
  private var isOver = false

  init(provider: Provider, thread: String, run: String?) {
    self.provider = provider
    subject = .run(run, thread: thread)
  }

  init(provider: Provider, response: String) {
    self.provider = provider
    subject = .response(response)
  }

  /// The request to make now; nil when nothing is left to say.
  public var next: HTTPRequest? {
    if isOver { return nil }
    switch subject {
    case .response(let id): return try? provider.cancelRequest(response: id)
    case .run(let run?, let thread): return try? provider.cancelRequest(run: run, thread: thread)
    case .run(nil, let thread): return try? provider.lastRunRequest(thread: thread)
    }
  }

  /// Takes the reply to the last request.
  public mutating func take(_ reply: [UInt8]) {
    guard case .run(nil, let thread) = subject, let last = JSONReader.value(of: reply)?["data"]?.elements.first,
      ["queued", "in_progress", "requires_action"].contains(last["status"]?.filledString),
      let run = last["id"]?.filledString
    else {
      isOver = true
      return
    }
    subject = .run(run, thread: thread)
  }
}

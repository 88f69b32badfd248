import ChatModel

/// The requests that end a run whose answer nobody reads any more. Pure: it says which comes next, and learns from the reply.
///
/// A run whose name is known is cancelled. Where the turn ended before its first event, the thread's last run is asked for,
/// and cancelled if it goes on.
public struct RunFarewell: Equatable, Sendable {
  private let provider: Provider
  private let thread: String
  private var run: String?
  private var isOver = false

  init(provider: Provider, thread: String, run: String?) {
    self.provider = provider
    self.thread = thread
    self.run = run
  }

  /// The request to make now; nil when nothing is left to say.
  public var next: HTTPRequest? {
    if isOver { return nil }
    return try? run.map { try provider.cancelRequest(run: $0, thread: thread) }
      ?? provider.lastRunRequest(thread: thread)
  }

  /// Takes the reply to the last request.
  public mutating func take(_ reply: [UInt8]) {
    guard run == nil, let last = JSONReader.value(of: reply)?["data"]?.elements.first,
      ["queued", "in_progress", "requires_action"].contains(last["status"]?.filledString)
    else {
      isOver = true
      return
    }
    run = last["id"]?.filledString
    isOver = run == nil
  }
}

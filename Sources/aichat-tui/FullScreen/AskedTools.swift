import ChatEngine
import ChatModel
import ChatScreen
import Synchronization

/// Runs the tools that the user says yes to, one after the other.
final class AskedTools: ToolRunner {
  private struct State {
    var waiting: [Int: CheckedContinuation<ToolQuestion.Decision, Never>] = [:]
    var lastID = 0
    /// The command lines that need no question any more.
    var allowed: Set<[String]>
  }

  private let shelf: ToolShelf
  private let state: Mutex<State>
  private let ask: @Sendable (ToolQuestion) -> Void
  private let tell: @Sendable (ToolQuestion) -> Void

  /// - Parameters:
  ///   - allowed: the names of those that need no question.
  ///   - ask: puts a question to the user; `decide` brings the answer.
  ///   - tell: hears of what runs without one.
  init(
    _ tools: [RunnableTool], allowed: [String], ask: @escaping @Sendable (ToolQuestion) -> Void,
    tell: @escaping @Sendable (ToolQuestion) -> Void
  ) {
    shelf = ToolShelf(tools)
    state = Mutex(State(allowed: Set(tools.filter { allowed.contains($0.name) }.map(\.command))))
    self.ask = ask
    self.tell = tell
  }

  func takes(_ calls: [ToolCall]) -> Bool { shelf.holds(anyOf: calls) }

  func answer(_ calls: [ToolCall]) async -> [String] {
    var outputs: [String] = []
    for call in calls {
      guard let tool = shelf.tool(of: call) else {
        outputs.append(ToolShelf.unknown)
        continue
      }
      let isAllowed = await mayRun(tool, call)
      if Task.isCancelled { break }
      outputs.append(isAllowed ? await tool.run(call.arguments) : "[The user did not allow \(tool.name) to run]")
    }
    return outputs
  }

  /// The user's word on a question.
  func decide(_ id: Int, _ decision: ToolQuestion.Decision) {
    state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: decision)
  }

  private func mayRun(_ tool: RunnableTool, _ call: ToolCall) async -> Bool {
    let (id, isAllowed) = state.withLock { state in
      state.lastID += 1
      return (state.lastID, state.allowed.contains(tool.command))
    }
    let question = ToolQuestion(id: id, name: tool.name, command: tool.command, arguments: call.arguments)
    if isAllowed {
      tell(question)
      return true
    }
    let decision = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if Task.isCancelled { return true }
          state.waiting[id] = continuation
          return false
        }
        if isOver { continuation.resume(returning: .never) } else { ask(question) }
      }
    } onCancel: {
      decide(id, .never)
    }
    if decision == .always { state.withLock { _ = $0.allowed.insert(tool.command) } }
    return decision != .never
  }
}

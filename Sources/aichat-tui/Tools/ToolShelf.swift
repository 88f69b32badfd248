import ChatEngine
import ChatModel

/// The tools that can be run, by their names.
struct ToolShelf: Equatable, Sendable {
  let tools: [String: RunnableTool]

  init(_ tools: [RunnableTool]) { self.tools = Dictionary(tools.map { ($0.name, $0) }) { first, _ in first } }

  /// Whether any of the calls is of one of these.
  func holds(anyOf calls: [ToolCall]) -> Bool { calls.contains { tool(of: $0) != nil } }

  func tool(of call: ToolCall) -> RunnableTool? { call.name.flatMap { tools[$0] } }

  /// What a model is told that calls something else.
  static let unknown = "[There is no tool of this name that can be run]"
}

/// Runs the tools that were allowed beforehand, `--allow-tool`.
struct AllowedTools: ToolRunner {
  private let shelf: ToolShelf

  /// Nil where there are none.
  init?(_ tools: [RunnableTool]) {
    if tools.isEmpty { return nil }
    shelf = ToolShelf(tools)
  }

  func takes(_ calls: [ToolCall]) -> Bool { shelf.holds(anyOf: calls) }

  func answer(_ calls: [ToolCall]) async -> [String] {
    var outputs: [String] = []
    for call in calls { outputs.append(await shelf.tool(of: call)?.run(call.arguments) ?? ToolShelf.unknown) }
    return outputs
  }
}

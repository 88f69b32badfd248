import ChatModel

/// Answers the calls of tools that a model makes, so that its turn can go on.
public protocol ToolRunner: Sendable {
  /// Whether any of the calls is of a tool that can be run here; else the turn ends with the calls.
  func takes(_ calls: [ToolCall]) -> Bool

  /// What the calls are answered with, one text each, in their order. When the turn is ended meanwhile, the task is cancelled,
  /// and what it returns does not count.
  func answer(_ calls: [ToolCall]) async -> [String]
}

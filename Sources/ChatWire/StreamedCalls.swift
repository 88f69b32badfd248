import ChatModel

/// Keeps account of the tool calls of one answer, so that what a service says twice counts once: in pieces as it comes, and
/// whole at the end.
///
/// A call goes by any of several keys: services number it, name its item, or do both, and not in every event.
struct StreamedCalls: Sendable {
  private var positions: [String: Int] = [:]
  private var hasArguments: [Bool] = []

  /// True when no call has begun.
  var isEmpty: Bool { hasArguments.isEmpty }

  /// Begins a call, unless one of its keys is known; returns its fragment.
  mutating func begin(_ keys: [String?], id: String?, name: String?) -> ToolCallFragment? {
    guard position(keys) == nil else { return nil }
    let position = hasArguments.count
    hasArguments.append(false)
    for key in keys.compactMap(\.self) { positions[key] = position }
    return ToolCallFragment(index: position, id: id, name: name)
  }

  /// A piece of arguments, for the last call where the keys are unknown.
  mutating func add(_ arguments: String, to keys: [String?]) -> ToolCallFragment? {
    if arguments.isEmpty { return nil }
    if isEmpty { hasArguments.append(false) }
    let position = position(keys) ?? hasArguments.count - 1
    hasArguments[position] = true
    return ToolCallFragment(index: position, arguments: arguments)
  }

  /// The whole arguments of a call; nil where some came in pieces.
  mutating func complete(_ arguments: String, of keys: [String?]) -> ToolCallFragment? {
    guard let position = position(keys), !hasArguments[position] else { return nil }
    return add(arguments, to: keys)
  }

  private func position(_ keys: [String?]) -> Int? {
    keys.lazy.compactMap { key in key.flatMap { positions[$0] } }.first
  }
}

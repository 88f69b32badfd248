/// Puts streamed fragments together into whole tool calls, in the order in which the calls began.
///
/// A fragment belongs to the call of its index. A new id at a used index starts a new call (Ollama gives every parallel
/// call index 0), so does a new id without an index. A fragment with neither continues the last call.
public struct ToolCallAssembler: Equatable, Sendable {
  public private(set) var calls: [ToolCall] = []
  /// Index given by the service → position in `calls` of the latest call there. A dictionary, since an index may be huge.
  private var positions: [Int: Int] = [:]

  public init() {}

  public mutating func add(_ fragment: ToolCallFragment) {
    let id = fragment.id.flatMap { $0.isEmpty ? nil : $0 }
    let name = fragment.name.flatMap { $0.isEmpty ? nil : $0 }
    let position: Int
    if let known = continued(by: fragment, id: id) {
      position = known
      if calls[known].id == nil { calls[known].id = id }
      if calls[known].name == nil { calls[known].name = name }
      calls[known].arguments += fragment.arguments
    } else {
      position = calls.count
      calls.append(ToolCall(id: id, name: name, arguments: fragment.arguments))
    }
    if let index = fragment.index { positions[index] = position }
  }

  /// The position of the call that the fragment continues; nil when it begins a new one.
  private func continued(by fragment: ToolCallFragment, id: String?) -> Int? {
    if let index = fragment.index {
      guard let position = positions[index] else { return nil }
      if let id, let known = calls[position].id, known != id { return calls.lastIndex { $0.id == id } }
      return position
    }
    if let id {
      if let position = calls.lastIndex(where: { $0.id == id }) { return position }
      return nil
    }
    return calls.indices.last
  }
}

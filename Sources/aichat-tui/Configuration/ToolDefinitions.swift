import ChatModel

/// Reads the file of `--tools`.
enum ToolDefinitions {
  /// The definitions of tools that a file does not define already: what it says of one comes first.
  static func missing(in definitions: [JSONValue], of tools: [RunnableTool]) -> [JSONValue] {
    let defined = definitions.compactMap { $0["function"]?["name"] ?? $0["name"] }
    return tools.filter { !defined.contains(.string($0.name)) }.map(\.definition)
  }

  /// The definitions of a file that holds a JSON array of objects, or the one that it is wrong in; none without a file.
  static func read(_ path: String?) throws(CommandFailure) -> [JSONValue] {
    guard let path else { return [] }
    let content: FileContent
    do { content = try FileContent.read(path) } catch { throw .configuration("--tools \(path): \(error.reason)") }
    let node: JSON5Node
    do { node = try JSON5Parser.parse(String(decoding: content.bytes, as: UTF8.self)) } catch {
      throw .configuration("--tools \(path), \(error.position): \(error.reason)")
    }
    guard case .array(let items) = node.content else {
      throw .configuration("--tools \(path): must be an array of tool definitions, [ … ]")
    }
    for item in items {
      guard case .object = item.content else {
        throw .configuration("--tools \(path), line \(item.position.line): a tool definition must be an object, { … }")
      }
    }
    return items.map(\.value)
  }
}

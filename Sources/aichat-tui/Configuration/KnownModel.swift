/// What the configuration says of one of a provider's models.
struct KnownModel: Equatable, Sendable {
  var name: String

  /// Reads `models`: a list of names, or an object of names and what is known of each.
  static func all(_ reader: inout ObjectReader) -> [KnownModel] {
    guard let node = reader.node("models") else { return [] }
    switch node.content {
    case .array(let items):
      let names = items.compactMap { item in
        if case .string(let name) = item.content, !name.isEmpty { name } else { nil }
      }
      if names.count == items.count { return names.map { KnownModel(name: $0) } }
    case .object:
      return reader.object("models") { models in
        models.names.map { name in models.object(name) { read(name, &$0) } ?? KnownModel(name: name) }
      } ?? []
    default: break
    }
    reader.fail("models", node, "must be a list of names, or an object { NAME: { … } }")
    return []
  }

  private static func read(_ name: String, _ reader: inout ObjectReader) -> KnownModel { KnownModel(name: name) }
}

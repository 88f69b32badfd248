import ChatModel

/// What the configuration says of one of a provider's models.
struct KnownModel: Equatable, Sendable {
  var name: String
  var account = ModelAccount()

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
        models.names.map { name in
          KnownModel(name: name, account: models.object(name) { ModelAccount(&$0) } ?? ModelAccount())
        }
      } ?? []
    default: break
    }
    reader.fail("models", node, "must be a list of names, or an object { NAME: { … } }")
    return []
  }
}

/// How much a model takes, and what it costs; nil where nobody said.
struct ModelAccount: Equatable, Sendable {
  /// Tokens of a request with its answer, at most.
  var context: Int?
  var prices: Prices?

  init(context: Int? = nil, prices: Prices? = nil) {
    self.context = context
    self.prices = prices
  }

  /// Takes `context` and `prices` from an object.
  init(_ reader: inout ObjectReader) {
    context = reader.integer("context", from: 1)
    prices = reader.object("prices") { prices in
      Prices(
        input: prices.number("input") ?? 0, output: prices.number("output") ?? 0,
        currency: prices.string("currency") ?? "$")
    }
  }
}

/// What a menu is of; each kind lists its entries and does what choosing one means in a file of its own.
public enum MenuKind: Hashable, Sendable {
  case prompts
}

extension MenuKind {
  /// What stands above the entries.
  var title: String {
    switch self {
    case .prompts: "System prompt"
    }
  }

  /// What the keys do, briefly.
  var keys: String {
    switch self {
    case .prompts: "Enter switches · Esc leaves"
    }
  }
}

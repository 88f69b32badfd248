/// What a menu is of; each kind lists its entries and does what choosing one means in a file of its own.
public enum MenuKind: Hashable, Sendable {
  case prompts, chats, themes
}

extension MenuKind {
  /// What stands above the entries.
  var title: String {
    switch self {
    case .prompts: "System prompt"
    case .chats: "Saved chats"
    case .themes: "Theme"
    }
  }

  /// What the keys do, briefly.
  var keys: String {
    switch self {
    case .chats: "Enter opens · Alt-X deletes · Alt-P pins · Esc leaves"
    case .prompts, .themes: "Enter switches · Esc leaves"
    }
  }

  /// What stands there when there are no entries at all.
  var emptyText: String {
    switch self {
    case .prompts: "No prompts"
    case .chats: "No chats are saved yet"
    case .themes: "No themes"
    }
  }
}

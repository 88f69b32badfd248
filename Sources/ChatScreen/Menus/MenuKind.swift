/// What a menu is of; each kind lists its entries and does what choosing one means in a file of its own.
public enum MenuKind: Hashable, Sendable {
  case prompts, models, settings, chats, themes, keys, branches, queue
}

extension MenuKind {
  /// What stands above the entries.
  var title: String {
    switch self {
    case .prompts: "System prompt"
    case .models: "Model"
    case .settings: "Settings"
    case .chats: "Saved chats"
    case .themes: "Theme"
    case .keys: "Keys"
    case .branches: "Branches"
    case .queue: "Waiting messages"
    }
  }

  /// What the keys do, briefly.
  func hints(_ keys: KeyMap) -> [String] {
    let ways: [(Action, String)] =
      switch self {
      case .chats: [(.choose, "opens"), (.escape, "leaves")]
      case .prompts, .models, .themes, .branches: [(.choose, "switches"), (.escape, "leaves")]
      case .settings: [(.choose, "sets"), (.escape, "leaves")]
      case .keys: [(.escape, "leaves")]
      case .queue: [(.choose, "edits"), (.entry(.delete), "removes"), (.escape, "leaves")]
      }
    return ways.compactMap { keys.phrase($0, $1, in: .menu) }
  }

  /// Whether its entries can be changed, which a row at its end tells about.
  var canChangeEntries: Bool { self == .prompts || self == .chats }

  /// What more the keys do with an entry, briefly, the most useful first.
  func moreHints(_ keys: KeyMap) -> [String] {
    let ways: [(Action.EntryChange, String)] =
      switch self {
      case .prompts:
        [(.create, "new"), (.edit, "edit"), (.duplicate, "copy"), (.delete, "delete"), (.makeDefault, "default")]
      case .chats:
        [(.delete, "delete"), (.restore, "bring back"), (.pin, "pin"), (.edit, "name"), (.duplicate, "copy")]
      case .models, .settings, .themes, .keys, .branches, .queue: []
      }
    return ways.compactMap { keys.phrase(.entry($0), $1, in: .menu) }
  }

  /// What stands there when there are no entries at all.
  var emptyText: String {
    switch self {
    case .prompts: "No prompts"
    case .models: "No models"
    case .settings: "No settings"
    case .chats: "No chats are saved yet"
    case .themes: "No themes"
    case .keys: "No keys"
    case .branches: "Nothing was said yet"
    case .queue: "No message waits"
    }
  }
}
